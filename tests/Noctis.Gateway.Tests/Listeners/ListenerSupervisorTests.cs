using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>The reconciling itself, with listeners without sockets and a clock that is moved by hand.</summary>
public sealed class ListenerSupervisorTests : IAsyncLifetime, IDisposable, IFacilityDirectorySource, IListenerCertificates
{
    private readonly ManualClock _clock = new();
    private readonly FakeListeners _listeners = new();
    private readonly FacilityChanges _changes = new(NullLogger<FacilityChanges>.Instance);
    private readonly CurrentDirectory _current = new();
    private readonly ListenerStatusBoard _board;
    private readonly ListenerSupervisor _supervisor;
    private volatile FacilityDirectory _directory = FacilityDirectory.Empty;
    private volatile bool _databaseIsAway;

    public ListenerSupervisorTests()
    {
        _board = new ListenerStatusBoard(_clock, NullLogger<ListenerStatusBoard>.Instance);
        _supervisor = new ListenerSupervisor(
            this, _current, this, _listeners, _board, _changes, Options.Create(new GatewayOptions()),
            Options.Create(new FacilityAddressOptions { SharedPort = 0 }), _clock,
            NullLogger<ListenerSupervisor>.Instance);
    }

    public Task InitializeAsync() => _supervisor.StartAsync(CancellationToken.None);

    public Task DisposeAsync() => _supervisor.StopAsync(CancellationToken.None);

    public void Dispose() => _supervisor.Dispose();

    FacilityTls IListenerCertificates.Find(Guid facilityId) => FacilityTls.None;

    Task IListenerCertificates.RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task<FacilityDirectory> IFacilityDirectorySource.ReadAsync(CancellationToken cancellationToken) =>
        _databaseIsAway ? throw new InvalidOperationException("The database is away.") : Task.FromResult(_directory);

    [Fact]
    public async Task Reconcile_FacilityCreated_ListensAtOnce()
    {
        var facility = Facility("CENTRAL", 11113);

        Configure(facility);

        var status = await _board.UntilAsync(facility.Id, ListenerState.Running);
        Assert.Equal(11113, status.EndPoint?.Port);
    }

    [Fact]
    public async Task Reconcile_ChangedByAnotherNode_FollowsWithinOneCycle()
    {
        var facility = Facility("CENTRAL", 11113);
        _directory = new FacilityDirectory([facility]);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await _board.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Fact]
    public async Task Reconcile_PortChanged_ListensThereAndDrainsTheOldOne()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var old = _listeners.Created.Single();

        Configure(facility with { Port = 11120 });

        var status = await _board.UntilAsync(facility.Id, status => status.EndPoint?.Port == 11120);
        Assert.Equal(ListenerState.Running, status.State);
        Assert.NotNull(old.Drained);
    }

    [Fact]
    public async Task Reconcile_PortsSwapped_BothListen()
    {
        var first = Facility("FIRST", 11113);
        var second = Facility("SECOND", 11114);
        Configure(first, second);
        await _board.UntilAsync(first.Id, ListenerState.Running);
        await _board.UntilAsync(second.Id, ListenerState.Running);

        Configure(first with { Port = 11114 }, second with { Port = 11113 });

        await _board.UntilAsync(first.Id, status => status is { State: ListenerState.Running, EndPoint.Port: 11114 });
        await _board.UntilAsync(second.Id, status => status is { State: ListenerState.Running, EndPoint.Port: 11113 });
    }

    [Fact]
    public async Task Reconcile_AETitleChanged_KeepsTheListenerAndAdmitsByTheNewTitle()
    {
        var facility = await RunningAsync("CENTRAL", 11113);

        var other = Facility("OTHER", 11114);
        Configure(facility with { AETitle = "RENAMED" }, other);

        await _board.UntilAsync(other.Id, ListenerState.Running);
        Assert.Null(_listeners.Created.Single(listener => listener.Door == Door.Of(facility.Id)).Drained);
        Assert.Equal("RENAMED", _current.Value.Find(facility.Id)?.AETitle);
    }

    [Theory]
    [InlineData(FacilityState.Suspended, "suspended")]
    [InlineData(FacilityState.Archived, "archived")]
    [InlineData(FacilityState.Deleting, "deleted")]
    public async Task Reconcile_FacilityNotActive_StopsWithTheReason(FacilityState state, string reason)
    {
        var facility = await RunningAsync("CENTRAL", 11113);

        Configure(facility with { State = state });

        var status = await _board.UntilAsync(facility.Id, ListenerState.Stopped);
        Assert.Contains(reason, status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_ResumedWhileDraining_ListensThoughOldAssociationsGoOn()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var old = _listeners.Created.Single();
        old.HoldAssociations = true;
        Configure(facility with { State = FacilityState.Suspended });
        await _board.UntilAsync(facility.Id, ListenerState.Stopped);

        Configure(facility);

        await _board.UntilAsync(facility.Id, ListenerState.Running);
        old.Associations.SetResult();
    }

    [Fact]
    public async Task Reconcile_FacilityDeleted_StopsAndForgets()
    {
        var facility = await RunningAsync("CENTRAL", 11113);

        Configure();

        await _board.UntilAsync(facility.Id, ListenerState.Stopped);
        Assert.NotNull(_listeners.Created.Single().Drained);
    }

    [Fact]
    public async Task Reconcile_PortTaken_FailsWithReasonAndRemedyAndHindersNobody()
    {
        _listeners.Take(11113);
        var unlucky = Facility("UNLUCKY", 11113);
        var lucky = Facility("LUCKY", 11114);

        Configure(unlucky, lucky);

        await _board.UntilAsync(lucky.Id, ListenerState.Running);
        var status = await _board.UntilAsync(unlucky.Id, ListenerState.Failed);
        Assert.Equal("Port 11113 is taken by another program (nginx, process 4711).", status.Reason);
        Assert.Equal("Choose another port on the facility's page or stop that program.", status.Remedy);
    }

    [Fact]
    public async Task Reconcile_TakenPortFreed_ListensAfterTheBackOff()
    {
        _listeners.Take(11113);
        var facility = Facility("UNLUCKY", 11113);
        Configure(facility);
        var failed = await _board.UntilAsync(facility.Id, ListenerState.Failed);
        _listeners.Free(11113);

        _clock.Advance(TimeSpan.FromSeconds(1));

        var running = await _board.UntilAsync(facility.Id, ListenerState.Running);
        Assert.True(running.SinceUtc > failed.SinceUtc);
    }

    [Fact]
    public async Task Reconcile_PortStaysTaken_IsTriedLessOftenAndTheStatusKeepsItsTime()
    {
        _listeners.Take(11113);
        var facility = Facility("UNLUCKY", 11113);
        Configure(facility);
        var failed = await _board.UntilAsync(facility.Id, ListenerState.Failed);

        for (var second = 0; second < 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await CycleAsync();
            await Task.WhenAll(_listeners.Created.Where(listener => listener.Door == Door.Of(facility.Id)).Select(listener => listener.Disposed.Task));
            await CycleAsync();
        }

        // After 1, 2, 4 and 8 s, then each 15 s: eight attempts in a minute, not sixty.
        Assert.InRange(_listeners.Created.Count(listener => listener.Door == Door.Of(facility.Id)), 7, 8);
        Assert.Equal(failed.SinceUtc, _board.Get(facility.Id).SinceUtc);
    }

    [Fact]
    public async Task Reconcile_AnotherPortChosenAfterFailure_IsTriedAtOnce()
    {
        _listeners.Take(11113);
        var facility = Facility("UNLUCKY", 11113);
        Configure(facility);
        await _board.UntilAsync(facility.Id, ListenerState.Failed);

        Configure(facility with { Port = 11114 });

        await _board.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Fact]
    public async Task Reconcile_DatabaseAway_KeepsWhatRuns()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        _databaseIsAway = true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        _databaseIsAway = false;
        await CycleAsync();

        Assert.Equal(ListenerState.Running, _board.Get(facility.Id).State);
        Assert.Null(_listeners.Created.First().Drained);
    }

    [Fact]
    public async Task Reconcile_DatabaseAway_IsToldAtEveryDoorUntilItIsBack()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        Assert.Null(_board.DatabaseAwaySinceUtc);
        using var told = new SemaphoreSlim(0);
        _board.Changed += door =>
        {
            if (door == Door.Of(facility.Id))
                told.Release();
        };

        _databaseIsAway = true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await told.WaitAsync();
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, _board.DatabaseAwaySinceUtc);

        _databaseIsAway = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await told.WaitAsync();
        Assert.Null(_board.DatabaseAwaySinceUtc);
    }

    [Fact]
    public async Task Stop_AssociationsRunning_WaitsForTheirEnd()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var listener = _listeners.Created.Single();
        listener.HoldAssociations = true;

        var stopping = _supervisor.StopAsync(CancellationToken.None);
        await _board.UntilAsync(facility.Id, ListenerState.Stopped);
        Assert.False(stopping.IsCompleted);
        listener.Associations.SetResult();

        await stopping;
    }

    [Fact]
    public async Task Reconcile_SettingsChanged_GivesTheListenerOtherTermsAndClosesNothing()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var listener = _listeners.Created.Single();

        Configure(With(facility, new NetworkSettings { MaxAssociations = 3, MaxPduLength = 8192, NetworkTimeoutSeconds = 6, AcseTimeoutSeconds = 7, DimseTimeoutSeconds = 8, IdleTimeoutSeconds = 9 }));
        await CycleAsync();

        Assert.Null(listener.Drained);
        Assert.Equal(
            (3, 8192, 6d, 7d, 8d, 9d),
            (listener.Terms.MaxAssociations, listener.Terms.MaxPduLength, listener.Terms.NetworkTimeout.TotalSeconds, listener.Terms.AcseTimeout.TotalSeconds,
                listener.Terms.DimseTimeout.TotalSeconds, listener.Terms.IdleTimeout.TotalSeconds));
    }

    [Fact]
    public async Task Reconcile_BindAddressChanged_ListensThereAndCutsNobodyShort()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var old = _listeners.Created.Single();
        old.HoldAssociations = true;

        Configure(With(facility, new NetworkSettings { BindAddress = "127.0.0.2" }));
        await _board.UntilAsync(facility.Id, status => status is { State: ListenerState.Running, EndPoint.Address: var address } && address.ToString() == "127.0.0.2");
        _clock.Advance(TimeSpan.FromHours(2));

        Assert.False(old.Drained!.Value.IsCancellationRequested);
        old.Associations.SetResult();
    }

    [Fact]
    public async Task Reconcile_SwitchedOff_DrainsUntilTheLastAssociationHasEnded()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var listener = _listeners.Created.Single();
        listener.HoldAssociations = true;

        Configure(With(facility, new NetworkSettings { IsEnabled = false }));
        var draining = await _board.UntilAsync(facility.Id, ListenerState.Draining);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.False(listener.Drained!.Value.IsCancellationRequested);
        listener.Associations.SetResult();

        var stopped = await _board.UntilAsync(facility.Id, ListenerState.Stopped);
        Assert.Equal(("Switched off in the settings.", "Switched off in the settings."), (draining.Reason, stopped.Reason));
    }

    [Fact]
    public async Task Reconcile_SuspendedWhileItDrains_SetsTheLimitAfterAll()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var listener = _listeners.Created.Single();
        listener.HoldAssociations = true;
        Configure(Ordered(facility, ListenerOrderKind.Drain));
        await _board.UntilAsync(facility.Id, ListenerState.Draining);

        Configure(facility with { State = FacilityState.Suspended });
        await _board.UntilAsync(facility.Id, ListenerState.Stopped);
        _clock.Advance(GatewayOptions.DrainLimit);

        Assert.True(listener.Drained!.Value.IsCancellationRequested);
        listener.Associations.SetResult();
    }

    [Fact]
    public async Task Order_Stop_ClosesAtOnceAndEndsWhatRunsAfterSeconds()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        var listener = _listeners.Created.Single();
        listener.HoldAssociations = true;

        Configure(Ordered(facility, ListenerOrderKind.Stop));
        var status = await _board.UntilAsync(facility.Id, ListenerState.Stopped);
        Assert.False(listener.Drained!.Value.IsCancellationRequested);
        _clock.Advance(GatewayOptions.StopLimit);

        Assert.True(listener.Drained!.Value.IsCancellationRequested);
        Assert.Equal("Stopped by Anna.", status.Reason);
        listener.Associations.SetResult();
    }

    [Fact]
    public async Task Order_Restart_OpensThePortAnewOnceAndStartAfterItChangesNothing()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Configure(Ordered(facility, ListenerOrderKind.Restart, number: 1));
        await CycleAsync();
        await CycleAsync();
        Configure(Ordered(facility, ListenerOrderKind.Start, number: 2));
        await CycleAsync();

        await _board.UntilAsync(facility.Id, ListenerState.Running);
        var all = _listeners.Created.Where(listener => listener.Door == Door.Of(facility.Id)).ToList();
        Assert.Equal(2, all.Count);
        Assert.NotNull(all[0].Drained);
        Assert.Null(all[1].Drained);
    }

    [Fact]
    public async Task Order_StartAfterStop_Listens()
    {
        var facility = await RunningAsync("CENTRAL", 11113);
        Configure(Ordered(facility, ListenerOrderKind.Stop, number: 1));
        await _board.UntilAsync(facility.Id, ListenerState.Stopped);

        Configure(Ordered(facility, ListenerOrderKind.Start, number: 2));

        await _board.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Fact]
    public async Task Order_OlderThanTheStartOfTheNode_DoesNotCount()
    {
        var facility = Ordered(Facility("CENTRAL", 11113), ListenerOrderKind.Stop);

        Configure(facility with { Order = facility.Order! with { RequestedUtc = facility.Order.RequestedUtc.AddSeconds(-1) } });

        await _board.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Fact]
    public async Task StartsAutomatically_Off_WaitsUntilItIsStarted()
    {
        var facility = With(Facility("CENTRAL", 11113), new NetworkSettings { StartsAutomatically = false });
        Configure(facility);
        var waiting = await _board.UntilAsync(facility.Id, status => status.Reason is not null);
        Assert.Equal((ListenerState.Stopped, "It waits to be started by hand."), (waiting.State, waiting.Reason));

        Configure(Ordered(facility, ListenerOrderKind.Start));

        await _board.UntilAsync(facility.Id, ListenerState.Running);
    }

    [Fact]
    public async Task StartsAutomatically_SwitchedOffWhileItRuns_ClosesNothing()
    {
        var facility = await RunningAsync("CENTRAL", 11113);

        Configure(With(facility, new NetworkSettings { StartsAutomatically = false }));
        await CycleAsync();

        Assert.Equal(ListenerState.Running, _board.Get(facility.Id).State);
    }

    [Fact]
    public async Task Tls_WithoutACertificate_FailsAndNeverListensInTheClear()
    {
        var facility = await RunningAsync("CENTRAL", 11113);

        Configure(With(facility, new NetworkSettings { Tls = TlsMode.On }));

        var status = await _board.UntilAsync(facility.Id, ListenerState.Failed);
        Assert.Equal("TLS is on, but the facility has no certificate.", status.Reason);
        Assert.NotNull(status.Remedy);
        Assert.NotNull(_listeners.Created.Single().Drained);
    }

    private void Configure(params GatewayFacility[] facilities)
    {
        _directory = new FacilityDirectory(facilities);
        _changes.Publish(Guid.Empty);
    }

    private async Task<GatewayFacility> RunningAsync(string title, int port)
    {
        var facility = Facility(title, port);
        Configure(facility);
        await _board.UntilAsync(facility.Id, ListenerState.Running);
        return facility;
    }

    /// <summary>Lets a whole cycle pass: a facility that comes is seen to run only after everything before it was looked at.</summary>
    private async Task CycleAsync()
    {
        var probe = Facility("PROBE" + Guid.NewGuid().ToString("N")[..8], 0);
        var before = _directory;
        probe = probe with { Port = 20000 + _listeners.Created.Count };
        Configure([.. before.Facilities, probe]);
        await _board.UntilAsync(probe.Id, ListenerState.Running);
        Configure([.. before.Facilities]);
        await _board.UntilAsync(probe.Id, ListenerState.Stopped);
    }

    private static GatewayFacility With(GatewayFacility facility, NetworkSettings network) =>
        facility with { Settings = facility.Settings with { Network = network } };

    private GatewayFacility Ordered(GatewayFacility facility, ListenerOrderKind kind, int number = 1) =>
        facility with { Order = new GatewayOrder(kind, number, _clock.GetUtcNow().UtcDateTime, "Anna") };

    private static GatewayFacility Facility(string title, int port) =>
        new(Guid.NewGuid(), title, title, port, FacilityState.Active, []);
}
