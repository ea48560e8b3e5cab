using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Traffic;

namespace Noctis.Gateway.Traffic;

/// <summary>
/// Adds what was counted to the database every few seconds, and when the host stops. While the database is away the figures wait in memory:
/// they are small, and added when it is back.
/// </summary>
public sealed class TrafficWriter : BackgroundService
{
    /// <summary>What dashboards are behind at most; a hundred busy facilities are some hundred small updates each time.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly TrafficCounter _counter;
    private readonly TrafficLedger _ledger;
    private readonly TodaysTraffic? _today;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TrafficGrowth _growth = new();
    private readonly SemaphoreSlim _turn = new(1);
    private bool _isAway;
    private long _droppedTold;

    internal TrafficWriter(TrafficCounter counter, TrafficLedger ledger, TimeProvider time, ILogger<TrafficWriter> logger, TodaysTraffic? today = null)
    {
        (_counter, _ledger, _time, _logger, _today) = (counter, ledger, time, logger, today);
    }

    /// <summary>Raised after figures were added, with the facilities whose they are. Handlers must be quick.</summary>
    public event Action<IReadOnlySet<Guid>>? Written;

    /// <summary>Adds at once what was counted before the call.</summary>
    /// <returns>False when the database did not take it; it is tried again.</returns>
    public async Task<bool> FlushAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await AddAsync(cancellationToken) && await RefreshTodayAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // The listeners have stopped before: what their last associations did is counted by now.
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // A host that is told to stop from two sides may have disposed of us already; then the other stop has added everything.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What the day has brought before this start.
        await FlushAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    private async Task<bool> AddAsync(CancellationToken cancellationToken)
    {
        _counter.TakeTo(_growth);
        if (_growth.IsEmpty)
            return true;
        try
        {
            await _ledger.AddAsync(_growth.Minutes, _growth.Days, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!_isAway)
                Log.TrafficNotWritten(_logger, exception);
            _isAway = true;
            return false;
        }

        _isAway = false;
        if (_growth.Dropped > _droppedTold)
            Log.TrafficDropped(_logger, _growth.Dropped - _droppedTold);
        _droppedTold = _growth.Dropped;
        _today?.Added(_growth.Minutes);
        var facilities = _growth.Minutes.Select(minute => minute.FacilityId).Concat(_growth.Days.Select(day => day.FacilityId)).ToHashSet();
        _growth.Clear();
        Subscribers.Tell(Written, facilities, _logger);
        return true;
    }

    private async Task<bool> RefreshTodayAsync(CancellationToken cancellationToken)
    {
        if (_today is null)
            return true;
        try
        {
            await _today.RefreshAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Figures on a page, and the next look is seconds away: what is counted is in the database.
            Log.TodayNotRead(_logger, exception);
        }

        return true;
    }
}
