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

    private readonly List<Drain> _draining = [];
    private ListenerBinding? _binding;
    private DoorTerms? _terms;
    private int _restart;
    private IListenerHandle? _handle;
    private Task<BindFailure?>? _start;
    private ListenerBinding? _failedBinding;
    private int _failures;
    private DateTimeOffset _retryAt;

    private string Name => current.NameOf(door);

    /// <summary>Nothing runs, starts or drains: the slot can be dropped.</summary>
    public bool IsIdle => _handle is null && _draining.Count == 0;

    /// <summary>Takes in what finished meanwhile, and lets go of a port that is no longer wanted.</summary>
    public void Release(DoorPlan plan)
    {
        _draining.RemoveAll(drain => drain.Ended.IsCompleted);
        SettleStart();
        var open = plan as DoorPlan.Open;
        if (_handle is not null && _start is null && (open is null || _binding != open.Binding || open.Restart > _restart))
        {
            // Whoever only sets something, or moves the listener, cuts nobody short; a restart by hand may be meant to.
            _draining.Add(Begin(_handle, _binding == open?.Binding ? GatewayOptions.DrainLimit : Timeout.InfiniteTimeSpan));
            _handle = null;
            _binding = null;
        }

        if (plan is DoorPlan.Closed { EndWithin: { } limit })
            _draining.ForEach(drain => drain.EndWithin(limit));
        if (open is not null || _handle is not null)
            return;

        _failedBinding = null;
        switch (plan)
        {
            case DoorPlan.Unable unable:
                board.SetState(door, ListenerState.Failed, reason: unable.Reason, remedy: unable.Remedy);
                break;
            case DoorPlan.Closed closed when closed.EndWithin is null && _draining.Count > 0:
                board.SetState(door, ListenerState.Draining, reason: closed.Reason);
                break;
            case DoorPlan.Closed closed:
                board.SetState(door, ListenerState.Stopped, reason: closed.Reason);
                break;
        }
    }

    /// <summary>Opens the wanted port unless it is open, being opened, or failed a moment ago; gives one that is open its terms.</summary>
    public void Bind(DoorPlan.Open plan, CancellationToken cancellationToken)
    {
        if (_handle is not null)
        {
            if (_start is null)
                Apply(plan, _handle);
            return;
        }

        var wanted = plan.Binding;
        if (wanted == _failedBinding && time.GetUtcNow() < _retryAt)
            return;
        if (wanted != _failedBinding)
        {
            _failures = 0;
            board.SetState(door, ListenerState.Starting);
        }

        _binding = wanted;
        _terms = plan.Terms;
        _restart = plan.Restart;
        _handle = factory.Create(door, wanted, plan.Terms);
        var handle = _handle;
        _start = Task.Run(() => StartAsync(handle, wanted, cancellationToken), CancellationToken.None);
        _start.ContinueWith(_ => wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The end of the host: no new associations, and those that run get the limit to finish.</summary>
    public async Task StopAsync(TimeSpan drainLimit)
    {
        if (_start is not null)
            await _start;
        Release(new DoorPlan.Closed("The server is stopping.", drainLimit));
        await Task.WhenAll(_draining.Select(drain => drain.Ended));
    }

    private void Apply(DoorPlan.Open plan, IListenerHandle handle)
    {
        if (_terms != plan.Terms)
        {
            handle.Reconfigure(plan.Terms);
            _terms = plan.Terms;
            Log.ListenerReconfigured(logger, Name, handle.EndPoint);
        }

        board.SetState(door, ListenerState.Running, handle.EndPoint, plan.Concern, plan.Remedy, plan.IsFailing);
    }

    private Drain Begin(IListenerHandle handle, TimeSpan limit)
    {
        var end = new CancellationTokenSource(limit, time);
        var ended = DrainAsync(handle, end.Token);
        ended.ContinueWith(_ => wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new Drain(ended, end);
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

    private async Task DrainAsync(IListenerHandle handle, CancellationToken limit)
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

    /// <summary>A listener that takes nobody any more, until its associations have ended or are ended.</summary>
    private sealed record Drain(Task Ended, CancellationTokenSource Limit)
    {
        private bool _isLimited;

        /// <summary>Sets a limit, once: the loop comes by each second, and must not put it off.</summary>
        public void EndWithin(TimeSpan limit)
        {
            if (_isLimited)
                return;
            _isLimited = true;
            Limit.CancelAfter(limit);
        }
    }
}
