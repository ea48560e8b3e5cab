using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Journal;

public sealed class JournalWriterTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private readonly IdGenerator _ids = new(TimeProvider.System);

    [DatabaseTheory]
    public async Task Write_RowsOfTwoFacilities_AreReadByEachItsOwn(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (first, second) = (await database.AddFacilityAsync(), await database.AddFacilityAsync());
        using var writer = await StartAsync(database);
        var queries = new JournalQueries(FactoryOf(database));
        var midnight = DateTime.UtcNow.Date;

        writer.Write(Entry(first, JournalOutcome.Completed));
        writer.Write(Entry(first, JournalOutcome.Refused, "first"));
        writer.Write(Entry(first, JournalOutcome.Failed, "second"));
        writer.Write(Entry(second, JournalOutcome.Refused, "other"));
        await writer.FlushAsync();

        Assert.Equal(3, (await queries.LatestAsync(first, 10)).Count);
        Assert.Equal(["second", "first"], (await queries.LatestRefusalsAsync(first, 10)).Select(entry => entry.Reason));
        Assert.Equal(["second"], (await queries.LatestRefusalsAsync(first, 1)).Select(entry => entry.Reason));
        Assert.Equal(1, await queries.CountRefusalsAsync(first, midnight));
        Assert.Equal(0, await queries.CountRefusalsAsync(first, DateTime.UtcNow.AddDays(1)));
        Assert.Equal("other", Assert.Single(await queries.LatestAsync(second, 10)).Reason);
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stop_RowsQueued_AreWrittenFirst()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        using var writer = await StartAsync(database);
        for (var i = 0; i < 2_500; i++)
            writer.Write(Entry(facility, JournalOutcome.Completed));

        await writer.StopAsync(CancellationToken.None);

        Assert.Equal(2_500, (await new JournalQueries(FactoryOf(database)).LatestAsync(facility, 5_000)).Count);
        Assert.Equal(0, writer.Dropped);
    }

    [Fact]
    public async Task Write_FacilityIsGone_LosesNoOtherRow()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        using var writer = await StartAsync(database);

        writer.Write(Entry(FacilityScope.ForJob(Guid.NewGuid(), "test"), JournalOutcome.Completed));
        writer.Write(Entry(facility, JournalOutcome.Completed));
        await writer.FlushAsync();

        Assert.Single(await new JournalQueries(FactoryOf(database)).LatestAsync(facility, 10));
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Write_MoreThanTheQueueHolds_DropsTheOldestAndCounts()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        using var writer = Create(database);
        writer.Write(Entry(facility, JournalOutcome.Refused, "oldest"));
        for (var i = 0; i < JournalWriter.Capacity; i++)
            writer.Write(Entry(facility, JournalOutcome.Completed));

        await writer.StartAsync(CancellationToken.None);
        await writer.StopAsync(CancellationToken.None);

        Assert.Equal(1, writer.Dropped);
        Assert.Empty(await new JournalQueries(FactoryOf(database)).LatestRefusalsAsync(facility, 10));
    }

    [Fact]
    public async Task Write_DatabaseAwayForATime_IsTriedAgain()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        var unsteady = new UnsteadyDatabase(database);
        var clock = new ManualClock();
        using var writer = new JournalWriter(new JournalBatch(unsteady), clock, NullLogger<JournalWriter>.Instance);
        await writer.StartAsync(CancellationToken.None);
        writer.Write(Entry(facility, JournalOutcome.Completed));
        var flushed = writer.FlushAsync();
        await unsteady.Asked.Task;

        unsteady.IsAway = false;
        while (!flushed.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await flushed;
        Assert.Single(await new JournalQueries(FactoryOf(database)).LatestAsync(facility, 10));
        await writer.StopAsync(CancellationToken.None);
    }

    private static async Task<JournalWriter> StartAsync(TestDatabase database)
    {
        var writer = Create(database);
        await writer.StartAsync(CancellationToken.None);
        return writer;
    }

    private static JournalWriter Create(TestDatabase database) => new(
        new JournalBatch((ICrossTenantDbContextFactory)database.Services.GetService(typeof(ICrossTenantDbContextFactory))!),
        TimeProvider.System,
        NullLogger<JournalWriter>.Instance);

    private static INoctisDbContextFactory FactoryOf(TestDatabase database) =>
        (INoctisDbContextFactory)database.Services.GetService(typeof(INoctisDbContextFactory))!;

    private JournalEntry Entry(FacilityScope scope, JournalOutcome outcome, string? reason = null) => new()
    {
        Id = _ids.Next(),
        FacilityId = scope.FacilityId,
        TimeUtc = DateTime.UtcNow,
        Kind = JournalKind.Association,
        Outcome = outcome,
        RemoteAddress = "127.0.0.1",
        CallingAETitle = "CT1",
        CalledAETitle = "CENTRAL",
        Reason = reason,
    };

    private sealed class UnsteadyDatabase(TestDatabase database) : ICrossTenantDbContextFactory
    {
        public volatile bool IsAway = true;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public NoctisDbContext CreateAcrossFacilities()
        {
            Asked.TrySetResult();
            return IsAway ? throw new InvalidOperationException("The database is away.") : database.AcrossFacilities();
        }
    }
}
