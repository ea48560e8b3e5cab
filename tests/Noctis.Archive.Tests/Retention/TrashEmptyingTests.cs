using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Ingest;
using Noctis.Archive.Tests.Storage;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Retention;

public sealed class TrashEmptyingTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Empty_OneStudy_TakesItsRowsAndFilesAndNothingElse(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PatientID = "GOES", PixelBytes = 100 };
        StoredInstance goes = (await database.Services.SendAsync(scope, image)).Stored();
        await database.Services.SendAsync(scope, image with { SOPInstanceUID = DicomUID.Generate().Value, SeriesInstanceUID = DicomUID.Generate().Value });
        await database.KeepVersionAsync(scope, goes.StudyId, goes.InstanceId, 50);
        await database.FindFaultAsync(scope, goes.StudyId, goes.InstanceId);
        StoredInstance stays = (await database.Services.SendAsync(scope, new PhantomImage { PatientID = "STAYS", PixelBytes = 100 })).Stored();
        StoredInstance sibling = (await database.Services.SendAsync(scope, new PhantomImage { PatientID = "STAYS", PixelBytes = 100 })).Stored();
        long trashId = await StudyRestoreTests.DeleteAsync(database, scope, goes.StudyId);
        long siblingTrash = await StudyRestoreTests.DeleteAsync(database, scope, sibling.StudyId);
        await StudyRestoreTests.DeleteAsync(database, scope, stays.StudyId);
        TrashEmptying emptying = Emptying(database.Services);

        Assert.True((await emptying.MarkAsync(scope, trashId, default)).IsSuccess);
        await database.AssertExactAsync(scope);
        Assert.True((await emptying.MarkAsync(scope, siblingTrash, default)).IsSuccess);
        await emptying.RemoveMarkedAsync(scope, default);

        await database.AssertExactAsync(scope);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal([stays.StudyId], await context.Set<Study>().IncludingTrash().Select(study => study.Id).ToListAsync());
        // Its other study is in the trash, and can come back.
        Assert.Equal(["STAYS"], await context.Set<Patient>().Select(patient => patient.PatientID).ToListAsync());
        Assert.Equal((1, 1, 0, 0), (await context.Set<Series>().CountAsync(), await context.Set<Instance>().CountAsync(),
            await context.Set<InstanceVersion>().CountAsync(), await context.Set<InstanceFault>().CountAsync()));
        Assert.False(Directory.Exists(Path.Combine(new StoragePaths(database.StoragePath).Facility(scope.FacilityId), "studies", goes.StudyInstanceUid)));

        // The folders are made again, and the writer finds out that patient and study are gone.
        StoredInstance again = (await database.Services.SendAsync(scope, image)).Stored();
        Assert.NotEqual(goes.StudyId, again.StudyId);
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Mark_ByStaffOrAnotherFacilityOrTwice_IsRefused(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();
        long trashId = await StudyRestoreTests.DeleteAsync(database, scope, stored.StudyId);
        var staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, false);
        TrashEmptying emptying = Emptying(database.Services);

        Assert.IsType<ForbiddenError>((await emptying.MarkAsync(staff, trashId, default)).Error);
        Assert.IsType<ForbiddenError>((await emptying.MarkAllAsync(staff, default)).Error);
        Assert.IsType<NotFoundError>((await emptying.MarkAsync(other, trashId, default)).Error);
        Assert.Equal(0, (await emptying.MarkAllAsync(other, default)).Value);
        Assert.Equal(1, (await emptying.MarkAllAsync(scope, default)).Value);
        Assert.IsType<NotFoundError>((await emptying.MarkAsync(scope, trashId, default)).Error);
        Assert.IsType<NotFoundError>((await database.Services.GetRequiredService<StudyRestore>().RestoreAsync(scope, trashId, default)).Error);

        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Restore_AndMarkAtTheSameMoment_OneWins(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        IServiceProvider second = database.AnotherNode();
        for (int round = 0; round < 10; round++)
        {
            StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 10 })).Stored();
            long trashId = await StudyRestoreTests.DeleteAsync(database, scope, stored.StudyId);

            Task<Result> mark = Task.Run(() => Emptying(second).MarkAsync(scope, trashId, default));
            Task<Result> markToo = Task.Run(() => Emptying(database.Services).MarkAsync(scope, trashId, default));
            Task<Result<RestoredStudy>> restore = Task.Run(() => database.Services.GetRequiredService<StudyRestore>().RestoreAsync(scope, trashId, default));

            bool[] won = [(await mark).IsSuccess, (await markToo).IsSuccess, (await restore).IsSuccess];
            Assert.Single(won, true);
            await database.AssertExactAsync(scope);
        }
    }

    [DatabaseTheory]
    public async Task Run_RemovesWhatIsPastItsDays_InEveryFacility(DatabaseProviderKind kind)
    {
        // The job works on all facilities that there are.
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope first = await database.AddFacilityAsync(), second = await database.AddFacilityAsync();
        foreach (FacilityScope scope in new[] { first, first, second })
        {
            StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();
            await StudyRestoreTests.DeleteAsync(database, scope, stored.StudyId);
        }

        Assert.Equal("", await Emptying(database.Services).RunAsync(default));
        await using (NoctisDbContext across = database.AcrossFacilities())
        {
            TrashedStudy young = await across.Set<TrashedStudy>().Where(row => row.FacilityId == first.FacilityId).OrderBy(row => row.Id).FirstAsync();
            foreach (TrashedStudy row in await across.Set<TrashedStudy>().Where(row => row.Id != young.Id).ToListAsync()) row.PurgeUtc = DateTime.UtcNow.AddSeconds(-1);
            await across.SaveChangesAsync();
        }

        string said = await Emptying(database.Services).RunAsync(default);

        Assert.StartsWith("2 studies of 2 facilities removed for good, ", said, StringComparison.Ordinal);
        await database.AssertExactAsync(first);
        await database.AssertExactAsync(second);
        Assert.Single(new FacilityDisk(database, first.FacilityId).Objects());
        Assert.Empty(new FacilityDisk(database, second.FacilityId).Objects());
    }

    [DatabaseTheory]
    public async Task Run_CutOffAtAnyFile_IsFinishedByTheNext(DatabaseProviderKind kind)
    {
        // The job works on all facilities that there are.
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        int left = int.MaxValue;
        var disk = new FaultyFileSystem((step, _) =>
        {
            if (step == nameof(IFileSystem.Delete) && Interlocked.Decrement(ref left) < 0) throw new IOException("The disk is gone.");
        });
        IServiceProvider faulty = database.CreateServices(services => services.AddSingleton<IFileSystem>(disk));
        StoredInstance stored = default!;
        var image = new PhantomImage { PixelBytes = 10 };
        for (int i = 0; i < 4; i++)
            stored = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = $"1.5.{i}", SeriesInstanceUID = $"1.4.{i % 2}" })).Stored();
        await database.KeepVersionAsync(scope, stored.StudyId, stored.InstanceId, 10);
        long trashId = await StudyRestoreTests.DeleteAsync(database, scope, stored.StudyId);
        await using (NoctisDbContext context = database.For(scope))
            await context.Set<TrashedStudy>().ExecuteUpdateAsync(row => row.SetProperty(trashed => trashed.PurgeUtc, DateTime.UtcNow.AddDays(-1)));

        // Five files in batches of one, two and two; a batch that is done is not done again.
        for (int files = 0; files < 3; files++)
        {
            left = files;
            Assert.Equal("1 study could not be removed yet: the log says why, and the next run tries again.", await Emptying(faulty).RunAsync(default));
            await using NoctisDbContext context = database.For(scope);
            Assert.Equal(TrashState.Emptying, (await context.Set<TrashedStudy>().SingleAsync(row => row.Id == trashId)).State);
        }

        left = int.MaxValue;
        Assert.StartsWith("1 study removed for good", await Emptying(faulty).RunAsync(default), StringComparison.Ordinal);
        await database.AssertExactAsync(scope);
        await using NoctisDbContext after = database.For(scope);
        Assert.Equal((0, 0, 0), (await after.Set<Study>().IncludingTrash().CountAsync(), await after.Set<Instance>().CountAsync(), await after.Set<Patient>().CountAsync()));
    }

    [DatabaseTheory]
    public async Task Run_AStudyOfSeveralBatches_OnTwoNodesAtOnce_IsRemovedWhole(DatabaseProviderKind kind)
    {
        // The job works on all facilities that there are.
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 10 })).Stored();
        await using (NoctisDbContext context = database.For(scope))
        {
            Instance first = await context.Set<Instance>().AsNoTracking().SingleAsync();
            for (int i = 0; i < 1200; i++)
            {
                context.Add(new Instance { Id = first.Id + 1 + i, SeriesId = first.SeriesId, SOPInstanceUID = $"1.9.{i}", StoragePath = $"studies/none/{i}.dcm", ReceivedUtc = first.ReceivedUtc });
            }

            await context.SaveChangesAsync();
        }

        await StudyRestoreTests.DeleteAsync(database, scope, stored.StudyId);
        IServiceProvider second = database.AnotherNode();
        Assert.Equal(1, (await Emptying(second).MarkAllAsync(scope, default)).Value);
        await Task.WhenAll(Task.Run(() => Emptying(second).RunAsync(default)), Task.Run(() => Emptying(database.Services).RemoveMarkedAsync(scope, default)));

        await using NoctisDbContext after = database.For(scope);
        Assert.Equal((0, 0, 0), (await after.Set<Study>().IncludingTrash().CountAsync(), await after.Set<Instance>().CountAsync(), await after.Set<TrashedStudy>().CountAsync()));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task List_PagesByKey_NewestFirst(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var queries = database.Services.GetRequiredService<TrashQueries>();
        Assert.Equal((0, new TrashTotals(0, 0)), ((await queries.ListAsync(scope, null, 10, default)).Value.Studies.Count, await queries.GetTotalsAsync(scope, default)));
        var trashed = new List<long>();
        long bytes = 0;
        for (int i = 0; i < 5; i++)
        {
            StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PatientID = "P" + i, PixelBytes = 10 })).Stored();
            bytes += stored.Bytes;
            trashed.Insert(0, await StudyRestoreTests.DeleteAsync(database, scope, stored.StudyId));
        }

        TrashPage first = (await queries.ListAsync(scope, null, 3, default)).Value;
        TrashPage second = (await queries.ListAsync(scope, first.Next, 3, default)).Value;

        Assert.Equal(trashed, first.Studies.Concat(second.Studies).Select(row => row.Trashed.Id));
        Assert.Equal(("P4", 3, null), (first.Studies[0].Study.PatientID, first.Studies.Count, second.Next));
        Assert.Equal(new TrashTotals(5, bytes), await queries.GetTotalsAsync(scope, default));
        Assert.Empty((await queries.ListAsync(other, null, 3, default)).Value.Studies);
        Assert.IsType<ForbiddenError>((await queries.ListAsync(FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, false), null, 3, default)).Error);
    }

    private static TrashEmptying Emptying(IServiceProvider services) => services.GetRequiredService<TrashEmptying>();
}
