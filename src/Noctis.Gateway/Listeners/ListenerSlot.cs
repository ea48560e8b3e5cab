using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// One door's way from what runs to what is configured. The supervisor's loop alone calls it, first <see cref="Release"/> on
/// every slot and then <see cref="Bind"/>, so that a port given up by one facility is free for another in the same cycle.
/// Neither waits: opening and draining go on beside the loop, and a slot that is stuck holds up nobody.
/// </summary>
internal sealed class ListenerSlot(
    Door door, IListenerFactory factory, ListenerStatusBoard board, CurrentDirectory current, TimeProvider time, Action wake, ILogger logger)
{
    /// <summary>A taken port is tried at 1, 2, 4, 8 and then every 15 s: soon enough to recover unseen, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    private readonly HashSet<Task> _draining = [];
    private ListenerBinding? _binding;
    private IListenerHandle? _handle;
    private Task<BindFailure?>? _start;
    private ListenerBinding? _failedBinding;
    private int _failures;
    private DateTimeOffset _retryAt;

    private string Name => current.NameOf(door);

    /// <summary>Nothing runs, starts or drains: the slot can be dropped.</summary>
    public bool IsIdle => _handle is null && _draining.Count == 0;

    /// <summary>Takes in what finished meanwhile, and lets go of a port that is no longer wanted.</summary>
    /// <param name="wanted">Null to stop.</param>
    /// <param name="stoppedReason">Why it should stop, for the page.</param>
    /// <param name="drainLimit">How long running associations may take to end by themselves.</param>
    public void Release(ListenerBinding? wanted, string? stoppedReason, TimeSpan drainLimit)
    {
        _draining.RemoveWhere(task => task.IsCompleted);
        SettleStart();
        if (_handle is not null && _start is null && _binding != wanted)
        {
            _draining.Add(DrainAsync(_handle, drainLimit));
            _handle = null;
            _binding = null;
        }

        if (wanted is null && _handle is null)
        {
            _failedBinding = null;
            board.SetState(door, ListenerState.Stopped, reason: stoppedReason);
        }
    }

    /// <summary>Opens the wanted port unless it is open, being opened, or failed a moment ago.</summary>
    public void Bind(ListenerBinding wanted, CancellationToken cancellationToken)
    {
        if (_handle is not null)
            return;
        if (wanted == _failedBinding && time.GetUtcNow() < _retryAt)
            return;
        if (wanted != _failedBinding)
        {
            _failures = 0;
            board.SetState(door, ListenerState.Starting);
        }

        _binding = wanted;
        _handle = factory.Create(door, wanted);
        var handle = _handle;
        _start = Task.Run(() => StartAsync(handle, wanted, cancellationToken), CancellationToken.None);
        _start.ContinueWith(_ => wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The end of the host: no new associations, and those that run get the limit to finish.</summary>
    public async Task StopAsync(TimeSpan drainLimit)
    {
        if (_start is not null)
            await _start;
        Release(wanted: null, "The server is stopping.", drainLimit);
        await Task.WhenAll(_draining);
    }

    /// <returns>Null when it listens.</returns>
    private async Task<BindFailure?> StartAsync(IListenerHandle handle, ListenerBinding binding, CancellationToken cancellationToken)
    {
        try
        {
            await handle.StartAsync(cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            if (exception is not SocketException)
                Log.ListenerStartFailed(logger, exception, Name);
            await DisposeAsync(handle);
            return BindFailure.From(exception, door, binding, factory.FindPortOwner);
        }
    }

    private void SettleStart()
    {
        if (_start is not { IsCompleted: true } start)
            return;
        _start = null;
        if (start.Result is { } failure)
        {
            Fail(failure);
            return;
        }

        _failedBinding = null;
        _failures = 0;
        board.SetState(door, ListenerState.Running, _handle!.EndPoint);
        Log.ListenerStarted(logger, Name, _handle.EndPoint);
    }

    private void Fail(BindFailure failure)
    {
        var delay = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failures, 10)));
        _retryAt = time.GetUtcNow() + (delay < LongestDelay ? delay : LongestDelay);
        _failedBinding = _binding;
        _binding = null;
        _handle = null;
        // Told once, not at each attempt.
        if (_failures++ == 0)
            Log.ListenerFailed(logger, Name, failure.Reason, failure.Remedy);
        board.SetState(door, ListenerState.Failed, reason: failure.Reason, remedy: failure.Remedy);
    }

    private async Task DrainAsync(IListenerHandle handle, TimeSpan limit)
    {
        var endPoint = handle.EndPoint;
        Log.ListenerStopping(logger, Name, endPoint);
        try
        {
            await handle.DrainAsync(limit);
        }
        catch (Exception exception)
        {
            Log.ListenerStopFailed(logger, exception, Name);
        }

        await DisposeAsync(handle);
        Log.ListenerStopped(logger, Name, endPoint);
    }

    private async Task DisposeAsync(IListenerHandle handle)
    {
        try
        {
            await handle.DisposeAsync();
        }
        catch (Exception exception)
        {
            Log.ListenerStopFailed(logger, exception, Name);
        }
    }
}
