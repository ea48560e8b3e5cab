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
    public void HasSettled_WithoutAnyFacility_IsTrueAfterTheFirstLook()
    {
        _board.NoteReconciled();

        Assert.True(_board.HasSettled);
    }
}
