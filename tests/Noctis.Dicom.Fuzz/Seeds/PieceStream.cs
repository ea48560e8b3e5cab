using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Seeds;

/// <summary>
/// A stream that gives its bytes in pieces of any length and knows neither its length nor its position, as one from a network. More
/// reads than it has bytes are more than any reader has reason for.
/// </summary>
public sealed class PieceStream(ReadOnlyMemory<byte> bytes, FuzzRandom random) : Stream
{
    private int _position;
    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        // A few reads meet the end, of the head and of the data set.
        FuzzException.Unless(++_reads <= bytes.Length + 8, "The stream was read without end.");
        var available = Math.Min(buffer.Length, bytes.Length - _position);
        if (available == 0)
            return 0;
        var count = Segments.Next(available, random);
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
