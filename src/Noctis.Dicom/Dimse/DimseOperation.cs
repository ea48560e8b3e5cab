using System.Buffers;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse;

/// <summary>One request as its service sees it: what was asked, the data set as it arrives, and the way to answer. Not thread safe.</summary>
public sealed class DimseOperation
{
    private readonly IDimseChannel _channel;

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

    /// <summary>Reads the next piece of the data set into <see cref="Fragment"/>, as soon as there is one, however short.</summary>
    /// <param name="cancellationToken">Cancelled when the association ends.</param>
    /// <returns>False at the end of the data set, or when the request has none.</returns>
    public ValueTask<bool> ReadDatasetAsync(CancellationToken cancellationToken) => _channel.ReadDatasetAsync(cancellationToken);

    /// <summary>
    /// Waits for work while nothing is read, and meanwhile notices that the peer aborts or hangs up: then the token of
    /// <see cref="IDimseService.HandleAsync"/> is cancelled, so that work that heeds it ends early.
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
        ArgumentNullException.ThrowIfNull(response);
        if (FinalStatus is not null)
            throw new InvalidOperationException("The operation has been answered.");
        if (response.Status.Category != DicomStatusCategory.Pending)
        {
            FinalStatus = response.Status;
            FinalComment = response.ErrorComment;
        }

        return _channel.SendAsync(PresentationContext, response, cancellationToken);
    }

    /// <summary>The last answer's status; null until it is given.</summary>
    internal DicomStatus? FinalStatus { get; private set; }

    internal string? FinalComment { get; private set; }
}
