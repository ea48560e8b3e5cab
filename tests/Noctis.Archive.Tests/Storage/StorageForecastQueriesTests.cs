using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Storage;

public sealed class StorageForecastQueriesTests
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task Get_FacilitiesThatGrow_SaysWhenTheirRoomIsUsedUp(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope growing = await database.AddFacilityAsync(), young = await database.AddFacilityAsync(), unlimited = await database.AddFacilityAsync();
        // 20 days ago it held 1000 bytes in two modalities, now 5000: 200 a day; 1000 are left of the quota.
        await AddAsync(database, growing, bytesNow: 4900, versions: 100, quota: 6000, (40, "CT", 1), (20, "CT", 500), (20, "MR", 400), (3, "CT", 4000));
        await AddAsync(database, young, bytesNow: 5000, versions: 0, quota: 6000, (6, "CT", 1000));
        await AddAsync(database, unlimited, bytesNow: 3000, versions: 0, quota: null, (10, "CT", 1000));
        await using var services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<IDiskSpace>(new FixedDisk(2_000_004_000))), new Dictionary<string, string?> { ["Storage:MinimumFreeGB"] = "2" });
        var queries = services.GetRequiredService<StorageForecastQueries>();

        var all = await queries.GetAsync(Administrator, default);

        Assert.Equal(new QuotaForecast(growing.FacilityId, 200, 5), Assert.Single(all.Quotas));
        Assert.Equal(new DiskForecast(400, 10), all.Disk);
        Assert.Equal(new QuotaForecast(growing.FacilityId, 200, 5), await queries.GetAsync(growing, default));
        Assert.Null(await queries.GetAsync(young, default));
        Assert.Null(await queries.GetAsync(unlimited, default));
    }

    private static async Task AddAsync(TestDatabase database, FacilityScope scope, long bytesNow, long versions, long? quota, params (int DaysAgo, string Modality, long Bytes)[] days)
    {
        await using NoctisDbContext context = database.For(scope);
        context.Add(new FacilityUsage { FacilityId = scope.FacilityId, Bytes = bytesNow, VersionBytes = versions });
        context.Add(new StorageSettings { FacilityId = scope.FacilityId, QuotaBytes = quota });
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        context.AddRange(days.Select(day => new StorageDay { FacilityId = scope.FacilityId, Day = today.AddDays(-day.DaysAgo), Modality = day.Modality, Bytes = day.Bytes }));
        await context.SaveChangesAsync();
    }

    private sealed record FixedDisk(long FreeBytes) : IDiskSpace
    {
        public long TotalBytes => FreeBytes * 2;
    }
}
