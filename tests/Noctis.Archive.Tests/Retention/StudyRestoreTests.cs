using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Retention;

public sealed class StudyRestoreTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Restore_AStudy_IsThereAsBefore(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 1000 };
        StoredInstance stored = (await database.Services.SendAsync(scope, image)).Stored();
        await database.KeepVersionAsync(scope, stored.StudyId, stored.InstanceId, 300);
        long trashId = await DeleteAsync(database, scope, stored.StudyId);

        Result<RestoredStudy> restored = await Restore(database).RestoreAsync(scope, trashId, default);

        Assert.Equal(new RestoredStudy(stored.StudyId, IsMerged: false, IsPinnedNow: false), restored.Value);
        var queries = database.Services.GetRequiredService<StudyQueries>();
        Assert.False((await queries.GetStudyAsync(scope, stored.StudyId, default)).Value.IsPinned);
        await using InstanceFile file = (await queries.GetInstanceFileAsync(scope, stored.InstanceId, default)).Value;
        await database.AssertExactAsync(scope);
        Assert.IsType<NotFoundError>((await Restore(database).RestoreAsync(scope, trashId, default)).Error);

        // The writer's memory of it is as good as ever.
        StoredInstance more = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = DicomUID.Generate().Value })).Stored();
        Assert.Equal(stored.StudyId, more.StudyId);
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Restore_ByStaffOrAnotherFacility_IsRefused(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();
        long trashId = await DeleteAsync(database, scope, stored.StudyId);
        var staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, false);

        Assert.IsType<ForbiddenError>((await Restore(database).RestoreAsync(staff, trashId, default)).Error);
        Assert.IsType<NotFoundError>((await Restore(database).RestoreAsync(other, trashId, default)).Error);

        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Restore_WhereTheStudyWasReceivedAnew_TheLiveOneGetsWhatItLacks(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        string study = DicomUID.Generate().Value;
        var image = new PhantomImage { StudyInstanceUID = study, SeriesInstanceUID = "1.1", PixelBytes = 1000 };
        StoredInstance both = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = "1.1.1" })).Stored();
        StoredInstance lacking = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = "1.1.2" })).Stored();
        StoredInstance report = (await database.Services.SendAsync(
            scope, image with { SeriesInstanceUID = "1.2", SOPInstanceUID = "1.2.1", Modality = "SR" })).Stored();
        foreach ((StoredInstance one, int bytes) in new[] { (both, 100), (lacking, 200), (report, 400) })
        {
            await database.KeepVersionAsync(scope, one.StudyId, one.InstanceId, bytes);
            await database.FindFaultAsync(scope, one.StudyId, one.InstanceId);
        }

        await database.Services.GetRequiredService<StudyPins>().SetAsync(scope, both.StudyId, true, default);
        long trashId = await DeleteAsync(database, scope, both.StudyId);
        StoredInstance anew = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = "1.1.1", PixelBytes = 5000 })).Stored();
        StoredInstance added = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = "1.1.3" })).Stored();

        Result<RestoredStudy> restored = await Restore(database).RestoreAsync(scope, trashId, default);

        Assert.Equal(new RestoredStudy(anew.StudyId, IsMerged: true, IsPinnedNow: false), restored.Value);
        await database.AssertExactAsync(scope);
        await using NoctisDbContext context = database.For(scope);
        Study live = await context.Set<Study>().IncludingTrash().SingleAsync();
        Assert.Equal((anew.StudyId, 2, 4, "CT\\SR", true), (live.Id, live.NumberOfSeries, live.NumberOfInstances, live.ModalitiesInStudy, live.IsPinned));
        Dictionary<string, long> instances = await context.Set<Instance>().ToDictionaryAsync(row => row.SOPInstanceUID, row => row.Id);
        Assert.Equal(
            [("1.1.1", anew.InstanceId), ("1.1.2", lacking.InstanceId), ("1.1.3", added.InstanceId), ("1.2.1", report.InstanceId)],
            instances.Select(one => (one.Key, one.Value)).Order());
        List<InstanceVersion> versions = await context.Set<InstanceVersion>().OrderBy(row => row.Bytes).ToListAsync();
        Assert.Equal(
            [(live.Id, lacking.InstanceId, 200L, VersionOutcome.Kept), (live.Id, report.InstanceId, 400L, VersionOutcome.Kept), (live.Id, anew.InstanceId, both.Bytes, VersionOutcome.Replaced)],
            versions.Select(row => (row.StudyId, row.InstanceId, row.Bytes, row.Outcome)));
        Assert.Null(versions[^1].StoragePath);
        Assert.Equal(
            new[] { lacking.InstanceId, report.InstanceId }.Order(),
            (await context.Set<InstanceFault>().Where(row => row.StudyId == live.Id).Select(row => row.InstanceId).ToListAsync()).Order());
        Assert.Equal(2, await context.Set<InstanceFault>().CountAsync());
        Assert.Equal(2, await context.Set<FileRemoval>().CountAsync());
        Assert.Equal(1, await context.Set<Patient>().CountAsync());

        StoredInstance later = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = "1.1.4", SeriesInstanceUID = "1.2", Modality = "SR" })).Stored();
        Assert.Equal((anew.StudyId, report.SeriesId), (later.StudyId, later.SeriesId));
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Restore_MergedIntoAStudyOfAnotherPatient_LeavesNoPatientWithoutStudies(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PatientID = "WRONG", PixelBytes = 100 };
        StoredInstance before = (await database.Services.SendAsync(scope, image)).Stored();
        long trashId = await DeleteAsync(database, scope, before.StudyId);
        await database.Services.SendAsync(scope, image with { PatientID = "RIGHT", SOPInstanceUID = DicomUID.Generate().Value });

        Assert.True((await Restore(database).RestoreAsync(scope, trashId, default)).Value.IsMerged);

        await using NoctisDbContext context = database.For(scope);
        Assert.Equal("RIGHT", (await context.Set<Patient>().SingleAsync()).PatientID);
        await database.AssertExactAsync(scope);
        // The writer still remembers the patient that is gone.
        await database.Services.SendAsync(scope, new PhantomImage { PatientID = "WRONG", PixelBytes = 100 });
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Restore_OfAStudyThatCleanUpWouldTakeAgain_PinsIt(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();
        await using (NoctisDbContext context = database.For(scope))
        {
            (await context.Set<Study>().SingleAsync()).LastReceivedUtc = DateTime.UtcNow.AddDays(-8);
            context.Add(new StorageSettings { CleanUp = CleanUp.Always, RetentionDays = 7 });
            await context.SaveChangesAsync();
        }

        Result<RestoredStudy> restored = await Restore(database).RestoreAsync(scope, await DeleteAsync(database, scope, stored.StudyId), default);

        Assert.Equal(new RestoredStudy(stored.StudyId, IsMerged: false, IsPinnedNow: true), restored.Value);
        Assert.True((await database.Services.GetRequiredService<StudyQueries>().GetStudyAsync(scope, stored.StudyId, default)).Value.IsPinned);
    }

    internal static async Task<long> DeleteAsync(TestDatabase database, FacilityScope scope, long studyId)
    {
        Result<DeletedStudies> deleted = await database.Services.GetRequiredService<StudyDeletion>().DeleteAsync(scope, [studyId], "Test", default);
        Assert.True(deleted.IsSuccess, deleted.Error?.Message);
        await using NoctisDbContext context = database.For(scope);
        return await context.Set<TrashedStudy>().Where(row => row.StudyId == studyId).Select(row => row.Id).SingleAsync();
    }

    private static StudyRestore Restore(TestDatabase database) => database.Services.GetRequiredService<StudyRestore>();
}
