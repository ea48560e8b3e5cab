namespace Noctis.Benchmarks.Storing;

/// <summary>Given bytes, then zeros up to a length: an object that need not be anywhere.</summary>
internal sealed class GeneratedStream(ReadOnlyMemory<byte> head, long zeros) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => head.Length + zeros;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count;
        if (_position < head.Length)
        {
            count = Math.Min(buffer.Length, head.Length - (int)_position);
            head.Span.Slice((int)_position, count).CopyTo(buffer);
        }
        else
        {
            count = (int)Math.Min(buffer.Length, Length - _position);
            buffer[..count].Clear();
        }

        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
