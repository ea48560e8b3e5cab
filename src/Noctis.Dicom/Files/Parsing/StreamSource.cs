using System.Buffers;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>Feeds a stream to a file head, then to a data set, seeking over what is not wanted where the stream can.</summary>
internal sealed class StreamSource
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Shorter ones are cheaper read than sought over.</summary>
    private const int WorthSeeking = BufferSize;

    private readonly Stream _stream;
    private ReadOnlyMemory<byte> _ahead;

    public StreamSource(Stream stream)
    {
        _stream = stream;
        if (stream.CanSeek)
            Length = Math.Max(0, stream.Length - stream.Position);
    }

    /// <summary>Bytes from where the stream stood at first to its end; null when it cannot tell.</summary>
    public long? Length { get; }

    /// <summary>Reads as much as the head of a file needs; what was read beyond it is kept for the data set.</summary>
    public FileHead ReadHead()
    {
        var buffer = new byte[FileHead.FirstRead];
        var count = 0;
        while (true)
        {
            var read = _stream.ReadAtLeast(buffer.AsSpan(count), buffer.Length - count, throwOnEndOfStream: false);
            if (TryFinishHead(ref buffer, ref count, read, out var head))
                return head;
        }
    }

    public async ValueTask<FileHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[FileHead.FirstRead];
        var count = 0;
        while (true)
        {
            var read = await _stream
                .ReadAtLeastAsync(buffer.AsMemory(count), buffer.Length - count, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            if (TryFinishHead(ref buffer, ref count, read, out var head))
                return head;
        }
    }

    public void PumpTo(DatasetPump pump)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            PushAhead(pump);
            while (!pump.HasStopped)
            {
                SeekOver(pump);
                var read = _stream.Read(buffer.AsSpan(0, BufferSize));
                if (read == 0)
                    break;
                pump.Push(buffer.AsSpan(0, read));
            }

            pump.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task PumpToAsync(DatasetPump pump, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            PushAhead(pump);
            while (!pump.HasStopped)
            {
                SeekOver(pump);
                var read = await _stream.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                pump.Push(buffer.AsSpan(0, read));
            }

            pump.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryFinishHead(ref byte[] buffer, ref int count, int read, out FileHead head)
    {
        count += read;
        var isWhole = count < buffer.Length;
        if (FileHead.TryParse(buffer.AsMemory(0, count), isWhole, Length, out head))
        {
            _ahead = buffer.AsMemory(head.Size, count - head.Size);
            return true;
        }

        Array.Resize(ref buffer, buffer.Length * 2);
        return false;
    }

    private void PushAhead(DatasetPump pump)
    {
        pump.Push(_ahead.Span);
        _ahead = default;
    }

    private void SeekOver(DatasetPump pump)
    {
        var skippable = pump.Skippable;
        if (Length is null || skippable < WorthSeeking)
            return;

        // Lengths were checked against the stream's, so this does not leave it.
        _stream.Seek(skippable, SeekOrigin.Current);
        pump.Skip(skippable);
    }
}
