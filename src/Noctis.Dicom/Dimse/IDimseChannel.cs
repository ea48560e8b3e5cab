using System.Buffers;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse;

/// <summary>What a <see cref="DimseOperation"/> asks of the association that it runs on.</summary>
internal interface IDimseChannel
{
    ReadOnlySequence<byte> Fragment { get; }

    ValueTask<bool> ReadDatasetAsync(CancellationToken cancellationToken);

    ValueTask<T> WatchAsync<T>(ValueTask<T> work);

    ValueTask SendAsync(PresentationContext context, DimseMessage message, CancellationToken cancellationToken);
}
