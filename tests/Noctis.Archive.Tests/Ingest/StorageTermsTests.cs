using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Journal;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>A facility's storage settings at work: layout and names on disk, the quota, the floor of the disk.</summary>
public sealed class StorageTermsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Store_UnderEachLayoutAndName_LiesThereAndIsReadBack(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        foreach (StorageLayout layout in Enum.GetValues<StorageLayout>())
        {
            FacilityScope scope = await database.AddFacilityAsync();
            var naming = (FileNaming)((int)layout % Enum.GetValues<FileNaming>().Length);
            await SetAsync(database, scope, settings => (settings.Layout, settings.FileNaming) = (layout, naming));

            StoredInstance stored = await database.Services.StoreAsync(scope, new PhantomImage { InstanceNumber = 12 });

            string path = Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
            Assert.StartsWith(layout switch
            {
                StorageLayout.Patient => "patients/",
                StorageLayout.Date => "dates/2",
                StorageLayout.Flat => "objects/",
                _ => "studies/",
            }, path, StringComparison.Ordinal);
            Result<InstanceFile> file = await database.Services.GetRequiredService<StudyQueries>().GetInstanceFileAsync(scope, stored.InstanceId, default);
            await using InstanceFile opened = file.Value;
            Assert.Equal(stored.Bytes, opened.Content.Length);
        }
    }

    [DatabaseTheory]
    public async Task Store_AfterTheLayoutChanged_LeavesOldFilesAndReplacesThemAcrossLayouts(DatabaseProviderKind kind)
    {
        var time = new Studies.ManualTime();
        TestDatabase database = await databases.OpenAsync(kind);
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        FacilityScope scope = await database.AddFacilityAsync();
        PhantomImage image = new(), other = new() { SOPInstanceUID = "1.2.3.4.5" };
        await services.StoreAsync(scope, image);
        await services.StoreAsync(scope, other);
        var disk = new FacilityDisk(database, scope.FacilityId);
        string[] before = disk.Objects();

        await SetAsync(database, scope, settings => settings.Layout = StorageLayout.Flat);
        time.Advance(TimeSpan.FromSeconds(2));
        await services.StoreAsync(scope, image);

        string[] after = disk.Objects();
        Assert.Equal(2, after.Length);
        Assert.Single(after, path => before.Contains(path));
        Assert.Single(after, path => path.StartsWith("objects/", StringComparison.Ordinal));
    }

    [DatabaseTheory]
    public async Task Store_NamedBySequence_CountsUpAndNoNumberIsGivenTwiceByTwoNodes(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => (settings.Layout, settings.FileNaming) = (StorageLayout.Flat, FileNaming.Sequence));
        await using ServiceProvider another = database.CreateServices();

        for (int i = 0; i < 5; i++)
        {
            await database.Services.StoreAsync(scope, new PhantomImage { SOPInstanceUID = $"1.2.3.{i}" });
            await another.StoreAsync(scope, new PhantomImage { SOPInstanceUID = $"1.2.4.{i}" });
        }

        string[] numbers = [.. new FacilityDisk(database, scope.FacilityId).Objects().Select(path => Path.GetFileName(path).Split('.')[0])];
        Assert.Equal(10, numbers.Distinct().Count());
        Assert.Contains("000000001", numbers);
        Assert.Contains("000000105", numbers);
    }

    [DatabaseTheory]
    public async Task Store_WhenTheQuotaIsUsedUp_IsOutOfResourcesUntilItIsRaised(DatabaseProviderKind kind)
    {
        var time = new Studies.ManualTime();
        TestDatabase database = await databases.OpenAsync(kind);
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        FacilityScope scope = await database.AddFacilityAsync(), neighbour = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => settings.QuotaBytes = 25_000);
        PhantomImage Image(int number) => new() { SOPInstanceUID = $"1.2.3.{number}", PixelBytes = 10_000 };

        (await services.SendAsync(scope, Image(1))).Stored();
        (await services.SendAsync(scope, Image(2))).Stored();
        IngestError third = (await services.SendAsync(scope, Image(3))).Refused();
        (await services.SendAsync(neighbour, Image(3))).Stored();

        Assert.Equal((0xA700, "The facility's storage quota is used up: make room first"), (third.DicomStatus, third.Message));
        Assert.Equal(2, new FacilityDisk(database, scope.FacilityId).Objects().Length);
        Assert.Empty(new FacilityDisk(database, scope.FacilityId).Incoming());
        await SetAsync(database, scope, settings => settings.QuotaBytes = 40_000);
        time.Advance(TimeSpan.FromSeconds(2));
        (await services.SendAsync(scope, Image(3))).Stored();
    }

    [DatabaseTheory]
    public async Task Store_ManyAtOnceAtTheQuota_NeverExceedsIt(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => settings.QuotaBytes = 60_000);

        Result<StoredInstance>[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => database.Services.SendAsync(scope, new PhantomImage { SOPInstanceUID = $"1.2.3.{i}", PixelBytes = 10_000 }))));

        Assert.Equal(5, results.Count(result => result.IsSuccess));
        await using NoctisDbContext context = database.For(scope);
        Assert.InRange((await context.Set<FacilityUsage>().SingleAsync()).Bytes, 50_000, 60_000);
    }

    [Theory]
    [InlineData(100_000, 5_000, CleanUp.Off, "The object is larger than the facility's whole storage quota")]
    [InlineData(100_000, 5_000, CleanUp.WhenFull, "The object is larger than the facility's whole storage quota")]
    [InlineData(750_000, 200_000, CleanUp.Off, "The object is larger than the facility's whole storage quota")]
    [InlineData(1_100_000, 500_000, CleanUp.Off, "The facility's storage quota is used up: make room first")]
    public async Task Write_PastWhatTheQuotaCanEverHold_EndsThere_AndGivesTheDiskBackBeforeTheLastByte(int quota, int used, CleanUp cleanUp, string comment)
    {
        var time = new Studies.ManualTime();
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        FacilityScope scope = await database.AddFacilityAsync();
        var disk = new FacilityDisk(database, scope.FacilityId);
        await services.StoreAsync(scope, new PhantomImage { SOPInstanceUID = "1.2.1", PixelBytes = used });
        await SetAsync(database, scope, settings => (settings.QuotaBytes, settings.CleanUp, settings.RetentionDays) = (quota, cleanUp, 0));
        time.Advance(TimeSpan.FromSeconds(2));
        DicomDataset dataset = new PhantomImage { SOPInstanceUID = "1.2.2", PixelBytes = 1_000_000 }.ToDataset();
        byte[] bytes = Sending.DatasetBytes(dataset);
        Result<IncomingInstance> begun = await services.GetRequiredService<InstanceIngest>().BeginAsync(scope, Sending.Origin(dataset), default);
        await using IncomingInstance incoming = begun.Value;

        await incoming.WriteAsync(bytes.AsMemory(0, 90_000), default);
        Assert.Single(disk.Incoming());
        await incoming.WriteAsync(bytes.AsMemory(90_000, 600_000), default);
        Assert.Empty(disk.Incoming());
        await incoming.WriteAsync(bytes.AsMemory(690_000), default);
        IngestError refused = (await incoming.CompleteAsync(default)).Refused();

        Assert.Equal((0xA700, comment), (refused.DicomStatus, refused.Message));
        Assert.Single(disk.Objects());
        (await services.SendAsync(scope, new PhantomImage { SOPInstanceUID = "1.2.3", PixelBytes = 5_000 })).Stored();
    }

    [Fact]
    public async Task Write_PastAQuotaThatWasRaisedMeanwhile_GoesOn()
    {
        var time = new Studies.ManualTime();
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        FacilityScope scope = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => settings.QuotaBytes = 100_000);
        DicomDataset dataset = new PhantomImage { PixelBytes = 200_000 }.ToDataset();
        byte[] bytes = Sending.DatasetBytes(dataset);
        Result<IncomingInstance> begun = await services.GetRequiredService<InstanceIngest>().BeginAsync(scope, Sending.Origin(dataset), default);
        await using IncomingInstance incoming = begun.Value;
        await incoming.WriteAsync(bytes.AsMemory(0, 90_000), default);

        await SetAsync(database, scope, settings => settings.QuotaBytes = 1_000_000);
        time.Advance(TimeSpan.FromSeconds(2));
        await incoming.WriteAsync(bytes.AsMemory(90_000), default);

        (await incoming.CompleteAsync(default)).Stored();
    }

    [Fact]
    public async Task Store_WhenTheDiskIsAtItsFloor_IsOutOfResourcesUntilThereIsRoom()
    {
        var time = new Studies.ManualTime();
        var space = new SettableSpace();
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        await using ServiceProvider services = database.CreateServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            services.Replace(ServiceDescriptor.Singleton<IDiskSpace>(space));
            services.Configure<StorageOptions>(options => options.MinimumFreeGB = 2);
        });
        FacilityScope scope = await database.AddFacilityAsync();

        space.FreeBytes = 2_000_000_000;
        IngestError refused = (await services.SendAsync(scope, new PhantomImage())).Refused();
        space.FreeBytes = 2_100_000_000;
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((0xA700, "The server is short of disk space: make room, then send again"), (refused.DicomStatus, refused.Message));
        Assert.Equal(JournalCode.DiskFull, refused.Code);
        (await services.SendAsync(scope, new PhantomImage())).Stored();
    }

    [Fact]
    public async Task Store_WhenCleanUpMakesRoom_IsTaken()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var maker = new RoomMaker(database, scope);
        await using ServiceProvider services = database.CreateServices(services => services.AddSingleton<IMakesRoom>(maker));
        await SetAsync(database, scope, settings => (settings.QuotaBytes, settings.CleanUp, settings.RetentionDays) = (15_000, CleanUp.WhenFull, 0));
        (await services.SendAsync(scope, new PhantomImage { SOPInstanceUID = "1.2.1", PixelBytes = 10_000 })).Stored();

        (await services.SendAsync(scope, new PhantomImage { SOPInstanceUID = "1.2.2", PixelBytes = 10_000 })).Stored();

        Assert.Equal(1, maker.Runs);
    }

    private static async Task SetAsync(TestDatabase database, FacilityScope scope, Action<StorageSettings> change)
    {
        await using NoctisDbContext context = database.For(scope);
        StorageSettings? settings = await context.Set<StorageSettings>().SingleOrDefaultAsync();
        if (settings is null) context.Add(settings = new StorageSettings());
        change(settings);
        await context.SaveChangesAsync();
    }

    private sealed class SettableSpace : IDiskSpace
    {
        public long FreeBytes { get; set; }

        public long TotalBytes => 10_000_000_000;
    }

    /// <summary>Makes room as a clean-up would: afterwards the facility has less.</summary>
    private sealed class RoomMaker(TestDatabase database, FacilityScope scope) : IMakesRoom
    {
        public int Runs { get; private set; }

        public async Task<bool> MakeRoomAsync(Guid facilityId, long bytes, CancellationToken ct)
        {
            Runs++;
            await using NoctisDbContext context = database.For(scope);
            await context.Set<FacilityUsage>().ExecuteUpdateAsync(set => set.SetProperty(usage => usage.Bytes, 0L), ct);
            return true;
        }
    }
}
