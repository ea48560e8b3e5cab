using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// Keeps one listener a facility, and the shared door, running as the database has them. Every second, and at once after a
/// change in this process, it compares what is configured with what runs and starts, stops, drains or rebinds what differs.
/// The same loop serves one node or ten, and repairs by itself whatever went wrong the time before.
/// </summary>
internal sealed class ListenerSupervisor(
    IFacilityDirectorySource source,
    CurrentDirectory current,
    IListenerCertificates certificates,
    IListenerFactory factory,
    ListenerStatusBoard board,
    FacilityChanges changes,
    IOptions<GatewayOptions> options,
    IOptions<FacilityAddressOptions> addresses,
    TimeProvider time,
    ILogger<ListenerSupervisor> logger) : BackgroundService
{
    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(1);

    private readonly GatewayOptions _options = options.Value;
    private readonly IPAddress _address = IPAddress.Parse(addresses.Value.BindAddress);
    private readonly DoorTerms _sharedTerms = DoorTerms.OfSharedDoor(options.Value);
    private readonly DoorPlanner _planner = new(IPAddress.Parse(addresses.Value.BindAddress), time);
    private readonly int _sharedPort = addresses.Value.SharedPort;
    private readonly Dictionary<Door, ListenerSlot> _slots = [];
    private readonly SemaphoreSlim _wake = new(0, 1);

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start must not wait for the first look at the database.
        await Task.Yield();
        using var changed = changes.Subscribe(_ => Wake());
        await using var timer = time.CreateTimer(_ => Wake(), null, Cycle, Cycle);
        try
        {
            while (true)
            {
                await ReconcileAsync(stoppingToken);
                await _wake.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_slots.Values.Select(slot => slot.StopAsync(TimeSpan.FromSeconds(_options.DrainSeconds))));
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isFresh = await RefreshAsync(cancellationToken);
            var wanted = Wanted(current.Value);
            foreach (var (door, slot) in _slots)
                slot.Release(wanted.GetValueOrDefault(door) ?? new DoorPlan.Closed("The facility has been removed.", GatewayOptions.DrainLimit));

            foreach (var (door, plan) in wanted)
            {
                if (plan is DoorPlan.Open open)
                    Bind(door, open, cancellationToken);
                else if (!_slots.ContainsKey(door))
                    SlotOf(door).Release(plan);
            }

            foreach (var (door, slot) in _slots.Where(pair => !wanted.ContainsKey(pair.Key) && pair.Value.IsIdle).ToArray())
            {
                _slots.Remove(door);
                board.Forget(door);
            }

            board.AnnounceNumbers();
            if (isFresh)
                board.NoteReconciled();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The loop outlives its own bugs: without it no change would ever take effect again.
            Log.ReconcileFailed(logger, exception);
        }
    }

    /// <summary>False when the database could not be read: what was read last stays in force.</summary>
    private async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var answers = false;
        try
        {
            var read = await source.ReadAsync(cancellationToken);
            board.NoteDatabase(answers = true);
            await certificates.RefreshAsync(cancellationToken);
            current.Value = read;
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.DirectoryUnreadable(logger, exception);
            board.NoteDatabase(answers);
            return false;
        }
    }

    private Dictionary<Door, DoorPlan> Wanted(FacilityDirectory directory)
    {
        var wanted = new Dictionary<Door, DoorPlan>(directory.Facilities.Count + 1)
        {
            [Door.Shared] = _sharedPort == 0
                ? new DoorPlan.Closed("The shared door is off (Dicom:SharedPort is 0).", EndWithin: null)
                : new DoorPlan.Open(new ListenerBinding(_address, _sharedPort), _sharedTerms),
        };
        foreach (var facility in directory.Facilities)
            wanted[Door.Of(facility.Id)] = _planner.Plan(facility, certificates.Find(facility.Id));
        return wanted;
    }

    private void Bind(Door door, DoorPlan.Open plan, CancellationToken cancellationToken)
    {
        try
        {
            SlotOf(door).Bind(plan, cancellationToken);
        }
        catch (ArgumentException exception)
        {
            // Settings that were written past the rules, into the database itself: one facility's must not hold up the others.
            Log.ListenerStartFailed(logger, exception, current.NameOf(door));
            board.SetState(door, ListenerState.Failed, reason: $"Its settings cannot be used: {exception.Message}", remedy: "Correct the network settings.");
        }
    }

    private ListenerSlot SlotOf(Door door)
    {
        if (!_slots.TryGetValue(door, out var slot))
            _slots.Add(door, slot = new ListenerSlot(door, factory, board, current, time, Wake, logger));
        return slot;
    }

    private void Wake()
    {
        // A thousand listeners that open say so one after another: to be told that it is awake already by a fault each time costs a start dearly.
        if (_wake.CurrentCount > 0)
            return;
        try
        {
            _wake.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Already awake, or gone.
        }
    }
}
