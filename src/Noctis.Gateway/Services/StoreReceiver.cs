using Noctis.Archive;
using Noctis.Archive.Ingest;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Services;

namespace Noctis.Gateway.Services;

/// <summary>Hands one object's bytes from its association to the archive, and the archive's word back.</summary>
internal sealed class StoreReceiver(IncomingInstance incoming) : IStoreReceiver
{
    public ValueTask WriteAsync(ReadOnlyMemory<byte> fragment, CancellationToken cancellationToken) =>
        incoming.WriteAsync(fragment, cancellationToken);

    public async ValueTask<CStoreResult> CompleteAsync(CancellationToken cancellationToken)
    {
        var stored = await incoming.CompleteAsync(cancellationToken);
        return stored.IsSuccess
            ? CStoreResult.Success
            : new CStoreResult(StoreService.StatusOf(stored.Error), stored.Error.Message, OffendingElementsOf(stored.Error));
    }

    public ValueTask DisposeAsync() => incoming.DisposeAsync();

    private static IReadOnlyList<DicomTag>? OffendingElementsOf(Error error) =>
        error is IngestError { OffendingElement: { } tag } ? [tag] : null;
}
