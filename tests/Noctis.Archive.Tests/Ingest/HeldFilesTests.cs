using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Storage;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>Small objects, whose bytes the index holds until their files are on disk.</summary>
public sealed class HeldFilesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly PhantomImage Small = new() { PixelBytes = 5_000 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_SmallObject_IsHeldUntilItsFileIsFlushed(bool hasFileSystemFlush)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var steps = new List<string>();
        await using ServiceProvider services = WithDisk(database, new FaultyFileSystem((step, _) => steps.Add(step)) { HasFileSystemFlush = hasFileSystemFlush });

        (await services.SendAsync(scope, Small)).Stored();

        var disk = new FacilityDisk(database, scope.FacilityId);
        HeldContent held = Assert.Single(await HeldAsync(database, scope));
        Assert.Equal([held.StoragePath], disk.Objects());
        Assert.Equal(held.Content, disk.Read(held.StoragePath));
        Assert.DoesNotContain(steps, step => step.Contains("Flush", StringComparison.Ordinal) || step == nameof(IFileSystem.Link));

        await RunAsync(services);
        Assert.Contains(hasFileSystemFlush ? nameof(IFileSystem.TryFlushFileSystem) : nameof(IFileSystem.FlushFile), steps);
        Assert.Single(await HeldAsync(database, scope));
        await RunAsync(services);
        Assert.Empty(await HeldAsync(database, scope));
        Assert.Equal([held.StoragePath], disk.Objects());
    }

    [Fact]
    public async Task Store_AfterAFlush_TakesTheRowsOfThatAlong()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using ServiceProvider services = database.CreateServices();
        (await services.SendAsync(scope, Small)).Stored();
        await RunAsync(services);

        (await services.SendAsync(scope, Small with { SOPInstanceUID = "1.2.3" })).Stored();

        Assert.Contains("1.2.3", Assert.Single(await HeldAsync(database, scope)).StoragePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseProviderKind.Sqlite, 100_000, "32")]
    [InlineData(DatabaseProviderKind.Sqlite, 5_000, "0")]
    public async Task Store_ObjectThatIsNotHeld_IsFlushedByItself(DatabaseProviderKind kind, int bytes, string limit)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await using ServiceProvider services = database.CreateServices(settings: new Dictionary<string, string?> { ["Storage:HoldUpToKB"] = limit });

        (await services.SendAsync(scope, Small with { PixelBytes = bytes })).Stored();

        Assert.Empty(await HeldAsync(database, scope));
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
    }

    [DatabaseTheory]
    public async Task Store_SmallObjectOnAServer_IsNotHeld(DatabaseProviderKind kind)
    {
        if (kind == DatabaseProviderKind.Sqlite) return;
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();

        (await database.Services.SendAsync(scope, Small)).Stored();

        Assert.Empty(await HeldAsync(database, scope));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(null)]
    public async Task Recover_FileThatIsCutOrNotThere_IsWrittenFromTheIndex(int? length)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using (ServiceProvider dying = database.CreateServices()) (await dying.SendAsync(scope, Small)).Stored();
        HeldContent held = Assert.Single(await HeldAsync(database, scope));
        string path = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, held.StoragePath);
        if (length is null) Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        else await File.WriteAllBytesAsync(path, held.Content[..length.Value]);

        await using ServiceProvider next = database.CreateServices();
        await next.GetRequiredService<StartupRecovery>().RunAsync(default);

        Assert.Equal(held.Content, await File.ReadAllBytesAsync(path));
        await RunAsync(next);
        await RunAsync(next);
        Assert.Empty(await HeldAsync(database, scope));
        Assert.Equal(held.Content, await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Recover_ContentThatWasReplacedSince_IsForgotten()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using (ServiceProvider dying = database.CreateServices())
        {
            (await dying.SendAsync(scope, Small)).Stored();
            Assert.Equal(Arrival.Replaced, (await dying.SendAsync(scope, Small with { PixelBytes = 6_000 })).Stored().Arrival);
        }

        Assert.Equal(2, (await HeldAsync(database, scope)).Count);
        await using ServiceProvider next = database.CreateServices();
        await next.GetRequiredService<StartupRecovery>().RunAsync(default);

        await using NoctisDbContext context = database.For(scope);
        Instance row = await context.Set<Instance>().SingleAsync();
        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Equal([row.StoragePath], disk.Objects());
        Assert.Equal(row.Bytes, disk.Read(row.StoragePath).Length);
        Assert.Equal(row.StoragePath, Assert.Single(await HeldAsync(database, scope)).StoragePath);
    }

    [Fact]
    public async Task Store_WhileFilesCannotBeWritten_IsStoredAndReadableAsSoonAsTheyCan()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        bool fails = true;
        await using ServiceProvider services = WithFullDisk(database, () => fails);
        StoredInstance read = (await services.SendAsync(scope, Small)).Stored(), written = (await services.SendAsync(scope, Small with { SOPInstanceUID = "1.2.3" })).Stored();
        await RunAsync(services);
        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Empty(disk.Objects());
        var queries = services.GetRequiredService<StudyQueries>();
        Assert.IsType<FileUnavailableError>((await queries.GetInstanceFileAsync(scope, read.InstanceId, default)).Error);

        fails = false;
        await using (InstanceFile file = (await queries.GetInstanceFileAsync(scope, read.InstanceId, default)).Value) Assert.Equal(read.Bytes, file.Content.Length);
        Assert.Single(disk.Objects());
        await RunAsync(services);

        Assert.Equal(2, disk.Objects().Length);
        await using (InstanceFile file = (await queries.GetInstanceFileAsync(scope, written.InstanceId, default)).Value) Assert.Equal(written.Bytes, file.Content.Length);
    }

    [Fact]
    public async Task Recover_WhileTheFileCannotBeReplaced_IsWrittenAsSoonAsItCan()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using (ServiceProvider dying = database.CreateServices()) (await dying.SendAsync(scope, Small)).Stored();
        HeldContent held = Assert.Single(await HeldAsync(database, scope));
        string path = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, held.StoragePath);
        await File.WriteAllBytesAsync(path, held.Content[..1_000]);
        bool fails = true;
        await using ServiceProvider next = WithDisk(database, new FaultyFileSystem((step, at) =>
        {
            if (fails && step == nameof(IFileSystem.Delete) && at == path) throw new IOException("Read-only file system");
        }));

        await next.GetRequiredService<StartupRecovery>().RunAsync(default);
        await RunAsync(next);
        Assert.Equal(1_000, new FileInfo(path).Length);
        fails = false;
        await RunAsync(next);

        Assert.Equal(held.Content, await File.ReadAllBytesAsync(path));
        await RunAsync(next);
        Assert.Empty(await HeldAsync(database, scope));
    }

    [Fact]
    public async Task Recover_WhenNothingIsToBeHeldAnyMore_WritesWhatIsHeldStill()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using (ServiceProvider dying = database.CreateServices()) (await dying.SendAsync(scope, Small)).Stored();
        HeldContent held = Assert.Single(await HeldAsync(database, scope));
        string path = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, held.StoragePath);
        File.Delete(path);

        await using ServiceProvider next = database.CreateServices(settings: new Dictionary<string, string?> { ["Storage:HoldUpToKB"] = "0" });
        await next.GetRequiredService<StartupRecovery>().RunAsync(default);
        await RunAsync(next);
        await RunAsync(next);

        Assert.Equal(held.Content, await File.ReadAllBytesAsync(path));
        Assert.Empty(await HeldAsync(database, scope));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flush_ThatFails_HasTheFilesWrittenAnewFromTheIndex(bool isReplaced)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var disk = new FacilityDisk(database, scope.FacilityId);
        bool fails = true;
        // A system that could not write out what it had in memory says so once, and forgets it.
        await using ServiceProvider services = WithDisk(database, new FaultyFileSystem((step, _) =>
        {
            if (!fails || step != nameof(IFileSystem.TryFlushFileSystem)) return;
            fails = false;
            foreach (string file in disk.Objects()) File.WriteAllBytes(disk.PathOf(file), []);
            throw new IOException("Input/output error");
        }));
        (await services.SendAsync(scope, Small)).Stored();
        HeldContent held = Assert.Single(await HeldAsync(database, scope));
        await Assert.ThrowsAsync<IOException>(() => RunAsync(services));
        if (isReplaced) (await services.SendAsync(scope, Small with { PixelBytes = 6_000 })).Stored();

        await RunAsync(services);

        await using NoctisDbContext context = database.For(scope);
        Instance row = await context.Set<Instance>().SingleAsync();
        Assert.Equal([row.StoragePath], disk.Objects());
        Assert.Equal(row.Bytes, disk.Read(row.StoragePath).Length);
        Assert.NotEqual(isReplaced, row.StoragePath == held.StoragePath);
        await RunAsync(services);
        Assert.Empty(await HeldAsync(database, scope));
    }

    [Fact]
    public async Task Flush_FilesOnSeveralFileSystems_FlushesEach()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync(), mounted = await database.AddFacilityAsync();
        var paths = new StoragePaths(database.StoragePath);
        var flushed = new List<string>();
        await using ServiceProvider services = WithDisk(
            database,
            new FaultyFileSystem((step, path) =>
            {
                if (step == nameof(IFileSystem.TryFlushFileSystem)) flushed.Add(path);
            })
            { FileSystems = folder => folder.StartsWith(paths.Facility(mounted.FacilityId), StringComparison.Ordinal) ? 2u : 1u });
        (await services.SendAsync(scope, Small)).Stored();
        (await services.SendAsync(mounted, Small)).Stored();

        await RunAsync(services);

        string other = Path.GetDirectoryName(paths.Resolve(mounted.FacilityId, Assert.Single(await HeldAsync(database, mounted)).StoragePath))!;
        Assert.Equal([paths.Root, paths.Root, other, other], flushed);
    }

    [Fact]
    public async Task RemoveFacility_WithFilesThatCouldNotBeWritten_LeavesNoneBehind()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        bool fails = true;
        await using ServiceProvider services = WithFullDisk(database, () => fails);
        (await services.SendAsync(scope, Small)).Stored();

        fails = false;
        services.GetRequiredService<ObjectStore>().RemoveFacility(scope.FacilityId, default);
        await RunAsync(services);

        Assert.False(Directory.Exists(new StoragePaths(database.StoragePath).Facility(scope.FacilityId)));
    }

    [Fact]
    public void Write_FileThatIsRemovedBefore_IsNotWritten()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("noctis-test-");
        string path = Path.Combine(folder.FullName, "a.dcm");
        var files = new HeldFiles(new LocalFileSystem(), 1000);
        HeldFile held = files.Add(Guid.NewGuid(), "a.dcm", path, [1, 2, 3]);
        Assert.True(files.IsHeld(path));

        files.Cancel(path);
        files.Write(held);

        Assert.False(File.Exists(path));
        Assert.False(files.IsHeld(path));
        Assert.True(files.TryTakeSettled(out HeldFile? settled));
        Assert.Same(held, settled);
        folder.Delete(recursive: true);
    }

    private static ServiceProvider WithDisk(TestDatabase database, FaultyFileSystem disk) =>
        database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<IFileSystem>(disk)));

    private static ServiceProvider WithFullDisk(TestDatabase database, Func<bool> isFull) => WithDisk(database, new FaultyFileSystem((step, _) =>
    {
        if (isFull() && step == nameof(IFileSystem.Write)) throw new IOException("The disk is full.");
    }));

    private static Task RunAsync(ServiceProvider services) => services.GetServices<IHostedService>().OfType<HeldFilesFlusher>().Single().RunOnceAsync(default);

    private static async Task<List<HeldContent>> HeldAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<HeldContent>().AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }
}
