using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Traffic;
using Noctis.Gateway.Traffic;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Traffic;

public sealed class TrafficWriterTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Flush_DatabaseAwayAndBack_LosesNothingAndAddsOnce()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        var unsteady = new UnsteadyDatabase(database) { IsAway = true };
        var counter = new TrafficCounter(_clock);
        using var writer = new TrafficWriter(counter, new TrafficLedger(unsteady), _clock, NullLogger<TrafficWriter>.Instance);
        var told = new List<Guid>();
        writer.Written += facilities => told.AddRange(facilities);

        counter.ImageStored(facility.FacilityId, 7, 100, TimeSpan.FromMilliseconds(1.5));
        Assert.False(await writer.FlushAsync());
        counter.ImageStored(facility.FacilityId, 7, 100, TimeSpan.FromMilliseconds(1.5));
        Assert.False(await writer.FlushAsync());
        unsteady.IsAway = false;
        Assert.True(await writer.FlushAsync());
        Assert.True(await writer.FlushAsync());

        var minute = Assert.Single(await MinutesAsync(database, facility), minute => minute.Images > 0);
        Assert.Equal((2, 200L, 3L), (minute.Images, minute.Bytes, minute.StoreMs));
        Assert.Equal([facility.FacilityId], told);
    }

    [Fact]
    public async Task Flush_MinutesPass_EachHasItsOwnAndTheOpenAssociation()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var facility = await database.AddFacilityAsync();
        var counter = new TrafficCounter(_clock);
        using var writer = new TrafficWriter(counter, new TrafficLedger(new UnsteadyDatabase(database)), _clock, NullLogger<TrafficWriter>.Instance);

        counter.AssociationOpened(facility.FacilityId, null);
        counter.AssociationOpened(facility.FacilityId, null);
        Assert.True(await writer.FlushAsync());
        counter.AssociationClosed(facility.FacilityId);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await writer.FlushAsync());
        _clock.Advance(TimeSpan.FromMinutes(3));
        counter.AssociationClosed(facility.FacilityId);
        counter.Refused(facility.FacilityId);
        counter.Failed(facility.FacilityId);
        Assert.True(await writer.FlushAsync());

        var minutes = (await MinutesAsync(database, facility)).Where(minute => minute.PeakAssociations + minute.Refusals > 0).ToList();
        Assert.Equal([(2, 2, 0, 0), (0, 1, 0, 0), (0, 0, 1, 1)], minutes.Select(minute =>
            ((int)minute.Associations, minute.PeakAssociations, (int)minute.Refusals, (int)minute.Errors)));
    }

    [Fact]
    public async Task Count_ManyAtOnceWhileItIsTaken_LosesNone()
    {
        const int Each = 20_000;
        var counter = new TrafficCounter(_clock);
        var (facility, growth) = (Guid.CreateVersion7(), new TrafficGrowth());
        var counting = Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                counter.ImageStored(facility, thread, 10, TimeSpan.FromTicks(3_333));
        })).ToList();

        while (!Task.WhenAll(counting).IsCompleted)
            counter.TakeTo(growth);
        await Task.WhenAll(counting);
        counter.TakeTo(growth);

        var minute = Assert.Single(growth.Minutes);
        Assert.Equal((4 * Each, 40L * Each, 4L * Each * 3_333 / 10_000), (minute.Images, minute.Bytes, minute.StoreMs));
        Assert.Equal([Each, Each, Each, Each], growth.Days.Select(day => day.Images));
    }

    [Fact]
    public void Growth_DatabaseAwayForEver_IsBounded()
    {
        var growth = new TrafficGrowth();
        var start = new DateTime(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

        for (var i = 0; i < TrafficGrowth.MostRows + 5; i++)
        {
            var cell = new TrafficCell();
            cell.AddRefusal();
            growth.Take(Guid.Empty, start.AddMinutes(i), cell);
        }

        Assert.Equal((TrafficGrowth.MostRows, 5L), (growth.Minutes.Count, growth.Dropped));
    }

    private Task<IReadOnlyList<TrafficPoint>> MinutesAsync(TestDatabase database, FacilityScope facility)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var queries = (TrafficQueries)database.Services.GetService(typeof(TrafficQueries))!;
        return queries.GetMinutesAsync(facility, now.AddMinutes(-30), now.AddMinutes(1));
    }

    private sealed class UnsteadyDatabase(TestDatabase database) : ICrossTenantDbContextFactory
    {
        public bool IsAway { get; set; }

        public NoctisDbContext CreateAcrossFacilities() =>
            IsAway ? throw new InvalidOperationException("The database is away.") : database.AcrossFacilities();
    }
}
