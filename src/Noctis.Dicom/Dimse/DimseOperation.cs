using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse;

/// <summary>One request as its service sees it: what was asked, the data set as it arrives, and the way to answer. Not thread safe.</summary>
public sealed class DimseOperation
{
    private readonly IDimseChannel _channel;
    private CancellationTokenSource? _cancellation;
    private bool _isCancelRequested;

    internal DimseOperation(IDimseChannel channel, Association association, PresentationContext context, CommandSet request)
    {
        _channel = channel;
        Association = association;
        PresentationContext = context;
        Request = request;
    }

    /// <summary>The association.</summary>
    public Association Association { get; }

    /// <summary>The presentation context in which the request came.</summary>
    public PresentationContext PresentationContext { get; }

    /// <summary>The request's command set.</summary>
    public CommandSet Request { get; }

    /// <summary>
    /// The piece of the data set that was read last: a slice of the receive buffer, valid until the next call of any method here.
    /// </summary>
    public ReadOnlySequence<byte> Fragment => _channel.Fragment;

    /// <summary>
    /// The peer has asked by C-CANCEL-RQ to end the operation early (PS3.7 9.3.2.3). Noticed by <see cref="WatchAsync"/> and whenever
    /// a pending response is sent.
    /// </summary>
    public bool IsCancelRequested => _isCancelRequested;

    /// <summary>Cancelled when <see cref="IsCancelRequested"/> becomes true.</summary>
    public CancellationToken CancelRequested
    {
        get
        {
            _cancellation ??= new CancellationTokenSource();
            if (_isCancelRequested)
                _cancellation.Cancel();
            return _cancellation.Token;
        }
    }

    /// <summary>Reads the next piece of the data set into <see cref="Fragment"/>, as soon as there is one, however short.</summary>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>False at the end of the data set, or when the request has none.</returns>
    public ValueTask<bool> ReadDatasetAsync(CancellationToken cancellationToken) => _channel.ReadDatasetAsync(cancellationToken);

    /// <summary>Reads the whole data set into memory: an identifier, a list of attributes.</summary>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <param name="maxLength">The most bytes of it. Default: 4 MiB, a list of sixty thousand UIDs.</param>
    /// <returns>The data set; null when the request has none.</returns>
    /// <exception cref="OperationRefusedException">It is longer, or cannot be read: to be passed on, which answers a failure.</exception>
    public async ValueTask<DicomDataset?> ReadWholeDatasetAsync(
        CancellationToken cancellationToken, int maxLength = HeldDataset.DefaultMaxLength)
    {
        if (!Request.HasDataset)
            return null;
        var bytes = await HeldDataset.ReadAsync(_channel, maxLength, cancellationToken)
            ?? throw new OperationRefusedException(DicomStatus.OutOfResources, $"The data set is longer than {maxLength} bytes.");
        var syntax = DicomTransferSyntax.Lookup(PresentationContext.TransferSyntax)
            ?? throw new OperationRefusedException(DicomStatus.CannotUnderstand, "The transfer syntax cannot be read.");
        try
        {
            return DicomReader.ReadDataset(bytes, syntax);
        }
        catch (DicomDataException exception)
        {
            throw new OperationRefusedException(
                DicomStatus.CannotUnderstand, exception.Message, exception.Tag is { } tag ? [tag] : []);
        }
    }

    /// <summary>
    /// Waits for work while nothing is read, and meanwhile notices that the peer aborts or hangs up: then the token of
    /// <see cref="IDimseService.HandleAsync"/> is cancelled, so that work that heeds it ends early. Notices a C-CANCEL-RQ too.
    /// </summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="work">The work; it is always waited for.</param>
    public ValueTask<T> WatchAsync<T>(ValueTask<T> work) => work.IsCompleted ? work : _channel.WatchAsync(work);

    /// <summary>Answers. A status of category Pending is not the last answer; any other is.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <exception cref="InvalidOperationException">The last answer was given already.</exception>
    public ValueTask RespondAsync(DimseResponse response, CancellationToken cancellationToken)
    {
        Note(response);
        return FinalStatus is null
            ? SendPendingAsync(response, cancellationToken)
            : _channel.SendAsync(PresentationContext, response, cancellationToken);
    }

    /// <summary>As <see cref="RespondAsync"/>, but lets several short pending answers go out together.</summary>
    internal int Queue(DimseResponse response)
    {
        Note(response);
        return _channel.Queue(PresentationContext, response);
    }

    /// <summary>Sends the answers that were queued, and looks whether the peer wants no more.</summary>
    internal async ValueTask FlushAsync()
    {
        await _channel.FlushAsync();
        await _channel.LookForCancelAsync();
    }

    /// <summary>
    /// Sends a request of our own to the peer on the same association and waits for its response: the storage of a C-GET, the
    /// N-EVENT-REPORT that follows an N-ACTION.
    /// </summary>
    /// <returns>The response; null when the peer asks for release instead.</returns>
    internal Task<ReceivedResponse?> AskAsync(PresentationContext context, DimseRequest request, Func<DatasetSender, Task>? writeDataset = null) =>
        _channel.AskAsync(context, request, writeDataset);

    internal ushort NextMessageId() => _channel.NextMessageId();

    /// <summary>The last answer's status; null until it is given.</summary>
    internal DicomStatus? FinalStatus { get; private set; }

    internal string? FinalComment { get; private set; }

    /// <summary>Bytes of the request's data set, where another message has been read since.</summary>
    internal long? DatasetBytes { get; private set; }

    internal void KeepDatasetBytes(long bytes) => DatasetBytes ??= bytes;

    internal void Cancel()
    {
        _isCancelRequested = true;
        _cancellation?.Cancel();
    }

    private void Note(DimseResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (FinalStatus is not null)
            throw new InvalidOperationException("The operation has been answered.");
        if (response.Status.Category == DicomStatusCategory.Pending)
            return;
        FinalStatus = response.Status;
        FinalComment = response.ErrorComment;
    }

    private async ValueTask SendPendingAsync(DimseResponse response, CancellationToken cancellationToken)
    {
        await _channel.SendAsync(PresentationContext, response, cancellationToken);
        await _channel.LookForCancelAsync();
    }
}
