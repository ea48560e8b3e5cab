using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Retention;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Retention;

/// <summary>Studies go to the trash, on every database, beside senders that know nothing of it.</summary>
public sealed class StudyDeletionTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Delete_AStudy_HidesItAndKeepsItsRowsAndFiles(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 1000 };
        var stored = (await database.Services.SendAsync(scope, image)).Stored();
        long bytes = stored.Bytes + (await database.Services.SendAsync(scope, image with { SOPInstanceUID = DicomUID.Generate().Value })).Stored().Bytes;
        var other = (await database.Services.SendAsync(scope, new PhantomImage { PatientID = "OTHER", PixelBytes = 500 })).Stored();
        await database.KeepVersionAsync(scope, stored.StudyId, stored.InstanceId, 300);

        DeletedStudies deleted = Value(await Deletion(database).DeleteAsync(scope, [stored.StudyId], " Sent to the wrong facility ", default));

        Assert.Equal((1, bytes + 300), (deleted.Studies, deleted.Bytes));
        var queries = database.Services.GetRequiredService<StudyQueries>();
        Assert.IsType<NotFoundError>((await queries.GetStudyAsync(scope, stored.StudyId, default)).Error);
        Assert.Empty(await queries.ListSeriesAsync(scope, stored.StudyId, default));
        Assert.Empty((await queries.ListInstancesAsync(scope, stored.SeriesId, null, 10, default)).Instances);
        Assert.IsType<NotFoundError>((await queries.GetInstanceFileAsync(scope, stored.InstanceId, default)).Error);
        Assert.Equal([other.StudyId], (await queries.SearchAsync(scope, new StudySearch(), default)).Studies.Select(study => study.Id));
        await database.AssertExactAsync(scope);

        await using NoctisDbContext context = database.For(scope);
        TrashedStudy trashed = await context.Set<TrashedStudy>().SingleAsync();
        Assert.Equal((stored.StudyId, 1, 2, bytes), (trashed.StudyId, trashed.Series, trashed.Instances, trashed.Bytes));
        Assert.Equal(("Sent to the wrong facility", TrashCause.Person, TrashState.Restorable), (trashed.Reason, trashed.Cause, trashed.State));
        Assert.Equal(TimeSpan.FromDays(30), trashed.PurgeUtc - trashed.DeletedUtc);
        await using NoctisDbContext across = database.AcrossFacilities();
        AuditEntry entry = await across.AuditEntries.SingleAsync(row => row.AboutFacilityId == scope.FacilityId);
        Assert.Equal((AuditAction.StudyDeleted, "test"), (entry.Action, entry.ActorName));
        Assert.DoesNotContain("wrong", entry.Detail, StringComparison.Ordinal);
    }

    [DatabaseTheory]
    public async Task Delete_BadInput_IsAnErrorAndDeletesNothing(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();
        var staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, false);
        var manager = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "manager", FacilityRole.Manager, false);
        StudyDeletion deletion = Deletion(database);

        Assert.Equal("reason", (await deletion.DeleteAsync(manager, [stored.StudyId], " \t", default)).Error?.Field);
        Assert.Equal("reason", (await deletion.DeleteAsync(manager, [stored.StudyId], new string('x', 201), default)).Error?.Field);
        Assert.Equal("studyIds", (await deletion.DeleteAsync(manager, [.. Enumerable.Range(1, 501).Select(i => (long)i)], "x", default)).Error?.Field);
        Assert.IsType<NotFoundError>((await deletion.DeleteAsync(manager, [], "x", default)).Error);
        Assert.IsType<ForbiddenError>((await deletion.DeleteAsync(staff, [stored.StudyId], "x", default)).Error);
        Assert.IsType<NotFoundError>((await deletion.DeleteAsync(other, [stored.StudyId], "x", default)).Error);
        await using (NoctisDbContext context = database.For(scope)) Assert.Equal(0, await context.Set<TrashedStudy>().CountAsync());

        Assert.Equal(1, Value(await deletion.DeleteAsync(manager, [stored.StudyId, stored.StudyId, 7], "x", default)).Studies);
        Assert.IsType<NotFoundError>((await deletion.DeleteAsync(manager, [stored.StudyId], "x", default)).Error);
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Delete_SeveralStudies_GoTogether(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var ids = new List<long>();
        for (int i = 0; i < 60; i++) ids.Add((await database.Services.SendAsync(scope, new PhantomImage { PatientID = "P" + i, PixelBytes = 10 })).Stored().StudyId);

        // More than one transaction takes.
        DeletedStudies deleted = Value(await Deletion(database).DeleteAsync(scope, ids.Take(55).ToList(), "Test images", default));

        Assert.Equal(55, deleted.Studies);
        await database.AssertExactAsync(scope);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal((5, 55), (await context.Set<Study>().CountAsync(), await context.Set<TrashedStudy>().CountAsync()));
    }

    [DatabaseTheory]
    public async Task Ingest_IntoAStudyThatWentToTheTrash_BeginsItAnew(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 100 };
        // The writer remembers patient, study and series from here on.
        var before = (await database.Services.SendAsync(scope, image)).Stored();
        Value(await Deletion(database).DeleteAsync(scope, [before.StudyId], "x", default));

        var same = (await database.Services.SendAsync(scope, image)).Stored();
        var changed = (await database.Services.SendAsync(scope, image with { SOPInstanceUID = DicomUID.Generate().Value, StudyDescription = "Other" })).Stored();

        Assert.NotEqual(before.StudyId, same.StudyId);
        Assert.False(same.Replaced);
        Assert.Equal(same.StudyId, changed.StudyId);
        await database.AssertExactAsync(scope);
        await using NoctisDbContext context = database.For(scope);
        Assert.Equal([same.StudyId], await context.Set<Study>().Select(study => study.Id).ToListAsync());
        Assert.Equal(2, await context.Set<Study>().IncludingTrash().CountAsync());
        Assert.Equal(1, await context.Set<Patient>().CountAsync());
    }

    [DatabaseTheory]
    public async Task Delete_AndRestoreAndEmpty_WhileTwoNodesReceive_CountsStayExact(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        IServiceProvider[] nodes = [database.Services, database.AnotherNode()];
        PhantomImage[] studies = [.. Enumerable.Range(0, 4).Select(i => new PhantomImage { PatientID = "P" + (i / 2), PixelBytes = 50 })];
        const int images = 40;
        using var received = new CancellationTokenSource();

        Task[] senders = [.. nodes.Select((node, n) => Task.Run(async () =>
        {
            for (int i = 0; i < images; i++)
                (await node.SendAsync(scope, studies[(i + n) % 4] with { SOPInstanceUID = $"1.2.{i % 25}", SeriesInstanceUID = $"1.3.{i % 4}.{i % 3}" })).Stored();
        }))];
        Task people = Task.Run(async () =>
        {
            var random = new Random(4);
            var emptying = nodes[0].GetRequiredService<TrashEmptying>();
            do
            {
                await using NoctisDbContext context = database.For(scope);
                long[] live = await context.Set<Study>().OrderBy(study => study.Id).Select(study => study.Id).ToArrayAsync();
                if (live.Length > 0) await Deletion(database).DeleteAsync(scope, [live[random.Next(live.Length)]], "x", default);
                long[] trash = await context.Set<TrashedStudy>().OrderBy(row => row.Id).Select(row => row.Id).ToArrayAsync();
                if (trash.Length < 2) continue;
                Task<Result> mark = emptying.MarkAsync(scope, trash[0], default);
                await nodes[1].GetRequiredService<StudyRestore>().RestoreAsync(scope, trash[random.Next(2)], default);
                await mark;
                await emptying.RemoveMarkedAsync(scope, default);
            }
            while (!received.IsCancellationRequested);
        });
        await Task.WhenAll(senders);
        await received.CancelAsync();
        await people;

        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Events_OfDeletionAndRestore_TellWhichStudies(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var stored = (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var restored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = database.Services.GetRequiredService<StudyEvents>().Subscribe(scope, change =>
        {
            if (change.RemovedStudyIds.Contains(stored.StudyId)) removed.TrySetResult();
            if (removed.Task.IsCompleted && change.NewStudyIds.Contains(stored.StudyId)) restored.TrySetResult();
        });

        Value(await Deletion(database).DeleteAsync(scope, [stored.StudyId], "x", default));
        await removed.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await using NoctisDbContext context = database.For(scope);
        long trashId = (await context.Set<TrashedStudy>().SingleAsync()).Id;
        Value(await database.Services.GetRequiredService<StudyRestore>().RestoreAsync(scope, trashId, default));
        await restored.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static StudyDeletion Deletion(TestDatabase database) => database.Services.GetRequiredService<StudyDeletion>();

    private static T Value<T>(Result<T> result)
    {
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Value;
    }
}
