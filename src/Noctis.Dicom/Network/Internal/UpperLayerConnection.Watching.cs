using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network.Internal;

/// <summary>What can be told of the peer while something else is done.</summary>
internal sealed partial class UpperLayerConnection
{
    // While a service works, this much of what the peer sends next is held at most; beyond it nothing more is looked at.
    private const int MaxHeldWhileWatching = 64 * 1024;

    /// <summary>
    /// Looks at what has arrived, without waiting: whether a whole P-DATA-TF is there, so that receiving it would not wait either.
    /// Notices too that the peer aborts or has hung up: then <see cref="Ended"/> is cancelled.
    /// </summary>
    public bool HasWholeData()
    {
        // What has been looked at is not shown again before more arrives, so another kind of PDU stays where it is.
        var mayGrow = !_hasBuffer || _buffer.IsEmpty || (_buffer.FirstSpan[0] == (byte)PduType.PDataTf && !HoldsWholeData() && !HoldsEnough());
        if (mayGrow && !_inputEnded)
        {
            if (_hasBuffer)
                _transport.Input.AdvanceTo(_buffer.Start, _buffer.End);
            _hasBuffer = false;
            if (_transport.Input.TryRead(out var result))
                Take(result.Buffer, result.IsCompleted);
        }

        if (HasPeerGone() && !_ended.IsCancellationRequested)
            _ended.Cancel();
        return HoldsWholeData();
    }

    /// <summary>Whether a PDU has begun to arrive that is none of A-ABORT, which is noticed without being received.</summary>
    public bool HasBegunPdu() => _hasBuffer && !_buffer.IsEmpty && _buffer.FirstSpan[0] != (byte)PduType.AAbort;

    /// <summary>
    /// Waits for work while nothing is read, and meanwhile notices that the peer aborts or hangs up: then <see cref="Ended"/> is
    /// cancelled. The work is always waited for.
    /// </summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="onArrival">Called at first, and when something has arrived, to look whether it is of interest already; null when nothing is.</param>
    public async ValueTask<T> WatchAsync<T>(ValueTask<T> work, Func<ValueTask>? onArrival = null)
    {
        if (work.IsCompleted)
            return await work;

        var task = work.AsTask();
        _ = task.ContinueWith(
            static (_, state) => ((SocketConnection)state!).Input.CancelPendingRead(),
            _transport,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        if (onArrival is not null)
            await onArrival();
        while (!task.IsCompleted && !_ended.IsCancellationRequested && !HasPeerGone() && !HoldsEnough())
        {
            if (_hasBuffer)
                _transport.Input.AdvanceTo(_buffer.Start, _buffer.End);
            var result = await _transport.Input.ReadAsync(CancellationToken.None);
            Take(result.Buffer, result.IsCompleted);
            if (onArrival is not null)
                await onArrival();
        }

        if (!task.IsCompleted && HasPeerGone())
            await _ended.CancelAsync();
        return await task;
    }

    // Only the PDU that comes first is looked at: a peer that has sent another one is still interested.
    private bool HasPeerGone() =>
        _inputEnded || (_hasBuffer && !_buffer.IsEmpty && !_reader.IsInsidePdu && _buffer.FirstSpan[0] == (byte)PduType.AAbort);

    private bool HoldsWholeData() => _hasBuffer && _reader.HoldsWholeData(_buffer);

    private bool HoldsEnough() => _hasBuffer && _buffer.Length >= MaxHeldWhileWatching;
}
