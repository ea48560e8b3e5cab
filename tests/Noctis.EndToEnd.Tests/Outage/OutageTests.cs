using Microsoft.Data.Sqlite;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.EndToEnd.Tests.Kill;
using Noctis.Testing.Databases;

namespace Noctis.EndToEnd.Tests.Outage;

/// <summary>
/// The database goes away while scanners send: they are told so in plain words, the process lives, service resumes by itself, and nothing
/// that was acknowledged is lost. What fails on disk is tried at every step in the archive's own tests.
/// </summary>
public sealed class OutageTests
{
    private const string DatabaseAway = "Database does not answer: try again later";

    [Fact]
    public async Task Store_WhilePostgreSqlIsRestarted_IsRefusedInPlainWordsAndResumes()
    {
        await using var server = await RestartablePostgreSqlServer.StartAsync();
        await RunAsync(
            settings =>
            {
                settings.Extra["Database__Provider"] = nameof(DatabaseProviderKind.PostgreSql);
                settings.Extra["ConnectionStrings__Noctis"] = server.ConnectionString;
            },
            async refused =>
            {
                await server.StopAsync();
                await refused();
                await server.StartAgainAsync();
            });
    }

    [Fact]
    public async Task Store_WhileAnotherProcessHoldsTheSqliteFile_IsRefusedInPlainWordsAndResumes()
    {
        NoctisSettings? used = null;
        await RunAsync(
            settings => used = settings,
            async refused =>
            {
                await using var other = new SqliteConnection($"Data Source={Path.Combine(used!.DataFolder, "noctis.db")};Pooling=False");
                await other.OpenAsync();
                await using var command = other.CreateCommand();
                command.CommandText = "BEGIN IMMEDIATE";
                await command.ExecuteNonQueryAsync();
                await refused();
                command.CommandText = "ROLLBACK";
                await command.ExecuteNonQueryAsync();
            });
    }

    /// <param name="configure">Sets the product up.</param>
    /// <param name="outage">Takes the database away, calls what waits until senders were refused, and brings it back.</param>
    private static async Task RunAsync(Action<NoctisSettings> configure, Func<Func<Task>, Task> outage)
    {
        using var folder = new TemporaryFolder();
        var settings = new NoctisSettings(folder.Path);
        configure(settings);
        await using var archive = new OfflineArchive(settings);
        var facility = await archive.CreateFacilityAsync("Central Hospital", DuplicatePolicy.Overwrite);
        await using var noctis = await NoctisProcess.StartAsync(settings);
        using var stop = new CancellationTokenSource();
        PatientSender[] senders = [new(facility), new(facility)];
        Task[] running = [.. senders.Select(sender => Task.Run(() => sender.RunAsync(stop.Token)))];
        try
        {
            await UntilAsync(() => senders.All(sender => sender.Acknowledged >= 10), running);
            await outage(() => UntilAsync(() => senders.All(sender => sender.Refused >= 1), running));
            int[] before = [.. senders.Select(sender => sender.Acknowledged)];
            await UntilAsync(() => senders.Zip(before).All(pair => pair.First.Acknowledged >= pair.Second + 10), running);
        }
        finally
        {
            await stop.CancelAsync();
        }

        await Task.WhenAll(running);
        Assert.False(noctis.Ended.IsCompleted, noctis.Output);
        Assert.All(senders.SelectMany(sender => sender.Refusals.Keys), refusal => Assert.Equal(((ushort)0x0110, DatabaseAway), refusal));
        await noctis.StopAsync();

        // What the outage left in doubt is settled at the latest by the next start.
        await using var next = await NoctisProcess.StartAsync(settings);
        await archive.AssertRightAsync(facility, facility.Objects.All);
        await next.StopAsync();
    }

    private static async Task UntilAsync(Func<bool> condition, Task[] running)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            if (running.FirstOrDefault(task => task.IsFaulted) is { } failed)
                await failed;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
