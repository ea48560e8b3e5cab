using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Services;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Services;

/// <summary>Hands one object's bytes from its association to the archive, and the archive's word back.</summary>
internal sealed class StoreReceiver(IncomingInstance incoming, AdmittedCaller caller) : IStoreReceiver
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken) =>
        incoming.WriteAsync(fragment, cancellationToken);

    public async ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken)
    {
        var stored = await incoming.CompleteAsync(cancellationToken);
        if (stored.IsSuccess)
            return CStoreResult.Success;
        caller.Refusal = stored.Error as IngestError;
        return new CStoreResult(StoreService.StatusOf(stored.Error), stored.Error.Message, OffendingElementsOf(stored.Error));
    }

    public ValueTask DisposeAsync() => incoming.DisposeAsync();

    private static IReadOnlyList<DicomTag>? OffendingElementsOf(Error error) =>
        error is IngestError { OffendingElement: { } tag } ? [tag] : null;
}
