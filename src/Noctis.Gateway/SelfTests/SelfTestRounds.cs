using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.SelfTests;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.SelfTests;

/// <summary>Tests this node's listeners round after round, spread over the interval, so that a thousand are no rush hour.</summary>
internal sealed class SelfTestRounds(SelfTester tester, IListenerStatusSource listeners, IOptions<SelfTestOptions> options, TimeProvider time, ILogger<SelfTestRounds> logger)
    : BackgroundService
{
    /// <summary>Tested and written together.</summary>
    private const int Together = 16;

    private const int AtOnce = 4;

    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Minutes == 0)
            return;
        var interval = TimeSpan.FromMinutes(options.Value.Minutes);
        await Task.Delay(AfterStart, time, stoppingToken);
        while (true)
        {
            var groups = listeners.HasSettled ? tester.Facilities.Chunk(Together).ToList() : [];
            if (groups.Count > 0)
                await tester.TestSharedDoorAsync(stoppingToken);
            foreach (var group in groups)
            {
                await TestAsync(group, stoppingToken);
                await Task.Delay(interval / groups.Count, time, stoppingToken);
            }

            if (groups.Count == 0)
                await Task.Delay(AfterStart < interval ? AfterStart : interval, time, stoppingToken);
        }
    }

    private async Task TestAsync(Guid[] facilities, CancellationToken cancellationToken)
    {
        try
        {
            await tester.TestAsync(facilities, SelfTestKind.Echo, AtOnce, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database is away, most likely. The next round comes.
            Log.SelfTestsNotKept(logger, exception);
        }
    }
}
