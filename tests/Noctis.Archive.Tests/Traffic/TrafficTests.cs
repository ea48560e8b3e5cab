using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Traffic;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Traffic;

public sealed class TrafficTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");
    private static readonly DateTime Noon = new(2026, 3, 4, 12, 0, 0, DateTimeKind.Utc);

    [DatabaseTheory]
    public async Task Add_MinutesOfTwoNodes_AreAddedUpAndPeaksAreTheHighest(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), another = await database.AddFacilityAsync();
        var (ledger, queries) = (database.Services.GetRequiredService<TrafficLedger>(), database.Services.GetRequiredService<TrafficQueries>());

        await ledger.AddAsync([Minute(scope, 1, images: 10, peak: 3), Minute(scope, 2, images: 1, peak: 1), Minute(another, 1, images: 5, peak: 2)], []);
        await ledger.AddAsync([Minute(scope, 1, images: 7, peak: 2)], []);

        Assert.Equal(
            [(0, 0L, 0), (1, 17L, 3), (2, 1L, 1), (3, 0L, 0)],
            (await queries.GetMinutesAsync(scope, Noon, Noon.AddMinutes(4))).Select(point => ((point.StartUtc - Noon).Minutes, point.Images, point.PeakAssociations)));
        var hour = Assert.Single(await queries.GetHoursAsync(scope, Noon.AddMinutes(20), Noon.AddMinutes(30)));
        Assert.Equal(new TrafficPoint(Noon, 3, 6, 18, 1800, 180, 3, 9), hour);
        Assert.Equal(10, hour.MsPerImage);
        Assert.Equal(hour, await queries.GetTotalAsync(scope, Noon.AddMinutes(30)));
        Assert.Equal(new TrafficPoint(Noon, 4, 8, 23, 2300, 230, 5, 12), Assert.Single(await queries.GetHoursAsync(Administrator, Noon, Noon.AddHours(1))));
        Assert.Equal([0L, 22, 1], (await queries.GetMinutesAsync(Administrator, Noon, Noon.AddMinutes(3))).Select(point => point.Images));
        Assert.Equal(
            [(scope.FacilityId, 18L), (another.FacilityId, 5L)],
            (await queries.GetTotalsByFacilityAsync(Administrator, Noon)).OrderByDescending(facility => facility.Total.Images).Select(facility => (facility.FacilityId, facility.Total.Images)));
        Assert.Equal(
            [(scope.FacilityId, 1L)],
            (await queries.GetMinuteTotalsByFacilityAsync(Administrator, Noon.AddMinutes(2).AddSeconds(30))).Select(facility => (facility.FacilityId, facility.Total.Images)));
        Assert.Null((await queries.GetTotalAsync(scope, Noon.AddHours(1))).MsPerImage);
    }

    [DatabaseTheory]
    public async Task Add_TheSameNewRowFromManySides_LosesNothing(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var (ledger, queries) = (database.Services.GetRequiredService<TrafficLedger>(), database.Services.GetRequiredService<TrafficQueries>());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => ledger.AddAsync([Minute(scope, 1, images: 10, peak: 1)], [Day(scope, device: 7, Noon, images: 3)]))));

        Assert.Equal(40, (await queries.GetTotalAsync(scope, Noon)).Images);
        Assert.Equal(12, Assert.Single(await queries.GetDeviceDaysAsync(scope, DateOnly.FromDateTime(Noon))).Images);
    }

    [DatabaseTheory]
    public async Task Add_FacilityGoneOrGoing_LosesNothingOfOthers(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), leaving = await database.AddFacilityAsync();
        await using (NoctisDbContext context = database.AcrossFacilities())
            await context.Facilities.Where(facility => facility.Id == leaving.FacilityId).ExecuteUpdateAsync(set => set.SetProperty(facility => facility.State, FacilityState.Deleting));
        FacilityScope gone = FacilityScope.ForJob(Guid.NewGuid(), "test");
        var queries = database.Services.GetRequiredService<TrafficQueries>();

        await database.Services.GetRequiredService<TrafficLedger>().AddAsync(
            [Minute(gone, 1, 1, 1), Minute(leaving, 1, 1, 1), Minute(scope, 1, 1, 1)], [Day(gone, 1, Noon, 1), Day(scope, 2, Noon, 1)]);

        Assert.Equal(1, (await queries.GetTotalAsync(scope, Noon)).Images);
        Assert.Equal(0, (await queries.GetTotalAsync(leaving, Noon)).Images);
        Assert.Equal(2, Assert.Single(await queries.GetDeviceDaysAsync(scope, DateOnly.FromDateTime(Noon))).DeviceId);
    }

    [DatabaseTheory]
    public async Task DeviceDays_OfAFacility_AreNobodyElses(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), another = await database.AddFacilityAsync();
        var queries = database.Services.GetRequiredService<TrafficQueries>();
        await database.Services.GetRequiredService<TrafficLedger>().AddAsync(
            [], [Day(scope, 1, Noon.AddDays(-1), 2), Day(scope, 1, Noon, 3), Day(another, 2, Noon, 4)]);

        var today = DateOnly.FromDateTime(Noon);
        Assert.Equal([2, 3], (await queries.GetDeviceDaysAsync(scope, today.AddDays(-1))).Select(day => day.Images));
        Assert.Equal([3], (await queries.GetDeviceDaysAsync(scope, today)).Select(day => day.Images));
        Assert.Equal([3, 4], (await queries.GetDeviceDaysAsync(Administrator, today)).Select(day => day.Images));
    }

    [DatabaseTheory]
    public async Task Pruning_OldFigures_RemovesEachKindAfterItsTime(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        DateTime now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime[] times = [now.AddDays(-401), now.AddDays(-399), now.AddDays(-2).AddMinutes(-1), now.AddDays(-2).AddMinutes(1)];
        await database.Services.GetRequiredService<TrafficLedger>().AddAsync(
            [.. times.Select(time => new TrafficMinute { FacilityId = scope.FacilityId, StartUtc = time, Images = 1 })], [.. times.Select(time => Day(scope, 1, time, 1))]);
        using ServiceProvider node = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FixedDate(now))));

        // Of the four: three minutes, one hour, one day.
        Assert.Equal(5, await node.GetRequiredService<TrafficPruning>().RunAsync());
        await using NoctisDbContext after = database.AcrossFacilities();
        Assert.Equal([times[3]], await after.Set<TrafficMinute>().Select(row => row.StartUtc).ToListAsync());
        Assert.Equal(3, await after.Set<TrafficHour>().CountAsync());
        Assert.Equal(3, await after.Set<DeviceDay>().CountAsync());
    }

    private static TrafficMinute Minute(FacilityScope scope, int minute, int images, int peak) => new()
    {
        FacilityId = scope.FacilityId,
        StartUtc = Noon.AddMinutes(minute),
        Associations = 1,
        Refusals = 2,
        Images = images,
        Bytes = images * 100,
        StoreMs = images * 10,
        PeakAssociations = peak,
        Errors = 3,
    };

    private static DeviceDay Day(FacilityScope scope, long device, DateTime time, int images) => new()
    {
        FacilityId = scope.FacilityId,
        DeviceId = device,
        Day = DateOnly.FromDateTime(time),
        Associations = 1,
        Images = images,
        Bytes = images * 100,
    };

    /// <summary>The date stands still; pauses last as long as they are.</summary>
    private sealed class FixedDate(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
