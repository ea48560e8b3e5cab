using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Storage;

public sealed class StorageQueriesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task Get_FacilityWithoutImages_TakesNothing(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync("Quiet Clinic");

        FacilityStorageDetails details = (await Queries(database).GetAsync(scope, default)).Value;

        Assert.Equal(("Quiet Clinic", 0, 0, 0), (details.Totals.Name, details.Totals.TotalBytes, details.Totals.Studies, details.Totals.GrowthPerDay));
        Assert.Empty(details.History.Points);
        Assert.Empty(details.Modalities);
        Assert.Null(details.Totals.QuotaShare);
        Assert.Null(details.Totals.DaysUntilQuota);
        FacilityStorage row = Assert.Single((await Queries(database).GetAsync(Administrator, default)).Facilities, facility => facility.FacilityId == scope.FacilityId);
        Assert.Equal(details.Totals, row);
    }

    [DatabaseTheory]
    public async Task Get_OneOfTwoFacilities_SeesItselfOnly(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        long bytes = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 1000 })).Stored().Bytes;
        (await database.Services.SendAsync(other, new PhantomImage { PixelBytes = 50_000 })).Stored();
        await AddArrivalAsync(database, scope, 10, 300);
        await AddDaysAsync(database, scope, (10, "CT", 1, 200), (10, "MR", 2, 100), (1, "CT", 3, 500), (1, "MR", 0, 0), (1, "", 1, 600));
        await AddDaysAsync(database, other, (1, "CT", 70, 7000), (5, "XA", 1, 9000));
        await SetAsync(database, scope, quota: 2 * bytes, version: bytes / 2, trash: 77);

        FacilityStorageDetails details = (await Queries(database).GetAsync(scope, default)).Value;

        FacilityStorage totals = details.Totals;
        Assert.Equal((bytes, bytes / 2, 77, 1, 2 * bytes), (totals.Bytes, totals.VersionBytes, totals.TrashBytes, totals.Studies, totals.QuotaBytes));
        Assert.Equal(bytes + (bytes / 2) + 77, totals.TotalBytes);
        Assert.InRange(totals.QuotaShare!.Value, 0.74, 0.76);
        Assert.True(totals.IsNearQuota);
        Assert.Equal([new ModalityStorage("", 1, 1, 600), new ModalityStorage("CT", 3, 3, 500)], details.Modalities);
        Assert.Equal(11, details.History.Points.Count);
        Assert.Equal([300, 300, 1100, bytes], details.History.Points.Take(2).Concat(details.History.Points.TakeLast(2)).Select(point => point.Bytes));
        Assert.Equal(bytes / 11, totals.GrowthPerDay);
        Assert.Equal((int)(((2 * bytes) - bytes - (bytes / 2)) / (bytes / 11)), totals.DaysUntilQuota);
    }

    [DatabaseTheory]
    public async Task Get_AllFacilities_AddsUpAndForecastsTheDisk(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope first = await database.AddFacilityAsync("First"), second = await database.AddFacilityAsync("Second");
        long bytes = (await database.Services.SendAsync(first, new PhantomImage { PixelBytes = 40_000 })).Stored().Bytes
            + (await database.Services.SendAsync(second, new PhantomImage { PixelBytes = 40_000, Modality = "MR" })).Stored().Bytes;
        await AddArrivalAsync(database, first, 40, 1000);
        await AddDaysAsync(database, first, (40, "CT", 1, 1000), (20, "CT", 2, 2000), (3, "CT", 2, 2000));
        await AddDaysAsync(database, second, (3, "CT", 5, 300), (3, "MR", 6, 900));
        ServiceProvider services = database.CreateServices(
            configure => configure.Replace(ServiceDescriptor.Singleton<IDiskSpace>(new FixedDisk(10_000_000_000, 3_000_000_000))),
            new Dictionary<string, string?> { ["Storage:MinimumFreeGB"] = "2", ["Storage:WarnFreeGB"] = "4" });

        StorageOverview overview = await services.GetRequiredService<StorageQueries>().GetAsync(Administrator, default);

        Assert.Equal((10_000_000_000, 3_000_000_000, 2_000_000_000, 4_000_000_000), (overview.DiskBytes, overview.FreeBytes, overview.FloorBytes, overview.WarnBytes));
        Assert.Equal(bytes, overview.UsedBytes);
        Assert.Equal(41, overview.History.Points.Count);
        Assert.Equal([1000, 3200, bytes], new[] { overview.History.Points[0], overview.History.Points[^2], overview.History.Points[^1] }.Select(point => point.Bytes));
        Assert.Equal((bytes - 1000) / 30, overview.History.GrowthPerDay);
        Assert.Equal((int)(1_000_000_000 / overview.History.GrowthPerDay) is < 3650 and var days ? days : null, overview.DaysUntilFloor);
        // The newest day of each facility, however old.
        Assert.Equal([new ModalityStorage("CT", 7, 7, 2300), new ModalityStorage("MR", 6, 6, 900)], overview.Modalities);
        FacilityStorage[] rows = [.. overview.Facilities.OrderBy(facility => facility.Name)];
        Assert.Equal(["First", "Second"], rows.Select(row => row.Name));
        // By its days where they go back for a week, else by what arrived.
        Assert.Equal([(rows[0].Bytes - 2000) / 20, rows[1].Bytes], rows.Select(row => row.GrowthPerDay));
    }

    [DatabaseTheory]
    public async Task Get_FacilityWhoseImageCameAgain_GrewByWhatIsThere(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 10_000 };
        for (int i = 0; i < 3; i++) (await database.Services.SendAsync(scope, image)).Stored();

        FacilityStorage own = (await Queries(database).GetAsync(scope, default)).Value.Totals;
        FacilityStorage row = Assert.Single((await Queries(database).GetAsync(Administrator, default)).Facilities, facility => facility.FacilityId == scope.FacilityId);

        Assert.Equal(own.Bytes, row.GrowthPerDay);
        Assert.Equal(own, row);
    }

    [DatabaseTheory]
    public async Task Versions_OfAStudy_AreCountedByImageAndListedNewestFirst(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 100, SeriesNumber = 4, InstanceNumber = 9 };
        var stored = (await database.Services.SendAsync(scope, image)).Stored();
        (await database.Services.SendAsync(scope, image with { PixelBytes = 2000 })).Stored();
        (await database.Services.SendAsync(scope, image with { PixelBytes = 4000 })).Stored();
        (await database.Services.SendAsync(scope, image with { SOPInstanceUID = "1.2.3" })).Stored();
        var queries = database.Services.GetRequiredService<VersionQueries>();

        Assert.Equal(1, await queries.CountImagesAsync(scope, stored.StudyId, default));
        Assert.Equal([new VersionedImage(stored.InstanceId, 4, 9)], await queries.ListImagesAsync(scope, stored.StudyId, default));
        IReadOnlyList<InstanceVersion> versions = await queries.ListAsync(scope, stored.InstanceId, default);
        Assert.Equal(2, versions.Count);
        Assert.True(versions[0].Bytes > versions[1].Bytes);
        Assert.All(versions, version => Assert.Equal(VersionOutcome.Replaced, version.Outcome));
        Assert.Empty(await queries.ListAsync(other, stored.InstanceId, default));
        Assert.Equal(0, await queries.CountImagesAsync(other, stored.StudyId, default));
    }

    private static StorageQueries Queries(TestDatabase database) => database.Services.GetRequiredService<StorageQueries>();

    private static async Task AddDaysAsync(TestDatabase database, FacilityScope scope, params (int Ago, string Modality, long Count, long Bytes)[] days)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await using NoctisDbContext context = database.For(scope);
        context.AddRange(days.Select(day => new StorageDay
        {
            Day = today.AddDays(-day.Ago),
            Modality = day.Modality,
            Studies = day.Count,
            Instances = day.Count,
            Bytes = day.Bytes,
        }));
        await context.SaveChangesAsync();
    }

    private static async Task AddArrivalAsync(TestDatabase database, FacilityScope scope, int ago, long bytes)
    {
        await using NoctisDbContext context = database.For(scope);
        context.Add(new ArrivalHour { HourUtc = DateTime.UtcNow.Date.AddDays(-ago).AddHours(9), Studies = 1, Images = 1, Bytes = bytes });
        await context.SaveChangesAsync();
    }

    private static async Task SetAsync(TestDatabase database, FacilityScope scope, long quota, long version, long trash)
    {
        await using NoctisDbContext context = database.For(scope);
        context.Add(new StorageSettings { QuotaBytes = quota, WarnPercent = 70 });
        await context.SaveChangesAsync();
        await context.Set<FacilityUsage>().ExecuteUpdateAsync(set => set
            .SetProperty(usage => usage.VersionBytes, version).SetProperty(usage => usage.TrashBytes, trash).SetProperty(usage => usage.TrashStudies, 1));
    }

    private sealed class FixedDisk(long total, long free) : IDiskSpace
    {
        public long FreeBytes => free;

        public long TotalBytes => total;
    }
}
