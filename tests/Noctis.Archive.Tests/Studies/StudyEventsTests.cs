using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Studies;

public sealed class StudyEventsTests
{
    private static readonly FacilityScope Mine = FacilityScope.ForJob(Guid.CreateVersion7(), "test");
    private static readonly FacilityScope Theirs = FacilityScope.ForJob(Guid.CreateVersion7(), "test");
    private readonly ManualTime _time = new();
    private readonly List<StudiesChanged> _heard = [];

    [Fact]
    public void Publish_Flood_IsToldAtOnceAndThenTogether()
    {
        using var events = new StudyEvents(_time, NullLogger<StudyEvents>.Instance);
        using IDisposable subscription = events.Subscribe(Mine, _heard.Add);

        Publish(events, Mine, studyId: 1, isNew: true);
        _time.Advance(TimeSpan.Zero);
        for (int i = 0; i < 5000; i++) Publish(events, Mine, studyId: 1 + (i % 3), isNew: i is 1 or 2);
        Assert.Single(_heard);
        _time.Advance(StudyEvents.Interval);

        Assert.Equal(2, _heard.Count);
        Assert.Equal([1L], _heard[0].NewStudyIds);
        Assert.Equal(1, _heard[0].Images);
        Assert.Equal([2L, 3L], _heard[1].NewStudyIds.Order());
        Assert.Equal([1L], _heard[1].ChangedStudyIds.Order());
        Assert.Equal((Mine.FacilityId, 5000), (_heard[1].FacilityId, _heard[1].Images));

        // Quiet for an interval, then told at once again.
        _time.Advance(StudyEvents.Interval);
        Publish(events, Mine, studyId: 9, isNew: false);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(3, _heard.Count);
    }

    [Fact]
    public void Publish_OfAnotherFacility_IsNotHeard()
    {
        using var events = new StudyEvents(_time, NullLogger<StudyEvents>.Instance);
        using IDisposable subscription = events.Subscribe(Mine, _heard.Add);

        Publish(events, Theirs, studyId: 1, isNew: true);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_heard);
    }

    [Fact]
    public void Publish_AfterTheSubscriptionEnded_IsNotHeard()
    {
        using var events = new StudyEvents(_time, NullLogger<StudyEvents>.Instance);
        IDisposable subscription = events.Subscribe(Mine, _heard.Add);
        subscription.Dispose();
        subscription.Dispose();

        Publish(events, Mine, studyId: 1, isNew: true);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_heard);
    }

    [Fact]
    public void Publish_WhereOneSubscriberThrows_TheOthersHearIt()
    {
        using var events = new StudyEvents(_time, NullLogger<StudyEvents>.Instance);
        using IDisposable bad = events.Subscribe(Mine, _ => throw new InvalidOperationException("fault"));
        using IDisposable good = events.Subscribe(Mine, _heard.Add);

        Publish(events, Mine, studyId: 1, isNew: true);
        _time.Advance(TimeSpan.Zero);
        Publish(events, Mine, studyId: 2, isNew: true);
        _time.Advance(StudyEvents.Interval);

        Assert.Equal(2, _heard.Count);
    }

    [Fact]
    public async Task Store_OneObject_IsAnnouncedWithItsRowCommitted()
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queries = database.Services.GetRequiredService<StudyQueries>();
        using IDisposable subscription = database.Services.GetRequiredService<StudyEvents>().Subscribe(scope, changed =>
            heard.TrySetResult(queries.GetStudyAsync(scope, changed.NewStudyIds.Single(), default).GetAwaiter().GetResult().IsSuccess));

        (await database.Services.SendAsync(scope, new PhantomImage { PixelBytes = 100 })).Stored();

        Assert.True(await heard.Task.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    private static void Publish(StudyEvents events, FacilityScope scope, long studyId, bool isNew)
    {
        var entry = new IndexEntry
        {
            FacilityId = scope.FacilityId,
            Duplicates = default,
            Patient = new Patient(),
            Study = new Study(),
            Series = new Series(),
            Instance = new Instance(),
        };
        events.Publish([(entry, new IndexedInstance(studyId, 1, 1, Arrival.New) { IsNewStudy = isNew })]);
    }
}
