using System.Globalization;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Databases;
using Xunit.Abstractions;

namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>
/// The promise of a Success status, put to the test: the product is killed (SIGKILL) at random instants while scanners send, and now and
/// then while it starts; it is started again on the same data, and everything that was acknowledged is looked for. tests/kill.sh runs it
/// for longer, and on PostgreSQL.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int SendersPerFacility = 2;

    /// <summary>One start of so many is killed before it is ready.</summary>
    private const int KilledStart = 4;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("NOCTIS_KILLS") ?? "20", CultureInfo.InvariantCulture);

    private static readonly DatabaseProviderKind Database =
        Enum.Parse<DatabaseProviderKind>(Environment.GetEnvironmentVariable("NOCTIS_KILL_DATABASE") ?? nameof(DatabaseProviderKind.Sqlite), ignoreCase: true);

    [Fact]
    public async Task Kill_UnderLoad_LosesNothingAcknowledgedAndShowsNothingHalfWritten()
    {
        using var folder = new TemporaryFolder();
        var settings = new NoctisSettings(folder.Path);
        await using var server = Database == DatabaseProviderKind.Sqlite ? null : await TestDatabase.CreateAsync(Database);
        if (server is not null)
        {
            settings.Extra["Database__Provider"] = server.Kind.ToString();
            settings.Extra["ConnectionStrings__Noctis"] = server.ConnectionString;
        }

        await using var archive = new OfflineArchive(settings);
        KillFacility[] facilities =
        [
            await archive.CreateFacilityAsync("Central Hospital", DuplicatePolicy.Overwrite),
            await archive.CreateFacilityAsync("North Clinic", DuplicatePolicy.KeepBoth),
            await archive.CreateFacilityAsync("Harbour Imaging", DuplicatePolicy.KeepFirst),
        ];

        var killedStarts = 0;
        for (var round = 0; round < Kills; round++)
        {
            if (round % KilledStart == KilledStart - 1)
            {
                await KillWhileStartingAsync(settings);
                killedStarts++;
            }

            await using var noctis = await NoctisProcess.StartAsync(settings);
            foreach (var facility in facilities)
                await archive.AssertRightAsync(facility, facility.Objects.TakeTouched());
            await KillWhileSendingAsync(noctis, facilities);
        }

        await using var last = await NoctisProcess.StartAsync(settings);
        foreach (var facility in facilities)
            await archive.AssertRightAsync(facility, facility.Objects.All);
        await last.StopAsync();

        var objects = facilities.SelectMany(facility => facility.Objects.All).Where(sent => sent.MustExist).ToList();
        var acknowledgements = objects.Sum(sent => sent.Acknowledgements);
        output.WriteLine($"{Kills} kills under load and {killedStarts} while starting, on {Database}: {acknowledgements} acknowledgements of {objects.Count} objects, "
            + $"of which {objects.Count(sent => sent.Acknowledgements > 1)} were sent again with other content; {facilities.Sum(facility => facility.Objects.Refused)} more were refused. All are there, whole and indexed, and nothing else is.");
        // Otherwise the kills came before the work, and nothing was shown.
        Assert.True(acknowledgements > Kills * facilities.Length, $"Only {acknowledgements} objects were acknowledged in {Kills} rounds.");
    }

    private static async Task KillWhileStartingAsync(NoctisSettings settings)
    {
        await using var noctis = NoctisProcess.Launch(settings);
        // A start takes a second or two.
        using var instant = new CancellationTokenSource(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 2500)));
        await Task.WhenAny(noctis.Ended, Task.Delay(Timeout.Infinite, instant.Token));
        Assert.False(noctis.Ended.IsCompleted, noctis.Output);
        await noctis.KillAsync();
    }

    private static async Task KillWhileSendingAsync(NoctisProcess noctis, IReadOnlyList<KillFacility> facilities)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var senders = facilities
            .SelectMany(facility => Enumerable.Range(0, SendersPerFacility).Select(_ => new Sender(facility, begun)))
            .Select(sender => Task.Run(sender.SendUntilTheConnectionBreaksAsync))
            .ToList();

        // From the first acknowledgement on, any instant of the next two thirds of a second is as likely as another.
        await Task.WhenAny([begun.Task, .. senders]).WaitAsync(TimeSpan.FromMinutes(1));
        using (var instant = new CancellationTokenSource(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 700))))
            await Task.WhenAny(Task.WhenAny(senders), Task.Delay(Timeout.Infinite, instant.Token));

        var early = senders.Find(sender => sender.IsCompleted);
        await noctis.KillAsync();
        await Task.WhenAll(senders);
        Assert.True(early is null, $"A sender's association ended before the kill:\n{noctis.Output}");
    }
}
