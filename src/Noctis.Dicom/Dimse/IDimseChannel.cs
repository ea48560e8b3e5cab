using System.Buffers;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse;

/// <summary>What a <see cref="DimseOperation"/> asks of the association that it runs on.</summary>
internal interface IDimseChannel
{
    ReadOnlySequence<byte> Fragment { get; }

    ValueTask<bool> ReadDatasetAsync(CancellationToken cancellationToken);

    ValueTask<T> WatchAsync<T>(ValueTask<T> work);

    /// <summary>Takes a C-CANCEL-RQ that has arrived, without waiting for one.</summary>
    ValueTask LookForCancelAsync();

    /// <summary>Sends a message, after those that are queued.</summary>
    ValueTask SendAsync(PresentationContext context, DimseMessage message, CancellationToken cancellationToken);

    /// <summary>Puts a message behind those that are to be sent together.</summary>
    /// <returns>Bytes that are queued now.</returns>
    int Queue(PresentationContext context, DimseMessage message);

    /// <summary>Sends what is queued.</summary>
    ValueTask FlushAsync();

    /// <summary>A message id for a request of our own.</summary>
    ushort NextMessageId();

    /// <summary>Sends a request of our own and waits for its response; null when the peer asks for release instead.</summary>
    Task<ReceivedResponse?> AskAsync(PresentationContext context, DimseRequest request, Func<DatasetSender, Task>? writeDataset = null);
}
