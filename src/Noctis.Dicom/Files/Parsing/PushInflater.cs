using System.IO.Compression;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>Inflates a deflated data set (PS3.5 A.5, raw RFC 1951) that arrives in chunks, into a parser.</summary>
/// <remarks>
/// The runtime inflates from a stream only. The stream here gives what has been pushed and then says "no bytes", which
/// <see cref="DeflateStream"/> takes as "none now": a later read goes on where it stopped. Tests hold it to that.
/// </remarks>
internal sealed class PushInflater : IDisposable
{
    private readonly DicomParser _parser;
    private readonly long _maxInflatedBytes;
    private readonly Feed _feed = new();
    private readonly DeflateStream _inflater;
    private readonly byte[] _input = new byte[16 * 1024];
    private readonly byte[] _output = new byte[16 * 1024];
    private long _inflated;
    private bool _ended;

    public PushInflater(DicomParser parser, long maxInflatedBytes)
    {
        _parser = parser;
        _maxInflatedBytes = maxInflatedBytes;
        _inflater = new DeflateStream(_feed, CompressionMode.Decompress);
    }

    /// <summary>Takes the next compressed bytes. What follows the end of the compressed data is padding and not looked at.</summary>
    public void Push(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty && !_ended && !_parser.HasStopped)
        {
            var count = Math.Min(chunk.Length, _input.Length);
            chunk[..count].CopyTo(_input);
            chunk = chunk[count..];
            _feed.Set(_input.AsMemory(0, count));
            Inflate();
        }
    }

    private void Inflate()
    {
        while (!_parser.HasStopped)
        {
            _feed.WasAsked = false;
            int count;
            try
            {
                count = _inflater.Read(_output);
            }
            catch (InvalidDataException inner)
            {
                throw new DicomDataException("The deflated data set cannot be inflated: its compressed data is damaged.", inner);
            }

            if (count == 0)
            {
                _ended = !_feed.WasAsked;
                return;
            }

            _inflated += count;
            if (_inflated > _maxInflatedBytes)
                throw new DicomDataException($"The deflated data set inflates to more than {_maxInflatedBytes} bytes, the limit set for it.");
            _parser.Push(_output.AsSpan(0, count));
        }
    }

    /// <summary>Says that there are no more bytes.</summary>
    /// <exception cref="DicomDataException">The compressed data is not whole, or the data set in it is not.</exception>
    public void Finish()
    {
        if (!_ended && !_parser.HasStopped)
            throw new DicomDataException("The deflated data set is cut short: its compressed data does not end.");
        _parser.Finish();
    }

    public void Dispose() => _inflater.Dispose();

    private sealed class Feed : Stream
    {
        private ReadOnlyMemory<byte> _chunk;

        /// <summary>Whether more was asked for than there was: the compressed data goes on.</summary>
        public bool WasAsked { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Set(ReadOnlyMemory<byte> chunk) => _chunk = chunk;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _chunk.Length);
            WasAsked |= count == 0;
            _chunk.Span[..count].CopyTo(buffer);
            _chunk = _chunk[count..];
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
}
