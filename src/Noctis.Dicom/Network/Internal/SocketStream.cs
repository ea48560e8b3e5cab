namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// The socket of a connection as TLS sees it. Remembers how the other side began, which tells what it speaks when it is not TLS.
/// Asynchronous alone; one reader and one writer at a time.
/// </summary>
internal sealed class SocketStream(SocketConnection connection) : Stream
{
    private readonly byte[] _first = new byte[8];
    private int _firstLength;

    /// <summary>The first bytes that were received: none or up to eight.</summary>
    public ReadOnlySpan<byte> FirstBytes => _first.AsSpan(0, _firstLength);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _firstLength == _first.Length
            ? connection.ReceiveRawAsync(buffer, cancellationToken)
            : ReadFirstAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.SendRawAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var received = await connection.ReceiveRawAsync(buffer, cancellationToken);
        var kept = Math.Min(received, _first.Length - _firstLength);
        buffer.Span[..kept].CopyTo(_first.AsSpan(_firstLength));
        _firstLength += kept;
        return received;
    }
}
