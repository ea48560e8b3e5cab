using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Storage;

public sealed class StorageStatisticsTests
{
    private readonly ManualTime _time = new();

    [DatabaseTheory]
    public async Task Statistics_OfADay_AreWhatTheFacilityHoldsByModality(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database);
        FacilityScope scope = await database.AddFacilityAsync(), another = await database.AddFacilityAsync();
        var ct = new PhantomImage { Modality = "CT" };
        long first = (await node.StoreAsync(scope, ct)).StudyId;
        await node.StoreAsync(scope, new PhantomImage { Modality = "CT" });
        await node.StoreAsync(scope, ct with { Modality = "SR", SeriesInstanceUID = DicomUID.Generate().Value, SOPInstanceUID = DicomUID.Generate().Value });
        await node.StoreAsync(another, new PhantomImage { Modality = "MR" });

        Assert.Equal(2, await RunAsync(node));

        Assert.Equal([("CT", 2L, 2L), ("SR", 1L, 1L)], await RowsAsync(database, scope));
        Assert.Equal([("MR", 1L, 1L)], await RowsAsync(database, another));
        await using NoctisDbContext context = database.For(scope);
        long bytes = await context.Set<FacilityUsage>().Select(usage => usage.Bytes).SingleAsync();
        Assert.Equal(bytes, await context.Set<StorageDay>().SumAsync(day => day.Bytes));

        // Later that day, one study lies in the trash and another has come: the day's rows follow, and what is gone has none.
        await context.Set<Study>().Where(study => study.Id == first).ExecuteUpdateAsync(set => set.SetProperty(study => study.TrashId, 7));
        await node.StoreAsync(scope, new PhantomImage { Modality = "US" });
        await RunAsync(node);
        Assert.Equal([("CT", 1L, 1L), ("US", 1L, 1L)], await RowsAsync(database, scope));

        // The next day has rows of its own.
        _time.Advance(TimeSpan.FromDays(1));
        await RunAsync(node);
        Assert.Equal([("CT", 1L, 1L), ("US", 1L, 1L), ("CT", 1L, 1L), ("US", 1L, 1L)], await RowsAsync(database, scope));
    }

    [DatabaseTheory]
    public async Task Statistics_WithoutStudies_AreNone(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database);
        FacilityScope scope = await database.AddFacilityAsync(), leaving = await database.AddFacilityAsync();
        await using (NoctisDbContext context = database.AcrossFacilities())
            await context.Facilities.Where(facility => facility.Id == leaving.FacilityId).ExecuteUpdateAsync(set => set.SetProperty(facility => facility.State, FacilityState.Deleting));

        Assert.Equal(1, await RunAsync(node));

        Assert.Empty(await RowsAsync(database, scope));
    }

    private static async Task<List<(string, long, long)>> RowsAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        List<StorageDay> days = await context.Set<StorageDay>().AsNoTracking().OrderBy(day => day.Day).ThenBy(day => day.Modality).ToListAsync();
        return [.. days.Select(day => (day.Modality, day.Studies, day.Instances))];
    }

    private static Task<int> RunAsync(IServiceProvider node) => node.GetRequiredService<StorageStatistics>().RunAsync(CancellationToken.None);

    private ServiceProvider Node(TestDatabase database) =>
        database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time)));
}
