using System.Buffers;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Writing;

/// <summary>Writes a file's head and data set to a stream, holding no more than one top-level element encoded.</summary>
internal sealed class StreamTarget(Stream stream, DicomTransferSyntax syntax, DicomWriteOptions options)
{
    /// <summary>A multiple of every unit that is swapped.</summary>
    private const int CopySize = 64 * 1024;

    public void Write(DicomDataset? meta, DicomDataset dataset)
    {
        var buffer = new OutputBuffer();
        WriteHead(buffer, meta);
        buffer.Flush(stream);
        if (syntax.IsDeflated)
        {
            using var deflated = new DeflatedStream(stream);
            WriteBody(deflated, buffer, dataset, BodyOf(meta, dataset));
        }
        else
        {
            WriteBody(stream, buffer, dataset, BodyOf(meta, dataset));
        }
    }

    public async Task WriteAsync(DicomDataset? meta, DicomDataset dataset, CancellationToken cancellationToken)
    {
        var buffer = new OutputBuffer();
        WriteHead(buffer, meta);
        await buffer.FlushAsync(stream, cancellationToken).ConfigureAwait(false);
        if (syntax.IsDeflated)
        {
            await using var deflated = new DeflatedStream(stream, cancellationToken);
            await WriteBodyAsync(deflated, buffer, dataset, BodyOf(meta, dataset), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await WriteBodyAsync(stream, buffer, dataset, BodyOf(meta, dataset), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A file's data set has no group 0002 (PS3.10 7.1): a reader would take it for the meta group.</summary>
    private static IEnumerable<DicomElement> BodyOf(DicomDataset? meta, DicomDataset dataset) =>
        meta is null ? dataset : dataset.Where(e => e.Tag.Group != 0x0002);

    private static void WriteHead(OutputBuffer buffer, DicomDataset? meta)
    {
        if (meta is not null)
            DicomFileMetaWriter.Write(buffer, meta);
    }

    private void WriteBody(Stream target, OutputBuffer buffer, DicomDataset dataset, IEnumerable<DicomElement> elements)
    {
        var writer = new ElementWriter(buffer, syntax, options);
        foreach (var element in elements)
        {
            if (element is DicomDeferredElement deferred)
                Copy(target, buffer, writer, deferred);
            else
                writer.WriteElement(element, dataset);
            if (buffer.IsFull)
                buffer.Flush(target);
        }

        buffer.Flush(target);
    }

    private async Task WriteBodyAsync(
        Stream target, OutputBuffer buffer, DicomDataset dataset, IEnumerable<DicomElement> elements, CancellationToken cancellationToken)
    {
        var writer = new ElementWriter(buffer, syntax, options);
        foreach (var element in elements)
        {
            if (element is DicomDeferredElement deferred)
                await CopyAsync(target, buffer, writer, deferred, cancellationToken).ConfigureAwait(false);
            else
                writer.WriteElement(element, dataset);
            if (buffer.IsFull)
                await buffer.FlushAsync(target, cancellationToken).ConfigureAwait(false);
        }

        await buffer.FlushAsync(target, cancellationToken).ConfigureAwait(false);
    }

    private static void Copy(Stream target, OutputBuffer buffer, ElementWriter writer, DicomDeferredElement deferred)
    {
        var padding = writer.WriteDeferredHeader(deferred);
        buffer.Flush(target);
        var piece = ArrayPool<byte>.Shared.Rent(CopySize);
        try
        {
            using var source = deferred.OpenRead();
            for (var left = deferred.Length; left > 0;)
            {
                var count = (int)Math.Min(CopySize, left);
                source.ReadExactly(piece, 0, count);
                writer.Reorder(piece.AsSpan(0, count), deferred);
                target.Write(piece, 0, count);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        Pad(buffer, deferred, padding);
    }

    private static async Task CopyAsync(
        Stream target, OutputBuffer buffer, ElementWriter writer, DicomDeferredElement deferred, CancellationToken cancellationToken)
    {
        var padding = writer.WriteDeferredHeader(deferred);
        await buffer.FlushAsync(target, cancellationToken).ConfigureAwait(false);
        var piece = ArrayPool<byte>.Shared.Rent(CopySize);
        try
        {
            var source = deferred.OpenRead();
            await using var _ = source.ConfigureAwait(false);
            for (var left = deferred.Length; left > 0;)
            {
                var count = (int)Math.Min(CopySize, left);
                await source.ReadExactlyAsync(piece, 0, count, cancellationToken).ConfigureAwait(false);
                writer.Reorder(piece.AsSpan(0, count), deferred);
                await target.WriteAsync(piece.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        Pad(buffer, deferred, padding);
    }

    private static void Pad(OutputBuffer buffer, DicomDeferredElement deferred, int padding)
    {
        buffer.GetSpan(1)[0] = deferred.VR.PaddingByte;
        buffer.Advance(padding);
    }
}
