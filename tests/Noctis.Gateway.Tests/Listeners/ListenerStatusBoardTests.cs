using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Tests.Listeners;

public class ListenerStatusBoardTests
{
    private readonly ListenerStatusBoard _board = new(TimeProvider.System, NullLogger<ListenerStatusBoard>.Instance);
    private readonly Door _first = Door.Of(Guid.NewGuid());
    private readonly Door _second = Door.Of(Guid.NewGuid());

    [Fact]
    public void HasSettled_BeforeTheDirectoryWasRead_IsFalse()
    {
        _board.SetState(_first, ListenerState.Running);

        Assert.False(_board.HasSettled);
    }

    [Fact]
    public void HasSettled_WhileADoorIsBeingOpened_IsFalse()
    {
        _board.SetState(_first, ListenerState.Running);
        _board.SetState(_second, ListenerState.Starting);

        _board.NoteReconciled();

        Assert.False(_board.HasSettled);
    }

    [Fact]
    public void HasSettled_OnceEveryDoorIsOpenOrHasFailed_StaysTrue()
    {
        _board.SetState(_first, ListenerState.Running);
        _board.SetState(_second, ListenerState.Failed);
        _board.NoteReconciled();

        // A facility that is created later is its own matter.
        _board.SetState(Door.Of(Guid.NewGuid()), ListenerState.Starting);
        _board.NoteReconciled();

        Assert.True(_board.HasSettled);
    }

    [Fact]
    public void Today_OfOthersAndOfHere_IsTheSumAndEndsWithTheDay()
    {
        var clock = new ManualClock();
        var board = new ListenerStatusBoard(clock, NullLogger<ListenerStatusBoard>.Instance);
        var (facility, day) = (Guid.NewGuid(), clock.GetUtcNow().UtcDateTime.Date);
        var others = new Dictionary<Guid, ListenerFigures> { [facility] = new(10, 1000, 2, 3) };
        board.ImageStored(Door.Of(facility), 100);
        board.SetOthers(day, others);
        board.Failed(Door.Of(facility));

        var today = board.Get(facility);
        Assert.Equal((11L, 1100L, 3L, 3L), (today.ImagesToday, today.BytesToday, today.ErrorsToday, today.RefusalsToday));
        Assert.Equal((1L, 100L), (today.Images, today.Bytes));

        clock.Advance(TimeSpan.FromDays(1));
        // Read before midnight, and told after it.
        board.SetOthers(day, others);
        var tomorrow = board.Get(facility);
        Assert.Equal((0L, 0L, 0L, 0L, 1L), (tomorrow.ImagesToday, tomorrow.BytesToday, tomorrow.ErrorsToday, tomorrow.RefusalsToday, tomorrow.Images));
    }

    [Fact]
    public void HasSettled_WithoutAnyFacility_IsTrueAfterTheFirstLook()
    {
        _board.NoteReconciled();

        Assert.True(_board.HasSettled);
    }
}
