using Noctis.Archive.Storage;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The way of an object into the archive: receive, place, flush, index, answer, announce. Success means that it is durable.
/// docs/ingest.md tells the story, and what a crash leaves at each step. Thread safe.
/// </summary>
public sealed class InstanceIngest
{
    private readonly IngestParts _parts;

    internal InstanceIngest(IngestParts parts) => _parts = parts;

    /// <summary>Makes room for an object. Its bytes follow; it is discarded when it is disposed of before it is complete.</summary>
    public ValueTask<Result<IncomingInstance>> BeginAsync(FacilityScope scope, IngestOrigin origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(origin);
        ct.ThrowIfCancellationRequested();
        if (DicomTransferSyntax.Lookup(origin.TransferSyntaxUid) is not { } syntax)
            return Failed(IngestError.CannotRead("Transfer syntax is not known"));
        if (!InstanceHeader.IsUsableUid(origin.SopInstanceUid) || !InstanceHeader.IsUsableUid(origin.SopClassUid))
            return Failed(IngestError.CannotRead("SOP Class or Instance UID of the command is not a UID"));
        return BeginAsync(scope, origin, syntax, ct);
    }

    private async ValueTask<Result<IncomingInstance>> BeginAsync(FacilityScope scope, IngestOrigin origin, DicomTransferSyntax syntax, CancellationToken ct)
    {
        bool isQuarantine = origin.Quarantine is not null;
        Result<Placement> gate = await _parts.Gate.OpenAsync(scope.FacilityId, !isQuarantine, ct);
        if (!gate.IsSuccess) return gate.Error;
        if (isQuarantine && await _parts.Quarantine.FindFaultAsync(scope.FacilityId, origin.Quarantine!, ct) is { } full) return full;
        try
        {
            return new IncomingInstance(_parts, scope, origin, syntax, gate.Value with { IsQuarantine = isQuarantine });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _parts.Troubles.Refused(scope.FacilityId, IngestError.StorageFailed(e), e);
        }
    }

    private static ValueTask<Result<IncomingInstance>> Failed(IngestError error) => new((Result<IncomingInstance>)error);
}
