using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Goes the way of an image through the database once before listeners open: a facility's terms and quota, and rows that the index writer
/// rolls back. Queries are compiled and connections opened here, not while the first device waits. Whatever fails is only slower later.
/// </summary>
internal sealed class IngestWarmUp(
    ICrossTenantDbContextFactory acrossFacilities, INoctisDbContextFactory contexts, StorageTerms terms, IndexWriter index, TimeProvider time, ILogger<IngestWarmUp> logger)
    : IHostedService
{
    /// <summary>What takes longer goes on beside the listeners: they are what everybody waits for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Guid Nobody = Guid.CreateVersion7();

    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(cancellationToken), CancellationToken.None);
        await Task.WhenAny(_running, Task.Delay(Patience, time, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => _running.WaitAsync(cancellationToken);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Any will do: the queries are the same for all. Of one that has no quota yet the use is not asked, so it is asked here.
            Guid? facility = await FindFacilityAsync(cancellationToken);
            await terms.GetAsync(facility ?? Nobody);
            await using (NoctisDbContext context = contexts.CreateFor(FacilityScope.ForJob(facility ?? Nobody, "ingest")))
                await QuotaUse.ReadAsync(context, cancellationToken);
            if (facility is not { } id) return;
            Result<IndexedInstance> rehearsed = await index.AddAsync(EntryFor(id, time.GetUtcNow().UtcDateTime));
            if (!rehearsed.IsSuccess) Log.NotWarmedUp(logger, null, rehearsed.Error.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.NotWarmedUp(logger, e, e.Message);
        }
        catch (OperationCanceledException)
        {
            // The start was given up.
        }
    }

    private async Task<Guid?> FindFacilityAsync(CancellationToken cancellationToken)
    {
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        return await context.Facilities.Where(facility => facility.State == FacilityState.Active)
            .OrderBy(facility => facility.Id).Select(facility => (Guid?)facility.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static IndexEntry EntryFor(Guid facilityId, DateTime nowUtc)
    {
        string sopInstanceUid = DicomUID.Generate().Value;
        DicomDataset header = new DicomDataset()
            .SetString(DicomTag.StudyInstanceUID, DicomUID.Generate().Value)
            .SetString(DicomTag.SeriesInstanceUID, DicomUID.Generate().Value)
            .SetString(DicomTag.Modality, "OT");
        var origin = new IngestOrigin
        {
            TransferSyntaxUid = DicomTransferSyntax.ExplicitVRLittleEndian.UID.Value,
            SopClassUid = DicomUID.SecondaryCaptureImageStorage.Value,
            SopInstanceUid = sopInstanceUid,
            IsRehearsal = true,
        };
        string path = StoragePaths.Relative(default, InstanceHeader.IdentityOf(header, sopInstanceUid), Guid.CreateVersion7());
        return InstanceHeader.ToEntry(header, origin, new PlacedObject(facilityId, sopInstanceUid, path, ""), new PlacedContent(0, new byte[ObjectHash.Length], nowUtc), DuplicatePolicy.KeepFirst);
    }
}
