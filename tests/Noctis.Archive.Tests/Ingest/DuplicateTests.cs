using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>Objects that come again, under each policy, on every database: what is kept, what is recorded, what the sender hears.</summary>
public sealed class DuplicateTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly PhantomImage First = new() { PixelBytes = 1000, StudyDescription = "first" };

    [DatabaseTheory]
    public async Task Overwrite_OtherContent_TheNewestCountsAndTheEarlierIsRecorded(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.Overwrite);
        await database.Services.StoreAsync(scope, First, "CT-1");
        long firstBytes = (await InstanceAsync(database, scope)).Bytes;

        StoredInstance second = await database.Services.StoreAsync(scope, First with { PixelBytes = 2000 }, "CT-2");

        Assert.Equal(Arrival.Replaced, second.Arrival);
        InstanceVersion version = Assert.Single(await VersionsAsync(database, scope));
        Assert.Equal((VersionOutcome.Replaced, "CT-1", firstBytes, null), (version.Outcome, version.SourceAETitle, version.Bytes, version.StoragePath));
        Assert.Equal((second.StudyId, second.InstanceId), (version.StudyId, version.InstanceId));
        await AssertOnDiskAsync(database, scope, second.Bytes);
    }

    [DatabaseTheory]
    public async Task Overwrite_TheSameContentFromAnotherSender_RecordsNothing(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.Overwrite);
        await database.Services.StoreAsync(scope, First, "CT-1");

        StoredInstance second = await database.Services.StoreAsync(scope, First, "CT-2-WITH-A-NAME");

        Assert.Empty(await VersionsAsync(database, scope));
        Instance instance = await InstanceAsync(database, scope);
        Assert.Equal((2, "CT-2-WITH-A-NAME"), (instance.TimesReceived, instance.SourceAETitle));
        await AssertOnDiskAsync(database, scope, second.Bytes);
    }

    [DatabaseTheory]
    public async Task KeepFirst_OtherContent_IsAnsweredWithSuccessAndLeftOutAndRecorded(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.KeepFirst);
        StoredInstance first = await database.Services.StoreAsync(scope, First, "CT-1");

        StoredInstance second = await database.Services.StoreAsync(scope, First with { PixelBytes = 2000, StudyDescription = "second" }, "CT-2");

        Assert.Equal((Arrival.LeftOut, first.InstanceId), (second.Arrival, second.InstanceId));
        InstanceVersion version = Assert.Single(await VersionsAsync(database, scope));
        Assert.Equal((VersionOutcome.Discarded, "CT-2", second.Bytes, null), (version.Outcome, version.SourceAETitle, version.Bytes, version.StoragePath));
        Instance instance = await InstanceAsync(database, scope);
        Assert.Equal(("CT-1", 2, first.Bytes), (instance.SourceAETitle, instance.TimesReceived, instance.Bytes));
        await using NoctisDbContext context = database.For(scope);
        // Nothing of what is not there shows.
        Assert.Equal("first", (await context.Set<Study>().SingleAsync()).StudyDescription);
        await AssertOnDiskAsync(database, scope, first.Bytes);
    }

    [DatabaseTheory]
    public async Task KeepFirst_TheSameUidInAnotherSeries_IsAnotherObject(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.KeepFirst);
        await database.Services.StoreAsync(scope, First);

        StoredInstance other = await database.Services.StoreAsync(scope, First with { SeriesInstanceUID = "1.2.3.99" });

        Assert.Equal(Arrival.New, other.Arrival);
        Assert.Equal(2, new FacilityDisk(database, scope.FacilityId).Objects().Length);
    }

    [DatabaseTheory]
    public async Task KeepBoth_OtherContents_AllAreKeptAndTheNewestCounts(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.KeepBoth);
        StoredInstance first = await database.Services.StoreAsync(scope, First, "CT-1");
        StoredInstance second = await database.Services.StoreAsync(scope, First with { PixelBytes = 2000 }, "CT-2");

        StoredInstance third = await database.Services.StoreAsync(scope, First with { PixelBytes = 3000 }, "CT-3");

        List<InstanceVersion> versions = await VersionsAsync(database, scope);
        Assert.Equal([("CT-1", first.Bytes), ("CT-2", second.Bytes)], versions.Select(version => (version.SourceAETitle, version.Bytes)));
        Assert.All(versions, version => Assert.Equal(VersionOutcome.Kept, version.Outcome));
        var disk = new FacilityDisk(database, scope.FacilityId);
        Instance instance = await InstanceAsync(database, scope);
        Assert.Equal((third.Bytes, 3), (instance.Bytes, instance.TimesReceived));
        Assert.Equal(disk.Objects(), versions.Select(version => version.StoragePath!).Append(instance.StoragePath).Order());
        Assert.All(versions, version => Assert.Equal(version.Bytes, disk.Read(version.StoragePath!).Length));
        await using NoctisDbContext context = database.For(scope);
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((third.Bytes, first.Bytes + second.Bytes, 1), (usage.Bytes, usage.VersionBytes, usage.Instances));
    }

    [DatabaseTheory]
    public async Task KeepBoth_TheSameContent_KeepsOneFile(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.KeepBoth);
        await database.Services.StoreAsync(scope, First);

        StoredInstance second = await database.Services.StoreAsync(scope, First);

        Assert.Empty(await VersionsAsync(database, scope));
        await AssertOnDiskAsync(database, scope, second.Bytes);
    }

    [DatabaseTheory]
    public async Task Refuse_AnyContent_TheSenderHearsItAndTheFirstStays(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.Refuse);
        StoredInstance first = await database.Services.StoreAsync(scope, First);

        IngestError same = (await database.Services.SendAsync(scope, First)).Refused();
        IngestError other = (await database.Services.SendAsync(scope, First with { PixelBytes = 2000 })).Refused();

        Assert.Equal((0x0111, "The object is stored already: duplicates are refused"), (same.DicomStatus, same.Message));
        Assert.Equal((0x0111, "Another object with this UID is stored: duplicates are refused"), (other.DicomStatus, other.Message));
        Assert.Equal(VersionOutcome.Refused, Assert.Single(await VersionsAsync(database, scope)).Outcome);
        await AssertOnDiskAsync(database, scope, first.Bytes);
    }

    [DatabaseTheory]
    public async Task Refuse_TheSameObjectFromManyAtOnce_OneIsStored(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.Refuse);

        Result<StoredInstance>[] results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => database.Services.SendAsync(scope, First))));

        Assert.Single(results, result => result.IsSuccess);
        Assert.All(results.Where(result => !result.IsSuccess), result => Assert.Equal(0x0111, result.Refused().DicomStatus));
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
    }

    [DatabaseTheory]
    public async Task Store_OverACopyThatIsDamaged_RepairsItUnderEveryPolicy(DatabaseProviderKind kind)
    {
        foreach (DuplicatePolicy policy in Enum.GetValues<DuplicatePolicy>())
        {
            (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, policy);
            StoredInstance first = await database.Services.StoreAsync(scope, First);
            await using (NoctisDbContext context = database.For(scope))
            {
                Instance instance = await context.Set<Instance>().SingleAsync();
                context.Add(new InstanceFault { InstanceId = instance.Id, StudyId = first.StudyId, Kind = FaultKind.Damaged, StoragePath = instance.StoragePath, FoundUtc = DateTime.UtcNow });
                await context.SaveChangesAsync();
            }

            StoredInstance second = await database.Services.StoreAsync(scope, First);

            Assert.Equal(Arrival.Replaced, second.Arrival);
            await AssertOnDiskAsync(database, scope, second.Bytes);
            await using NoctisDbContext after = database.For(scope);
            Assert.Empty(await after.Set<InstanceFault>().ToListAsync());
        }
    }

    [DatabaseTheory]
    public async Task Recover_WhenTheReplacedCopyWasNotRemoved_RemovesItWhereverItLies(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind, DuplicatePolicy.Overwrite);
        StoredInstance stored = await database.Services.StoreAsync(scope, First);
        var disk = new FacilityDisk(database, scope.FacilityId);
        string current = disk.Objects().Single(), old = "dates/2025/01/01/1.2/5." + Guid.NewGuid().ToString("N") + ".dcm";
        string full = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, old);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, "an earlier copy");
        await using (NoctisDbContext context = database.For(scope))
        {
            context.Add(new FileRemoval { Id = 5, StoragePath = old, SinceUtc = DateTime.UtcNow.AddSeconds(-1) });
            await context.SaveChangesAsync();
        }

        await database.Services.GetRequiredService<StartupRecovery>().RunAsync(default);

        Assert.Equal([current], disk.Objects());
        Assert.Equal(stored.Bytes, disk.Read(current).Length);
        await using NoctisDbContext after = database.For(scope);
        Assert.Empty(await after.Set<FileRemoval>().Where(removal => removal.Id == 5).ToListAsync());
    }

    private async Task<(TestDatabase Database, FacilityScope Scope)> OpenAsync(DatabaseProviderKind kind, DuplicatePolicy policy)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await using NoctisDbContext context = database.For(scope);
        context.Add(new StorageSettings { DuplicatePolicy = policy });
        await context.SaveChangesAsync();
        return (database, scope);
    }

    private static async Task<Instance> InstanceAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<Instance>().SingleAsync();
    }

    private static async Task<List<InstanceVersion>> VersionsAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<InstanceVersion>().OrderBy(version => version.Id).ToListAsync();
    }

    /// <summary>The one file that the one row names, whole, and no other.</summary>
    private static async Task AssertOnDiskAsync(TestDatabase database, FacilityScope scope, long bytes)
    {
        var disk = new FacilityDisk(database, scope.FacilityId);
        Instance instance = await InstanceAsync(database, scope);
        Assert.Equal([instance.StoragePath], disk.Objects());
        Assert.Empty(disk.Incoming());
        Assert.Equal(bytes, disk.Read(instance.StoragePath).Length);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal((bytes, 0L), await context.Set<FacilityUsage>().Select(usage => new ValueTuple<long, long>(usage.Bytes, usage.VersionBytes)).SingleAsync());
    }
}
