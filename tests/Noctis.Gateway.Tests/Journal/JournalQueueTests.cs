using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;

namespace Noctis.Gateway.Tests.Journal;

public sealed class JournalQueueTests
{
    private long _id;

    [Fact]
    public void Add_AFacilitysFlood_PushesOutItsOwnRowsOnly()
    {
        var queue = new JournalQueue(200_000);
        var (flooding, quiet) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var i = 0; i < 20; i++)
            queue.Add(Entry(quiet));

        for (var i = 0; i < 5_000; i++)
            queue.Add(Entry(flooding));

        var batch = queue.Take(int.MaxValue, out _)!;
        Assert.Equal(20, batch.Entries.Count(entry => entry.FacilityId == quiet));
        Assert.Equal(5_020, batch.Entries.Count + queue.Dropped);
        Assert.Contains(batch.Entries, entry => entry.Id == _id);
        Assert.DoesNotContain(batch.Entries, entry => entry.Id == 21);
    }

    [Fact]
    public void Take_LessThanThereIs_TakesFromEachFacilityInTurnAndTroublesFirst()
    {
        var queue = new JournalQueue();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var i = 0; i < 10; i++)
            queue.Add(Entry(first));
        queue.Add(Entry(second));
        queue.Add(Entry(first, JournalOutcome.Refused));

        var batch = queue.Take(3, out var reached)!;

        Assert.Equal([(first, JournalOutcome.Refused), (first, JournalOutcome.Completed), (second, JournalOutcome.Completed)],
            batch.Entries.Select(entry => (entry.FacilityId, entry.Outcome)));
        Assert.Empty(reached);
        Assert.Equal(9, queue.Take(100, out _)!.Entries.Count);
        Assert.Null(queue.Take(100, out _));
    }

    [Fact]
    public void Add_LargeRows_AreBoundedByTheirSize()
    {
        var queue = new JournalQueue(1_000_000);

        for (var i = 0; i < 100; i++)
            queue.Add(Entry(Guid.CreateVersion7(), JournalOutcome.Refused, new string('x', 20_000)));

        Assert.InRange(queue.Count, 10, 30);
        Assert.Equal(100, queue.Count + queue.Dropped);
    }

    [Fact]
    public async Task WhenAny_SomethingIsAdded_IsCompleted()
    {
        var queue = new JournalQueue();
        var any = queue.WhenAny();
        Assert.False(any.IsCompleted);

        queue.Add(Entry(Guid.CreateVersion7()));

        await any;
        queue.Take(10, out _);
        any = queue.WhenAny();
        Assert.False(any.IsCompleted);
        queue.End();
        await any;
        queue.Add(Entry(Guid.CreateVersion7()));
        Assert.Equal((0, 1L), (queue.Count, queue.Dropped));
    }

    private JournalEntry Entry(Guid facilityId, JournalOutcome outcome = JournalOutcome.Completed, string? reason = null) => new()
    {
        Id = ++_id,
        FacilityId = facilityId,
        Outcome = outcome,
        RemoteAddress = "192.0.2.7",
        CallingAETitle = "CT1",
        CalledAETitle = "CENTRAL",
        Reason = reason,
    };
}
