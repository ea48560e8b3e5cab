using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// Sends the objects of a C-MOVE to their destination, in order: one association for as many as its presentation contexts cover, then the
/// next. A destination that cannot be reached, or breaks off, is not tried again for the rest. Not thread safe.
/// </summary>
internal sealed class MoveSender(DicomClientOptions destination, MoveOriginator originator, IReadOnlyList<RetrievableObject> objects) : IAsyncDisposable
{
    private static readonly string[] Uncompressed = [DicomUID.ExplicitVRLittleEndian.Value, DicomUID.ImplicitVRLittleEndian.Value];

    private DicomClient? _client;
    private int _next;
    private int _covered;

    /// <summary>Why the destination takes no more, or did not take one of the objects; null when all is well.</summary>
    public string? Failure { get; private set; }

    private bool _isLost;

    /// <summary>Sends the next object.</summary>
    /// <returns>The destination's answer, or a failure where there is none.</returns>
    public async Task<DicomStatus> SendAsync(RetrievableObject item, CancellationToken cancellationToken)
    {
        try
        {
            if (!_isLost && _next >= _covered)
                await AssociateAsync(cancellationToken);
            _next++;
            if (_isLost)
                return DicomStatus.ProcessingFailure;
            var response = await _client!.StoreAsync(item, originator, cancellationToken);
            return response.Status;
        }
        catch (OutgoingObjectException exception)
        {
            Failure ??= exception.Message;
            return DicomStatus.ProcessingFailure;
        }
        catch (Exception exception) when (exception is DicomNetworkException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Failure ??= exception.Message;
            _isLost = true;
            return DicomStatus.ProcessingFailure;
        }
    }

    /// <summary>Releases the association.</summary>
    public async ValueTask<bool> EndAsync()
    {
        if (_client is not { } client || _isLost)
            return false;
        try
        {
            await client.ReleaseAsync();
            return true;
        }
        catch (DicomNetworkException)
        {
            // Everything has been answered by then.
            return false;
        }
    }

    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AssociateAsync(CancellationToken cancellationToken)
    {
        if (_client is not null)
            await EndAsync();
        var builder = new PresentationContextBuilder();
        while (_covered < objects.Count && builder.Count + 2 <= PresentationContextBuilder.MaxCount)
            Propose(builder, objects[_covered++]);
        _client = await DicomClient.ConnectAsync(destination with { PresentationContexts = builder.BuildContexts() }, cancellationToken);
    }

    // The object's own transfer syntax in a context of its own, so that it is accepted or refused for itself; and what it can be converted to.
    private static void Propose(PresentationContextBuilder builder, RetrievableObject item)
    {
        builder.Add(item.SOPClassUID, item.TransferSyntaxUID);
        if (DicomTransferSyntax.Lookup(item.TransferSyntaxUID) is { IsEncapsulated: false })
            builder.Add(item.SOPClassUID, Uncompressed);
    }
}
