using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Facilities;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Benchmarks.Product;
using Noctis.Dicom.Data;

namespace Noctis.Benchmarks.Filling;

/// <summary>
/// Puts made-up studies into an archive's index, by the very code that ingest does it with and in the order of their arrival, so that
/// every row is as ingest makes it, new columns included. What comes before, receiving and flushing a file, is left out.
/// </summary>
internal sealed class ArchiveFiller(IReadOnlyDictionary<string, string?> configuration, FillOptions options)
{
    // As many as the index writer's queue holds: enough for its largest transactions, and little memory.
    private const int MostWaiting = 4096;

    private static readonly TimeSpan BetweenImages = TimeSpan.FromMilliseconds(200);

    // Three images in five studies of a facility are of somebody who was there before, more or less.
    private const double PatientsPerStudy = 0.6;

    public async Task RunAsync(IReadOnlyList<Facility> facilities, CancellationToken cancellationToken)
    {
        var clock = new FillClock();
        await using var archive = new ProductArchive(configuration, clock);
        var index = archive.Services.GetRequiredService<IndexWriter>();
        var paths = archive.Services.GetRequiredService<StoragePaths>();
        var days = new StorageHistory();
        var end = DateTime.UtcNow;
        var elapsed = Stopwatch.StartNew();
        using var waiting = new SemaphoreSlim(MostWaiting);
        Exception? refused = null;

        for (var number = 0; number < options.Studies; number++)
        {
            var facility = facilities[number % facilities.Count];
            var arrival = end.AddDays(options.Days * (((number + 0.5) / options.Studies) - 1));
            var study = new MadeUpStudy(number, Math.Max(1, (int)(options.Studies * PatientsPerStudy / facilities.Count)), arrival);
            var images = ImagesUntil(number + 1) - ImagesUntil(number);
            days.Add(facility.Id, study.Modality, DateOnly.FromDateTime(arrival), images, study.FileBytes);
            clock.Set(arrival);
            foreach (var dataset in study.Images(images))
            {
                await waiting.WaitAsync(cancellationToken);
                arrival += BetweenImages;
                var entry = CreateEntry(dataset, facility, study.FileBytes, arrival);
                if (options.HasFiles)
                    CreateSparse(paths.Resolve(facility.Id, entry.Instance.StoragePath), study.FileBytes);
                _ = AddAsync(entry);
            }

            if (refused is not null)
                throw refused;
            if ((number + 1) % 1000 == 0)
                await Console.Error.WriteLineAsync(FormattableString.Invariant($"{number + 1} studies, {ImagesUntil(number + 1)} images, {elapsed.Elapsed.TotalSeconds:0} s"));
        }

        for (var i = 0; i < MostWaiting; i++)
            await waiting.WaitAsync(cancellationToken);
        if (refused is not null)
            throw refused;
        await FinishAsync(archive, days, cancellationToken);

        async Task AddAsync(IndexEntry entry)
        {
            try
            {
                var outcome = await index.AddAsync(entry);
                if (!outcome.IsSuccess)
                    refused ??= new InvalidOperationException(outcome.Error.Message);
            }
            finally
            {
                waiting.Release();
            }
        }
    }

    /// <summary>Images of the studies before a number: some studies have twice as many as others, and all together as many as asked for.</summary>
    private int ImagesUntil(int study)
    {
        var rest = options.Instances - options.Studies;
        // Of four studies the shares are 2, 4, 6 and 8 of twenty; each has one image at least.
        int[] shares = [0, 2, 6, 12];
        var weighed = (study / 4 * 20L) + shares[study % 4];
        var all = (options.Studies / 4 * 20L) + shares[options.Studies % 4];
        return study == options.Studies ? options.Instances : study + (int)(rest * weighed / Math.Max(all, 1));
    }

    private static IndexEntry CreateEntry(DicomDataset dataset, Facility facility, long bytes, DateTime receivedUtc)
    {
        var uid = dataset.GetString(DicomTag.SOPInstanceUID)!;
        var origin = new IngestOrigin
        {
            TransferSyntaxUid = DicomUID.ExplicitVRLittleEndian.Value,
            SopClassUid = dataset.GetString(DicomTag.SOPClassUID)!,
            SopInstanceUid = uid,
            CallingAETitle = facility.AETitle,
            CalledAETitle = facility.AETitle,
            RemoteAddress = "192.0.2.10",
        };
        var path = $"studies/{dataset.GetString(DicomTag.StudyInstanceUID)}/{dataset.GetString(DicomTag.SeriesInstanceUID)}/{uid}.{Guid.CreateVersion7():N}.dcm";
        return InstanceHeader.ToEntry(
            dataset, origin, new PlacedObject(facility.Id, uid, path, ""),
            new PlacedContent(bytes, RandomNumberGenerator.GetBytes(ObjectHash.Length), receivedUtc), DuplicatePolicy.Overwrite);
    }

    private static void CreateSparse(string path, long bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.SetLength(bytes);
    }

    /// <summary>What jobs would have done since: the studies are complete, and the statistics of each day are written.</summary>
    private static async Task FinishAsync(ProductArchive archive, StorageHistory days, CancellationToken cancellationToken)
    {
        await using (var database = archive.AcrossFacilities())
        {
            database.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            await database.Set<Study>().Where(study => study.CompletedUtc == null)
                .ExecuteUpdateAsync(set => set.SetProperty(study => study.CompletedUtc, study => study.LastReceivedUtc), cancellationToken);
        }

        foreach (var chunk in days.Rows().Chunk(10_000))
        {
            await using var database = archive.AcrossFacilities();
            database.AddRange(chunk);
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
