using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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
    public async Task Write_FloodOfImages_PushesOutNoRefusalAndNoAdministratorsRow()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        using var writer = Create(database, new JournalQueue(100_000));
        writer.Write(Entry(facility, JournalOutcome.Refused, "oldest"));
        writer.Write(new FrontDoorEntry { Id = _ids.Next(), TimeUtc = DateTime.UtcNow, RemoteAddress = "192.0.2.77", CallingAETitle = "", CalledAETitle = "", Reason = "A stray." });
        for (var i = 0; i < 1_000; i++)
            writer.Write(Entry(facility, JournalOutcome.Completed));

        await writer.StartAsync(CancellationToken.None);
        await writer.StopAsync(CancellationToken.None);

        var rows = await new JournalQueries(FactoryOf(database)).LatestAsync(facility, 5_000);
        Assert.Equal(["oldest"], rows.Where(row => row.Outcome == JournalOutcome.Refused).Select(row => row.Reason));
        Assert.InRange(rows.Count, 100, 200);
        Assert.Equal(1_001, rows.Count + writer.Dropped);
        var strays = await new FrontDoorQueries((ICrossTenantDbContextFactory)database.Services.GetService(typeof(ICrossTenantDbContextFactory))!)
            .LatestAsync(AdministratorScope.ForSystem("test"), 10);
        Assert.Contains(strays, entry => entry.RemoteAddress == "192.0.2.77");
    }

    [DatabaseTheory]
    public async Task Write_ARowThatNoDatabaseTakes_LosesThatRowAlone(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var facility = await database.AddFacilityAsync();
        using var writer = await StartAsync(database);
        var first = Entry(facility, JournalOutcome.Completed);
        writer.Write(first);
        await writer.FlushAsync();

        for (var i = 0; i < 20; i++)
            writer.Write(Entry(facility, JournalOutcome.Completed));
        // Its id is there already.
        writer.Write(first);
        for (var i = 0; i < 20; i++)
            writer.Write(Entry(facility, JournalOutcome.Refused, "A reason."));
        await writer.FlushAsync();

        Assert.Equal(41, (await new JournalQueries(FactoryOf(database)).LatestAsync(facility, 100)).Count);
        Assert.Equal(1, writer.Dropped);
        await writer.StopAsync(CancellationToken.None);
    }

    [DatabaseTheory]
    public async Task Write_EveryColumn_ReadsAsWritten(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var facility = await database.AddFacilityAsync();
        using var writer = await StartAsync(database);
        var entry = new JournalEntry
        {
            Id = _ids.Next(),
            FacilityId = facility.FacilityId,
            AssociationId = 4711,
            TimeUtc = new DateTime(2026, 11, 24, 12, 34, 56, 789, DateTimeKind.Utc),
            Kind = JournalKind.Store,
            Outcome = JournalOutcome.Failed,
            Code = JournalCode.DiskFull,
            RemoteAddress = "2001:db8::1",
            CallingAETitle = "CT1",
            CalledAETitle = "CENTRAL",
            LocalPort = 11113,
            DeviceId = 5,
            Images = 3,
            Bytes = 5_000_000_000,
            DurationMs = 17,
            SOPClassUID = "1.2.3",
            SOPInstanceUID = "1.2.3.4",
            TransferSyntaxUID = "1.2.840.10008.1.2",
            Status = 0xA700,
            Reason = "Müller's disk is full – 空き容量なし.",
            Details = "{}",
        };

        writer.Write(entry);
        await writer.FlushAsync();

        var read = Assert.Single(await new JournalQueries(FactoryOf(database)).LatestAsync(facility, 10));
        Assert.Equivalent(entry, read, strict: true);
        Assert.Equal(DateTimeKind.Utc, read.TimeUtc.Kind);
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Write_DatabaseAwayForATime_IsTriedAgain()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        var unsteady = new UnsteadyDatabase(database);
        var clock = new ManualClock();
        using var writer = new JournalWriter(StoreOf(database, unsteady), clock, NullLogger<JournalWriter>.Instance);
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

    private static JournalWriter Create(TestDatabase database, JournalQueue? queue = null) => new(
        (JournalStore)database.Services.GetService(typeof(JournalStore))!, TimeProvider.System, NullLogger<JournalWriter>.Instance, queue);

    private static JournalStore StoreOf(TestDatabase database, ICrossTenantDbContextFactory contexts) => new(
        contexts, (IOptions<DatabaseOptions>)database.Services.GetService(typeof(IOptions<DatabaseOptions>))!, NullLogger<JournalStore>.Instance);

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
