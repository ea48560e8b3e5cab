using Noctis.Archive.Ingest;
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
            : new CStoreResult(StoreService.StatusOf(stored.Error), stored.Error.Message);
    }

    public ValueTask DisposeAsync() => incoming.DisposeAsync();
}
