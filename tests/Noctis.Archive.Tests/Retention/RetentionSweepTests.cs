using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Storage;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Retention;

/// <summary>Clean-up, on every database; each test has one of its own, since the job works on all facilities that there are.</summary>
public sealed class RetentionSweepTests
{
    [DatabaseTheory]
    public async Task Run_CleanUpOff_TakesNothing(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await AddStudyAsync(database, scope, daysOld: 4000);
        await SetAsync(database, scope, new StorageSettings { QuotaBytes = 1_000_000, RetentionDays = 1 });
        IServiceProvider services = database.CreateServices(with => with.AddSingleton<IDiskSpace>(new FullDisk(database.StoragePath, 0)));

        Assert.Equal("", await Sweep(services).RunAsync(default));

        Assert.Equal(0, await TrashAsync(database, scope));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Run_Always_TakesEveryStudyPastItsDays_ButNoneThatIsPinnedYoungOrArriving(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), second = await database.AddFacilityAsync(), untouched = await database.AddFacilityAsync();
        long[] old = [await AddStudyAsync(database, scope, 11), await AddStudyAsync(database, scope, 400)];
        long pinned = await AddStudyAsync(database, scope, 400), young = await AddStudyAsync(database, scope, 9), arriving = await AddStudyAsync(database, scope, 400, isComplete: false);
        await AddStudyAsync(database, second, 400);
        await AddStudyAsync(database, untouched, 400);
        await database.Services.GetRequiredService<StudyPins>().SetAsync(scope, pinned, true, default);
        foreach (FacilityScope one in new[] { scope, second }) await SetAsync(database, one, new StorageSettings { CleanUp = CleanUp.Always, RetentionDays = 10, TrashDays = 5 });

        string said = await Sweep(database.Services).RunAsync(default);

        Assert.StartsWith("3 studies of 2 facilities went to the trash, ", said, StringComparison.Ordinal);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal(new[] { pinned, young, arriving }.Order(), (await context.Set<Study>().Select(study => study.Id).ToListAsync()).Order());
        List<TrashedStudy> trash = await context.Set<TrashedStudy>().ToListAsync();
        Assert.Equal(old.Order(), trash.Select(row => row.StudyId).Order());
        Assert.All(trash, row => Assert.Equal(
            (TrashCause.Retention, ActorKind.Job, "clean-up", "No new image for 10 days.", TimeSpan.FromDays(5)),
            (row.Cause, row.ActorKind, row.ActorName, row.Reason, row.PurgeUtc - row.DeletedUtc)));
        Assert.Equal((1, 0), (await TrashAsync(database, second), await TrashAsync(database, untouched)));
        await database.AssertExactAsync(scope);
        await using NoctisDbContext across = database.AcrossFacilities();
        Assert.Equal(3, await across.AuditEntries.CountAsync(entry => entry.Action == AuditAction.StudyDeleted && entry.ActorKind == ActorKind.Job));

        Assert.Equal("", await Sweep(database.Services).RunAsync(default));
    }

    [DatabaseTheory]
    public async Task Run_WhenFull_TakesTheOldestUntilThereIsRoom_AndNoMore(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var studies = new List<long>();
        // Of about 100 KB each, the first one the oldest; the very oldest is pinned.
        for (int i = 0; i < 20; i++) studies.Add(await AddStudyAsync(database, scope, 100 - i, pixelBytes: 100_000));
        long pinned = await AddStudyAsync(database, scope, 500, pixelBytes: 100_000);
        await database.Services.GetRequiredService<StudyPins>().SetAsync(scope, pinned, true, default);
        await using (NoctisDbContext context = database.For(scope))
        {
            Instance first = await context.Set<Instance>().OrderBy(row => row.Id).FirstAsync();
            await database.KeepVersionAsync(scope, studies[0], first.Id, 100_000);
        }

        // 2.23 MB are there.
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, QuotaBytes = 2_400_000, RetentionDays = 10 });
        Assert.Equal("", await Sweep(database.Services).RunAsync(default));
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, QuotaBytes = 2_040_000, RetentionDays = 10 });

        string said = await Sweep(database.Services).RunAsync(default);

        // To 95 % of the quota: 290 KB, of which the oldest brings two thirds with its kept version.
        Assert.StartsWith("2 studies went to the trash, ", said, StringComparison.Ordinal);
        await using NoctisDbContext after = database.For(scope);
        Assert.Equal(studies.Take(2).Order(), (await after.Set<TrashedStudy>().Select(row => row.StudyId).ToListAsync()).Order());
        Assert.All(await after.Set<TrashedStudy>().ToListAsync(), row => Assert.Equal((TrashCause.Quota, "The quota of 2 MB was reached."), (row.Cause, row.Reason)));
        FacilityUsage usage = await after.Set<FacilityUsage>().SingleAsync();
        Assert.InRange(usage.Bytes + usage.VersionBytes, 1_838_000, 1_938_000);
        await database.AssertExactAsync(scope);
        Assert.Equal("", await Sweep(database.Services).RunAsync(default));
    }

    [DatabaseTheory]
    public async Task Run_WhenFull_WithNothingPastItsDays_TakesNothing(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 0; i < 3; i++) await AddStudyAsync(database, scope, 9, pixelBytes: 500_000);
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, QuotaBytes = 1_000_000, RetentionDays = 10 });

        Assert.Equal("", await Sweep(database.Services).RunAsync(default));

        Assert.Equal(0, await TrashAsync(database, scope));
    }

    [DatabaseTheory]
    public async Task Run_DiskNearlyFull_EmptiesTheTrashFirst_ThenTakesTheOldestOfAll(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope first = await database.AddFacilityAsync(), second = await database.AddFacilityAsync(), off = await database.AddFacilityAsync();
        long trashed = await AddStudyAsync(database, first, 50, pixelBytes: 100_000);
        long oldest = await AddStudyAsync(database, second, 300, pixelBytes: 100_000);
        long next = await AddStudyAsync(database, first, 200, pixelBytes: 100_000);
        long newest = await AddStudyAsync(database, first, 100, pixelBytes: 100_000);
        long others = await AddStudyAsync(database, off, 900, pixelBytes: 100_000);
        long othersTrash = await AddStudyAsync(database, off, 900, pixelBytes: 100_000);
        await StudyRestoreTests.DeleteAsync(database, first, trashed);
        await StudyRestoreTests.DeleteAsync(database, off, othersTrash);
        foreach (FacilityScope one in new[] { first, second }) await SetAsync(database, one, new StorageSettings { CleanUp = CleanUp.WhenFull, RetentionDays = 10 });
        // 0.6 MB lie there, the floor is 1 MB.
        var disk = new FullDisk(database.StoragePath, 1_800_000);
        IServiceProvider services = database.CreateServices(
            with => with.AddSingleton<IDiskSpace>(disk), new Dictionary<string, string?> { ["Storage:MinimumFreeGB"] = "0.001" });
        Assert.Equal("", await Sweep(services).RunAsync(default));

        disk.TotalBytes = 1_660_000;
        string said = await Sweep(services).RunAsync(default);

        // To 1.25 MB free, 200 KB: what was in the trash, and the oldest study of those with clean-up on.
        Assert.StartsWith("1 study went to the trash, 10", said, StringComparison.Ordinal);
        Assert.Contains("2 studies in the trash were removed early, 20", said, StringComparison.Ordinal);
        Assert.InRange(disk.FreeBytes, 1_250_000, 1_300_000);
        Assert.Equal([next, newest], await LiveAsync(database, first));
        Assert.Empty(await LiveAsync(database, second));
        Assert.Equal([others], await LiveAsync(database, off));
        Assert.Equal((0, 0, 1), (await TrashAsync(database, first), await TrashAsync(database, second), await TrashAsync(database, off)));
        Assert.NotEqual(0, oldest);
        foreach (FacilityScope one in new[] { first, second, off }) await database.AssertExactAsync(one);
    }

    [DatabaseTheory]
    public async Task Run_DiskFullOfOtherThings_TakesNoMoreThanWasMissing_AndSaysSoWhenNothingIsLeft(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 0; i < 3; i++) await AddStudyAsync(database, scope, 100 - i, pixelBytes: 150_000);
        await AddStudyAsync(database, scope, 1, pixelBytes: 150_000);
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, RetentionDays = 10 });
        // Somebody else takes each byte that becomes free.
        IServiceProvider services = database.CreateServices(
            with => with.AddSingleton<IDiskSpace>(new StuckDisk(1_000_000)), new Dictionary<string, string?> { ["Storage:MinimumFreeGB"] = "0.001" });

        Assert.StartsWith("2 studies went to the trash, ", await Sweep(services).RunAsync(default), StringComparison.Ordinal);
        string last = await Sweep(services).RunAsync(default);
        Assert.EndsWith("The disk is still nearly full, and nothing more can go.", last, StringComparison.Ordinal);
        Assert.Single(await LiveAsync(database, scope));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Run_DiskThatLetsNoFileGo_TakesNoStudyForNothing(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 0; i < 3; i++) await AddStudyAsync(database, scope, 100 - i, pixelBytes: 10_000);
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, RetentionDays = 10 });
        var readOnly = new FaultyFileSystem((step, _) =>
        {
            if (step == nameof(IFileSystem.Delete)) throw new IOException("Read-only file system.");
        });
        IServiceProvider services = database.CreateServices(
            with => with.AddSingleton<IDiskSpace>(new StuckDisk(1_090_000)).AddSingleton<IFileSystem>(readOnly),
            new Dictionary<string, string?> { ["Storage:MinimumFreeGB"] = "0.001" });
        long trashed = (await LiveAsync(database, scope))[0];
        await StudyRestoreTests.DeleteAsync(database, scope, trashed);

        Assert.Equal("The disk is still nearly full, and nothing more can go.", await Sweep(services).RunAsync(default));

        Assert.Equal(2, (await LiveAsync(database, scope)).Length);
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Run_WhileAnImageArrivesAndAPinIsSet_SparesThem(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 10 };
        long arriving = await AddStudyAsync(database, scope, 100, image: image), pinned = await AddStudyAsync(database, scope, 100), goes = await AddStudyAsync(database, scope, 100);
        var candidates = database.Services.GetRequiredService<RetentionCandidates>();
        List<RetentionCandidate> listed = await candidates.ListOldestAsync(scope, 10, 50, default);
        Assert.Equal(3, listed.Count);

        await database.Services.SendAsync(scope, image with { SOPInstanceUID = DicomUID.Generate().Value });
        await database.Services.GetRequiredService<StudyPins>().SetAsync(scope, pinned, true, default);
        DeletedStudies deleted = await database.Services.GetRequiredService<StudyDeletion>().MoveAsync(
            scope, [.. listed.Select(study => study.StudyId)], new TrashOrder(TrashCause.Retention, "x") { Only = candidates.Rule(10) }, default);

        Assert.Equal(1, deleted.Studies);
        Assert.DoesNotContain(goes, await LiveAsync(database, scope));
        Assert.Contains(arriving, await LiveAsync(database, scope));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Ingest_AtTheQuota_MakesRoomForAllWhoSendAtOnce_UntilNothingMayGo(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        long[] old = [await AddStudyAsync(database, scope, 300, pixelBytes: 400_000), await AddStudyAsync(database, scope, 200, pixelBytes: 400_000)];
        await AddStudyAsync(database, scope, 0, pixelBytes: 170_000);
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, QuotaBytes = 1_000_000, RetentionDays = 10 });
        await using ServiceProvider node = database.CreateServices();
        var image = new PhantomImage { PixelBytes = 400_000 };

        Result<StoredInstance>[] sent = await Task.WhenAll(Enumerable.Range(0, 2).Select(i =>
            Task.Run(() => node.SendAsync(scope, image with { SOPInstanceUID = $"1.2.{i}" }))));
        IngestError third = (await node.SendAsync(scope, image with { SOPInstanceUID = "1.2.3" })).Refused();

        Assert.All(sent, result => result.Stored());
        Assert.Equal("The facility's storage quota is used up: make room first", third.Message);
        Assert.Equal(old, await TrashedAsync(database, scope));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Ingest_OfALargeObject_MakesAsMuchRoomAsItNeeds_AndNoneForWhatCanNeverFit(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var studies = new List<long>();
        for (int i = 0; i < 8; i++) studies.Add(await AddStudyAsync(database, scope, 100 - i, pixelBytes: 100_000));
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, QuotaBytes = 1_000_000, RetentionDays = 10 });
        await using ServiceProvider node = database.CreateServices();

        IngestError never = (await node.SendAsync(scope, new PhantomImage { PixelBytes = 1_000_000 })).Refused();
        Assert.Equal((0xA700, "The object is larger than the facility's whole storage quota"), (never.DicomStatus, never.Message));
        Assert.Empty(await TrashedAsync(database, scope));

        // 80 % are used, which is no reason for clean-up, and 45 % are to come.
        (await node.SendAsync(scope, new PhantomImage { PixelBytes = 450_000 })).Stored();

        Assert.Equal(studies[..3], await TrashedAsync(database, scope));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Run_ForTheQuotaOnTwoNodesAtOnce_TakesNoMoreThanOneWould(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 0; i < 30; i++) await AddStudyAsync(database, scope, 100 - i, pixelBytes: 50_000);
        await SetAsync(database, scope, new StorageSettings { CleanUp = CleanUp.WhenFull, QuotaBytes = 1_200_000, RetentionDays = 10 });
        IServiceProvider second = database.AnotherNode();

        await Task.WhenAll(Task.Run(() => Sweep(second).RunAsync(default)), Task.Run(() => Sweep(database.Services).RunAsync(default)));

        await using NoctisDbContext context = database.For(scope);
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        // 95 % of the quota, less at most the study that crosses it.
        Assert.InRange(usage.Bytes, 1_140_000 - 52_000, 1_140_000);
        await database.AssertExactAsync(scope);
    }

    private static async Task<long> AddStudyAsync(
        TestDatabase database, FacilityScope scope, int daysOld, bool isComplete = true, int pixelBytes = 10, PhantomImage? image = null)
    {
        StoredInstance stored = (await database.Services.SendAsync(scope, image ?? new PhantomImage { PatientID = DicomUID.Generate().Value, PixelBytes = pixelBytes })).Stored();
        await using NoctisDbContext context = database.For(scope);
        DateTime last = DateTime.UtcNow.AddDays(-daysOld);
        await context.Set<Study>().Where(study => study.Id == stored.StudyId).ExecuteUpdateAsync(
            row => row.SetProperty(study => study.LastReceivedUtc, last).SetProperty(study => study.CompletedUtc, isComplete ? last.AddMinutes(1) : null));
        return stored.StudyId;
    }

    private static async Task SetAsync(TestDatabase database, FacilityScope scope, StorageSettings settings)
    {
        await using NoctisDbContext context = database.For(scope);
        await context.Set<StorageSettings>().ExecuteDeleteAsync();
        context.Add(settings);
        await context.SaveChangesAsync();
    }

    private static async Task<long[]> LiveAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<Study>().OrderBy(study => study.Id).Select(study => study.Id).ToArrayAsync();
    }

    private static async Task<long[]> TrashedAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<TrashedStudy>().OrderBy(row => row.Id).Select(row => row.StudyId).ToArrayAsync();
    }

    private static async Task<int> TrashAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<TrashedStudy>().CountAsync();
    }

    private static RetentionSweep Sweep(IServiceProvider services) => services.GetRequiredService<RetentionSweep>();

    private sealed class StuckDisk(long free) : IDiskSpace
    {
        public long FreeBytes => free;

        public long TotalBytes => 2 * free;
    }
}
