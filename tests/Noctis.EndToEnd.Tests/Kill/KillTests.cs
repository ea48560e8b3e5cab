using System.Collections.Concurrent;
using Noctis.Archive.Facilities;
using Noctis.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>
/// The promise of a Success status, put to the test: the product is killed (SIGKILL) at random instants while scanners send,
/// started again on the same data, and everything that was acknowledged is counted.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int SendersPerFacility = 3;

    [Fact]
    public async Task Kill_UnderLoad_LosesNothingAcknowledgedAndShowsNothingHalfWritten()
    {
        using var folder = new TemporaryFolder();
        var settings = new NoctisSettings(folder.Path);
        await using var archive = new OfflineArchive(settings);
        var facilities = await archive.CreateFacilitiesAsync("Central Hospital", "North Clinic");
        var acknowledged = new ConcurrentQueue<SentObject>();

        for (var round = 0; round < Kills; round++)
        {
            await using var noctis = await NoctisProcess.StartAsync(settings);
            await archive.AssertCleanAfterStartAsync();
            await KillWhileSendingAsync(noctis, facilities, acknowledged);
        }

        await using var last = await NoctisProcess.StartAsync(settings);
        await archive.AssertCleanAfterStartAsync();
        await archive.AssertAllPresentAsync(acknowledged);
        await last.StopAsync();
        output.WriteLine($"{acknowledged.Count} objects were acknowledged before {Kills} kills; all are there.");
        // Otherwise the kills came before the work, and nothing was shown.
        Assert.True(acknowledged.Count > Kills * facilities.Count, $"Only {acknowledged.Count} objects were acknowledged in {Kills} rounds.");
    }

    private static async Task KillWhileSendingAsync(
        NoctisProcess noctis, IReadOnlyList<Facility> facilities, ConcurrentQueue<SentObject> acknowledged)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var senders = facilities
            .SelectMany(facility => Enumerable.Range(0, SendersPerFacility).Select(_ => new Sender(facility, acknowledged, begun)))
            .Select(sender => Task.Run(sender.SendUntilTheConnectionBreaksAsync))
            .ToList();

        // From the first acknowledgement on, any instant of the next two thirds of a second is as likely as another.
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
        using (var instant = new CancellationTokenSource(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 700))))
            await Task.WhenAny(Task.WhenAll(senders), Task.Delay(Timeout.Infinite, instant.Token));

        Assert.DoesNotContain(senders, sender => sender.IsCompleted);
        await noctis.KillAsync();
        await Task.WhenAll(senders);
    }
}
