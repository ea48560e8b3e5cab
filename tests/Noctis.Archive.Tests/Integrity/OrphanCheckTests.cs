using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Integrity;
using Noctis.Archive.Jobs;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Integrity;

/// <summary>Files and rows that lost each other. Each test has a database of its own, since the check goes over all of it.</summary>
public sealed class OrphanCheckTests
{
    [DatabaseTheory]
    public async Task Run_FileThatTheIndexKnowsNothingOf_IsIndexedWhereItLies(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PatientName = "Müller^Anna", PixelBytes = 2000 };
        PhantomImage second = image with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = 2 };
        string[] paths =
        [
            StoredImage.AddOrphan(database, scope, image),
            StoredImage.AddOrphan(database, scope, second.ToBytes(), $"patients/0123/{second.StudyInstanceUID}/000002.{Guid.CreateVersion7():N}.dcm"),
            StoredImage.AddOrphan(database, scope, new PhantomImage { PixelBytes = 100 }.ToBytes(), $"objects/20260101T101500123.{Guid.CreateVersion7():N}.dcm"),
        ];

        OrphanReport report = await RunAsync(database);

        Assert.Equal((3, 3), (report.Files, report.Indexed));
        Assert.Contains("3 indexed", report.Summary, StringComparison.Ordinal);
        await using NoctisDbContext context = database.For(scope);
        List<Instance> rows = await context.Set<Instance>().OrderBy(row => row.Id).ToListAsync();
        Assert.Equal(paths.Order(), rows.Select(row => row.StoragePath).Order());
        Assert.All(rows, row => Assert.NotNull(row.ContentHash));
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((2, 3, rows.Sum(row => row.Bytes)), (usage.Studies, usage.Instances, usage.Bytes));
        Study study = await context.Set<Study>().SingleAsync(row => row.StudyInstanceUID == image.StudyInstanceUID);
        Assert.Equal(("Müller, Anna", 2), (study.PatientNameDisplay, study.NumberOfInstances));
        await using InstanceFile opened = (await database.Services.GetRequiredService<StudyQueries>().GetInstanceFileAsync(scope, rows[0].Id, default)).Value;
        Assert.Equal(rows[0].Bytes, opened.Content.Length);

        // Whole by the integrity check's own measure, and no orphan any more.
        Assert.Equal((3, 0), (await CheckIntegrityAsync(database) is var check ? (check.Files, check.Damaged) : default));
        report = await RunAsync(database);
        Assert.Equal((3, 0, 3), (report.Files, report.Indexed, report.Rows.Rows));
        Assert.Equal("3 files looked for in the index, none without a row. 3 rows looked for on disk, none without a file.", report.Summary);
    }

    [DatabaseTheory]
    public async Task Run_FileThatIsYoungOrUnfinished_IsLeftAlone(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var paths = new StoragePaths(database.StoragePath);
        string young = StoredImage.AddOrphan(database, scope, new PhantomImage { PixelBytes = 100 });
        File.SetLastWriteTimeUtc(paths.Resolve(scope.FacilityId, young), DateTime.UtcNow.AddMinutes(-50));
        var version = Guid.CreateVersion7();
        string unfinished = StoredImage.AddOrphan(database, scope, new PhantomImage { PixelBytes = 100 }, version: version);
        Directory.CreateDirectory(paths.Incoming(scope.FacilityId));
        File.WriteAllText(Path.Combine(paths.Incoming(scope.FacilityId), $"{version:N}.{Guid.NewGuid():N}.su0.part"), "");

        OrphanReport report = await RunAsync(database);

        Assert.Equal((1, 0, 1), (report.Files, report.Indexed, report.Left));
        Assert.All(new[] { young, unfinished }, path => Assert.True(File.Exists(paths.Resolve(scope.FacilityId, path))));
        await using NoctisDbContext context = database.For(scope);
        Assert.False(await context.Set<Instance>().AnyAsync());
    }

    [DatabaseTheory]
    public async Task Run_CopyOfAnImageThatIsThere_IsRemoved(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        string copy = StoredImage.AddOrphan(database, scope, await File.ReadAllBytesAsync(await image.FileAsync()), $"objects/{image.Image.SOPInstanceUID}.{Guid.CreateVersion7():N}.dcm");

        OrphanReport report = await RunAsync(database);

        Assert.Equal(1, report.Removed);
        Assert.False(File.Exists(Path.Combine(StoredImage.FolderOf(database, scope), copy)));
        Assert.True(File.Exists(await image.FileAsync()));
    }

    [DatabaseTheory]
    public async Task Run_OtherContentUnderTheUidOfAnImage_IsKeptAsAVersionUnlessItWasDroppedBefore(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        string other = StoredImage.AddOrphan(database, scope, image.Image with { PixelBytes = 4000 });
        var bytes = new FileInfo(Path.Combine(StoredImage.FolderOf(database, scope), other)).Length;

        OrphanReport report = await RunAsync(database);

        Assert.Equal(1, report.Kept);
        await using NoctisDbContext context = database.For(scope);
        InstanceVersion version = await context.Set<InstanceVersion>().SingleAsync();
        Assert.Equal((VersionOutcome.Kept, other, bytes, image.Stored.InstanceId), (version.Outcome, version.StoragePath, version.Bytes, version.InstanceId));
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((bytes, image.Stored.Bytes, 0), (usage.VersionBytes, usage.Bytes, usage.TrashBytes));
        Assert.Equal("1 file looked for in the index, none without a row. 2 rows looked for on disk, none without a file.", (await RunAsync(database)).Summary);

        // Once the row says that this content is not to be kept, its file is nobody's.
        await context.Set<InstanceVersion>().ExecuteUpdateAsync(set => set
            .SetProperty(row => row.StoragePath, (string?)null).SetProperty(row => row.Outcome, VersionOutcome.Replaced));
        Assert.Equal(1, (await RunAsync(database)).Removed);
        Assert.False(File.Exists(Path.Combine(StoredImage.FolderOf(database, scope), other)));
    }

    [DatabaseTheory]
    public async Task Run_OtherContentOfAnImageInTheTrash_IsCountedAsTrash(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope), going = await StoredImage.CreateAsync(database, scope);
        await IntegrityCheckTests.TrashAsync(image, TrashState.Restorable);
        await IntegrityCheckTests.TrashAsync(going, TrashState.Emptying);
        string other = StoredImage.AddOrphan(database, scope, image.Image with { PixelBytes = 4000 });
        StoredImage.AddOrphan(database, scope, going.Image with { PixelBytes = 4000 });

        OrphanReport report = await RunAsync(database);

        Assert.Equal((1, 1), (report.Kept, report.Left));
        await using NoctisDbContext context = database.For(scope);
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((0, new FileInfo(Path.Combine(StoredImage.FolderOf(database, scope), other)).Length), (usage.VersionBytes, usage.TrashBytes));
    }

    [DatabaseTheory]
    public async Task Run_CopyOfAnImageWhoseFileIsLost_TakesItsPlace(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage missing = await StoredImage.CreateAsync(database, scope), damaged = await StoredImage.CreateAsync(database, scope);
        StoredImage outdated = await StoredImage.CreateAsync(database, scope), rolledBack = await StoredImage.CreateAsync(database, scope);
        string copy = await OrphanAndDeleteAsync(missing), secondCopy = await OrphanAndDeleteAsync(damaged);
        await File.WriteAllTextAsync(await damaged.FileAsync(), "rubbish");
        // An older content than the one that was acknowledged last must not come back in its place, a newer one must.
        string older = StoredImage.AddOrphan(database, scope, outdated.Image with { PixelBytes = 4000 }, version: Guid.CreateVersion7(DateTimeOffset.UtcNow.AddDays(-1)));
        string newer = StoredImage.AddOrphan(database, scope, rolledBack.Image with { PixelBytes = 4000 });
        File.Delete(await outdated.FileAsync());
        File.Delete(await rolledBack.FileAsync());

        OrphanReport report = await RunAsync(database);

        Assert.Equal((3, 1, 1), (report.Repaired, report.Kept, report.Rows.Missing));
        Assert.Equal((copy, secondCopy, newer), ((await missing.RowAsync()).StoragePath, (await damaged.RowAsync()).StoragePath, (await rolledBack.RowAsync()).StoragePath));
        Assert.All(await Task.WhenAll(missing.FaultAsync(), damaged.FaultAsync(), rolledBack.FaultAsync()), Assert.Null);
        Assert.Equal(FaultKind.Missing, (await outdated.FaultAsync())?.Kind);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal(older, (await context.Set<InstanceVersion>().SingleAsync(version => version.StoragePath != null)).StoragePath);
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal(await context.Set<Instance>().SumAsync(row => row.Bytes), usage.Bytes);
        Assert.Equal(4, usage.Instances);
    }

    [DatabaseTheory]
    public async Task Run_FileThatIsNoDicom_GoesToLostAndWhatIsNotOursStays(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        string folder = StoredImage.FolderOf(database, scope);
        StoredImage.AddOrphan(database, scope, "rubbish"u8.ToArray(), $"studies/1/2/3.{Guid.CreateVersion7():N}.dcm");
        byte[] image = new PhantomImage { PixelBytes = 100 }.ToBytes();
        StoredImage.AddOrphan(database, scope, image[..700], $"studies/1/2/4.{Guid.CreateVersion7():N}.dcm");
        string foreign = StoredImage.AddOrphan(database, scope, "notes"u8.ToArray(), "studies/1/notes.txt");
        string old = StoredImage.AddOrphan(database, scope, "x"u8.ToArray(), $"lost/5.{Guid.CreateVersion7():N}.dcm");
        string stranger = Guid.NewGuid().ToString("N");
        Directory.CreateDirectory(Path.Combine(new StoragePaths(database.StoragePath).Facilities, stranger));

        OrphanReport report = await RunAsync(database);

        Assert.Equal((2, 2), (report.Files, report.Lost));
        Assert.Equal([stranger], report.Strangers);
        Assert.Contains("2 unreadable and moved to lost/", report.Summary, StringComparison.Ordinal);
        Assert.Contains(stranger, report.Summary, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(folder, "lost")).Length);
        Assert.All(new[] { foreign, old }, path => Assert.True(File.Exists(Path.Combine(folder, path))));
    }

    [DatabaseTheory]
    public async Task Run_FileWhoseHeaderIsDamaged_IsNoOrphanSinceItsRowNamesIt(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        string renamed = $"objects/000001.{Guid.CreateVersion7():N}.dcm", file = Path.Combine(StoredImage.FolderOf(database, scope), renamed);
        StoredImage.AddOrphan(database, scope, new byte[image.Stored.Bytes], renamed);
        await using (NoctisDbContext context = database.For(scope))
            await context.Set<Instance>().ExecuteUpdateAsync(set => set.SetProperty(row => row.StoragePath, renamed));

        OrphanReport report = await RunAsync(database);

        Assert.Equal((0, 0, 1), (report.Lost, report.Rows.Missing, report.Rows.Rows));
        Assert.True(File.Exists(file));
    }

    [DatabaseTheory]
    public async Task Run_FileThatIsToBeRemoved_IsNoOrphan(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        string file = StoredImage.AddOrphan(database, scope, new PhantomImage { PixelBytes = 100 });
        await using (NoctisDbContext context = database.For(scope))
        {
            context.Add(new FileRemoval { Id = 1, StoragePath = file, SinceUtc = DateTime.UtcNow });
            await context.SaveChangesAsync();
        }

        OrphanReport report = await RunAsync(database);

        Assert.Equal((1, 0, 0), (report.Files, report.Indexed, report.Removed));
    }

    [DatabaseTheory]
    public async Task Run_EmptyFolders_AreRemovedOnceTheyAreOldAndIngestMakesThemAgain(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        string file = await image.FileAsync(), series = Path.GetDirectoryName(file)!, study = Path.GetDirectoryName(series)!;
        string young = Directory.CreateDirectory(Path.Combine(study, "young")).FullName;
        File.Delete(file);
        await using (NoctisDbContext context = database.For(scope)) await context.Set<Instance>().ExecuteDeleteAsync();
        Directory.SetLastWriteTimeUtc(series, DateTime.UtcNow.AddHours(-2));

        await RunAsync(database);
        Assert.False(Directory.Exists(series));
        Assert.True(Directory.Exists(young));

        await database.Services.StoreAsync(scope, image.Image);
        Assert.True(Directory.Exists(series));

        File.Delete(Directory.GetFiles(series).Single());
        Directory.Delete(young);
        foreach (string folder in new[] { series, study }) Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddHours(-2));
        await using (NoctisDbContext context = database.For(scope)) await context.Set<Instance>().ExecuteDeleteAsync();
        await RunAsync(database);
        Assert.False(Directory.Exists(series));
        Assert.True(Directory.Exists(Path.GetDirectoryName(study)));
    }

    [DatabaseTheory]
    public async Task Run_RowsWhoseFilesAreGone_AreFaultsUntilTheyAreBack(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage gone = await StoredImage.CreateAsync(database, scope), there = await StoredImage.CreateAsync(database, scope), damaged = await StoredImage.CreateAsync(database, scope);
        string file = await gone.FileAsync();
        File.Move(file, file + "-off");
        File.AppendAllText(await damaged.FileAsync(), "x");
        await CheckIntegrityAsync(database);
        // A run that was cut off behind the missing one goes on, and round.
        await database.Services.GetRequiredService<JobCursors>().SaveAsync(OrphanCheck.Job, $"{there.Stored.InstanceId}", default);

        OrphanReport report = await RunAsync(database);

        Assert.Equal(1, report.Rows.Missing);
        Assert.Equal((FaultKind.Missing, FaultKind.Damaged), ((await gone.FaultAsync())!.Kind, (await damaged.FaultAsync())!.Kind));
        Assert.Null(await there.FaultAsync());

        File.Move(file + "-off", file);
        report = await RunAsync(database);
        Assert.Equal(new RowsReport(3, 0, 1), report.Rows);
        Assert.Null(await gone.FaultAsync());
        Assert.Equal(FaultKind.Damaged, (await damaged.FaultAsync())?.Kind);
    }

    [DatabaseTheory]
    public async Task Run_FolderOfAFacilityGone_StopsBeforeItTouchesAnything(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope empty = await database.AddFacilityAsync(), scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        Directory.Delete(StoredImage.FolderOf(database, scope), recursive: true);

        Result<OrphanReport> result = await database.Services.GetRequiredService<OrphanCheck>().RunAsync(default);

        Assert.IsType<StorageGoneError>(result.Error);
        Assert.Null(await image.FaultAsync());
        Assert.False(Directory.Exists(StoredImage.FolderOf(database, empty)));
    }

    [DatabaseTheory]
    public async Task Run_NothingYet_HasNothingToSay(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        await database.AddFacilityAsync();

        Assert.Equal("", (await RunAsync(database)).Summary);
    }

    private static async Task<string> OrphanAndDeleteAsync(StoredImage image)
    {
        string file = await image.FileAsync();
        string copy = StoredImage.AddOrphan(
            image.Database, image.Scope, await File.ReadAllBytesAsync(file), $"objects/{image.Image.SOPInstanceUID}.{Guid.CreateVersion7():N}.dcm");
        File.Delete(file);
        return copy;
    }

    private static async Task<OrphanReport> RunAsync(TestDatabase database)
    {
        Result<OrphanReport> result = await database.Services.GetRequiredService<OrphanCheck>().RunAsync(default);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Value;
    }

    private static async Task<IntegrityReport> CheckIntegrityAsync(TestDatabase database)
    {
        Result<IntegrityReport> result = await database.Services.GetRequiredService<IntegrityCheck>().RunAsync(TimeSpan.FromHours(1), true, default);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Value;
    }
}
