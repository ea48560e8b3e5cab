using System.IO.Compression;

namespace Noctis.Dicom.Files.Writing;

/// <summary>
/// Deflates into another stream, which it leaves open, and ends with a zero byte when that makes the length even (PS3.5 A.5).
/// </summary>
internal sealed class DeflatedStream : Stream
{
    private readonly Counter _counter;
    private readonly DeflateStream _deflater;
    private bool _isEnded;

    /// <summary>Deflates into a stream.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="ending">
    /// Calls off what is written at the end: the last of what was deflated goes out with the disposal, which takes no token.
    /// </param>
    public DeflatedStream(Stream inner, CancellationToken ending = default)
    {
        _counter = new Counter(inner, ending);
        _deflater = new DeflateStream(_counter, CompressionLevel.Optimal, leaveOpen: true);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer) => _deflater.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => _deflater.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _deflater.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _deflater.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            await _deflater.DisposeAsync().ConfigureAwait(false);
            await _counter.WriteAsync(Ending()).ConfigureAwait(false);
        }

        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isEnded)
        {
            _isEnded = true;
            _deflater.Dispose();
            _counter.Write(Ending());
        }

        base.Dispose(disposing);
    }

    /// <summary>The padding; or, since the runtime writes nothing at all for no bytes, an empty last block (RFC 1951 3.2.3).</summary>
    private byte[] Ending() => _counter.Count == 0 ? [3, 0] : new byte[_counter.Count & 1];

    private sealed class Counter(Stream inner, CancellationToken ending) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            Count += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken.CanBeCanceled ? cancellationToken : ending).ConfigureAwait(false);
            Count += buffer.Length;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
