using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Studies;

public sealed class StudyCompletionTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();

    [DatabaseTheory]
    public async Task Study_QuietForAWhile_IsCompleteAndAnnouncedOnce(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database), other = Node(database);
        FacilityScope scope = await database.AddFacilityAsync(), another = await database.AddFacilityAsync();
        await RunAsync(node);
        _time.Advance(TimeSpan.FromSeconds(1));
        var told = Listen(node, scope);
        long study = (await node.StoreAsync(scope, new PhantomImage())).StudyId;
        long elsewhere = (await node.StoreAsync(another, new PhantomImage())).StudyId;

        _time.Advance(Quiet - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await RunAsync(node));
        Assert.Null(await CompletedAsync(database, study));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await RunAsync(node));
        Assert.Equal(0, await RunAsync(other));
        Assert.Equal(0, await RunAsync(node));

        Assert.Equal(_time.GetUtcNow().UtcDateTime, await CompletedAsync(database, study));
        Assert.NotNull(await CompletedAsync(database, elsewhere));
        _time.Advance(StudyEvents.Interval);
        Assert.Equal([study], told.SelectMany(change => change.ChangedStudyIds));
    }

    [DatabaseTheory]
    public async Task Study_ThatGetsAnotherImage_ReceivesAgainAndCompletesAgain(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database);
        FacilityScope scope = await database.AddFacilityAsync();
        await RunAsync(node);
        _time.Advance(TimeSpan.FromSeconds(1));
        var image = new PhantomImage();
        long study = (await node.StoreAsync(scope, image)).StudyId;
        _time.Advance(Quiet);
        Assert.Equal(1, await RunAsync(node));

        Assert.Equal(study, (await node.StoreAsync(scope, image)).StudyId);
        Assert.Null(await CompletedAsync(database, study));
        _time.Advance(Quiet);
        Assert.Equal(1, await RunAsync(node));
        Assert.NotNull(await CompletedAsync(database, study));
    }

    [DatabaseTheory]
    public async Task Studies_FromBeforeCompletionWasKept_AreMarkedWithoutABurstOfNews(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database);
        FacilityScope scope = await database.AddFacilityAsync();
        long old = (await node.StoreAsync(scope, new PhantomImage())).StudyId;
        _time.Advance(TimeSpan.FromDays(2));
        long recent = (await node.StoreAsync(scope, new PhantomImage())).StudyId;
        _time.Advance(TimeSpan.FromSeconds(30));
        var told = Listen(node, scope);

        Assert.Equal(1, await RunAsync(node));
        Assert.NotNull(await CompletedAsync(database, old));
        Assert.Null(await CompletedAsync(database, recent));
        _time.Advance(Quiet);
        Assert.Equal(1, await RunAsync(node));
        Assert.NotNull(await CompletedAsync(database, recent));

        _time.Advance(StudyEvents.Interval);
        Assert.Empty(told.SelectMany(change => change.ChangedStudyIds));
        await using NoctisDbContext context = database.AcrossFacilities();
        Assert.EndsWith(" settled", (await context.Set<JobCursor>().SingleAsync(cursor => cursor.Job == StudyCompletion.Cursor)).Value, StringComparison.Ordinal);

        // And from now on as ever.
        long next = (await node.StoreAsync(scope, new PhantomImage())).StudyId;
        _time.Advance(Quiet);
        Assert.Equal(1, await RunAsync(node));
        _time.Advance(StudyEvents.Interval);
        Assert.Equal([next], told.SelectMany(change => change.ChangedStudyIds));
    }

    [DatabaseTheory]
    public async Task Study_ReceivedWhileNobodyLooked_IsFoundByWhoeverLooksNext(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database), other = Node(database);
        FacilityScope scope = await database.AddFacilityAsync();
        await RunAsync(node);
        await RunAsync(other);
        _time.Advance(TimeSpan.FromSeconds(1));
        long study = (await node.StoreAsync(scope, new PhantomImage())).StudyId;
        _time.Advance(TimeSpan.FromDays(3));

        Assert.Equal(1, await RunAsync(other));
        Assert.NotNull(await CompletedAsync(database, study));
    }

    [DatabaseTheory]
    public async Task Study_InTheTrash_IsLeftAloneUntilItIsBack(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database);
        FacilityScope scope = await database.AddFacilityAsync();
        await RunAsync(node);
        _time.Advance(TimeSpan.FromSeconds(1));
        long study = (await node.StoreAsync(scope, new PhantomImage())).StudyId;
        await MoveAsync(database, study, trashId: 7);
        _time.Advance(Quiet);
        Assert.Equal(0, await RunAsync(node));

        await MoveAsync(database, study, trashId: 0);
        // No image of the facility brings it to mind; the full round of each hour does.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await RunAsync(node));
    }

    [DatabaseTheory]
    public async Task ManyStudies_FromBeforeAndNow_AreAllMarked(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        ServiceProvider node = Node(database);
        FacilityScope scope = await database.AddFacilityAsync();
        await node.StoreAsync(scope, new PhantomImage());
        await CopyStudyAsync(database, scope, StudyCompletion.EarlierAtOnce);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(StudyCompletion.EarlierAtOnce + 1, await RunAsync(node));

        // More than one page of what has fallen quiet now; other nodes' clocks may give many the same time.
        await node.StoreAsync(scope, new PhantomImage());
        await CopyStudyAsync(database, scope, StudyCompletion.StudiesAtOnce);
        _time.Advance(Quiet);
        Assert.Equal(StudyCompletion.StudiesAtOnce + 1, await RunAsync(node));
        Assert.Equal(0, await RunAsync(node));
    }

    /// <summary>Rows alike the newest study's, as if as many had been received at that moment.</summary>
    private static async Task CopyStudyAsync(TestDatabase database, FacilityScope scope, int count)
    {
        await using NoctisDbContext context = database.For(scope);
        Study study = await context.Set<Study>().AsNoTracking().OrderByDescending(study => study.Id).FirstAsync();
        for (int i = 1; i <= count; i++)
        {
            Study copy = (Study)context.Entry(study).CurrentValues.ToObject();
            copy.Id = study.Id + i;
            copy.StudyInstanceUID = $"{study.StudyInstanceUID}.{i}";
            context.Add(copy);
        }

        await context.SaveChangesAsync();
    }

    private static async Task MoveAsync(TestDatabase database, long study, long trashId)
    {
        await using NoctisDbContext context = database.AcrossFacilities();
        await context.Set<Study>().IncludingTrash().Where(row => row.Id == study).ExecuteUpdateAsync(set => set.SetProperty(row => row.TrashId, trashId));
    }

    private static async Task<DateTime?> CompletedAsync(TestDatabase database, long study)
    {
        await using NoctisDbContext context = database.AcrossFacilities();
        return await context.Set<Study>().Where(row => row.Id == study).Select(row => row.CompletedUtc).SingleAsync();
    }

    private static List<StudiesChanged> Listen(IServiceProvider node, FacilityScope scope)
    {
        List<StudiesChanged> told = [];
        node.GetRequiredService<StudyEvents>().Subscribe(scope, told.Add);
        return told;
    }

    private static Task<int> RunAsync(IServiceProvider node) => node.GetRequiredService<StudyCompletion>().RunAsync(CancellationToken.None);

    private ServiceProvider Node(TestDatabase database) =>
        database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time)));
}
