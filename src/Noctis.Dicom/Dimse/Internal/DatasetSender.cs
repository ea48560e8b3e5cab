using System.Runtime.CompilerServices;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// Sends the data set of a message as P-DATA-TF PDUs, several of them in one call where they are short. A full fragment is held until
/// it is known whether another follows, since only then is it known whether it is the last. Not thread safe.
/// </summary>
/// <remarks>As a stream it can be written to, asynchronously and no other way: a writer must never block a thread on a slow peer.</remarks>
internal sealed class DatasetSender : Stream
{
    /// <summary>Bytes that one call sends, unless a single PDU is longer: 256 KiB, beyond which throughput no longer grows.</summary>
    private const int BatchLength = 256 * 1024;

    // A C-STORE-RQ takes about 300 bytes; a longer command goes ahead alone.
    private const int CommandRoom = 1024;

    private readonly UpperLayerConnection _connection;
    private readonly TimeSpan _patience;
    private readonly int _fragmentLength;
    private readonly byte[] _buffer;
    private byte _contextId;

    /// <summary>Where the present fragment begins, behind the room for its header.</summary>
    private int _start;
    private int _end;

    public DatasetSender(UpperLayerConnection connection, PDataFraming framing, TimeSpan patience)
    {
        _connection = connection;
        _patience = patience;
        _fragmentLength = framing.MaxFragmentLength;
        var pduLength = PDataFraming.HeaderLength + _fragmentLength;
        _buffer = GC.AllocateUninitializedArray<byte>(CommandRoom + (pduLength * Math.Max(1, BatchLength / pduLength)));
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

    /// <summary>Begins a message.</summary>
    /// <param name="contextId">The presentation context.</param>
    /// <param name="command">The PDUs of the command, which go out together with the first of the data.</param>
    public async ValueTask BeginAsync(byte contextId, ReadOnlyMemory<byte> command)
    {
        _contextId = contextId;
        if (command.Length > CommandRoom)
        {
            await _connection.SendDataAsync(command, _patience);
            command = default;
        }

        command.Span.CopyTo(_buffer);
        _start = _end = command.Length + PDataFraming.HeaderLength;
    }

    /// <summary>Room for what comes next; what is put there counts after <see cref="Advance"/>. Never empty.</summary>
    public ValueTask<Memory<byte>> GetMemoryAsync()
    {
        if (_end - _start < _fragmentLength)
            return ValueTask.FromResult(Room);

        WriteHeader(isLast: false);
        if (_end + PDataFraming.HeaderLength + _fragmentLength > _buffer.Length)
            return SendAndGetMemoryAsync();
        _start = _end += PDataFraming.HeaderLength;
        return ValueTask.FromResult(Room);
    }

    public void Advance(int count) => _end += count;

    /// <summary>Takes a stream to its end.</summary>
    public async Task CopyFromAsync(Stream dataset, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await dataset.ReadAsync(await GetMemoryAsync(), cancellationToken);
            if (read == 0)
                return;
            Advance(read);
        }
    }

    /// <summary>Ends the message: nothing more follows.</summary>
    public ValueTask CompleteAsync()
    {
        WriteHeader(isLast: true);
        return _connection.SendDataAsync(_buffer.AsMemory(0, _end), _patience);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var room = await GetMemoryAsync();
            var count = Math.Min(room.Length, buffer.Length);
            buffer[..count].CopyTo(room);
            Advance(count);
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // A deflating writer flushes itself into the stream and then that; what is still here waits for CompleteAsync.
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private Memory<byte> Room => _buffer.AsMemory(_end, _fragmentLength - (_end - _start));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Memory<byte>> SendAndGetMemoryAsync()
    {
        await _connection.SendDataAsync(_buffer.AsMemory(0, _end), _patience);
        _start = _end = PDataFraming.HeaderLength;
        return Room;
    }

    private void WriteHeader(bool isLast) => PDataFraming.WriteHeader(
        _buffer.AsSpan(_start - PDataFraming.HeaderLength), _contextId, isCommand: false, isLast, _end - _start);
}
