using Noctis.Archive.Database;
using Noctis.Archive.Tests.Studies;

namespace Noctis.Archive.Tests.Database;

/// <summary>Who writes next where one writes at a time.</summary>
public sealed class WriteTurnsTests
{
    private readonly ManualTime _time = new();
    private readonly WriteTurns _turns;

    public WriteTurnsTests() => _turns = new WriteTurns(isNeeded: true, _time);

    [Fact]
    public async Task Turn_IndexComesWhileOthersWait_GoesFirst()
    {
        WriteTurns.Turn held = await _turns.TakeFirstAsync();
        Task<WriteTurns.Turn> journal = _turns.TakeLaterAsync(default).AsTask(), figures = _turns.TakeLaterAsync(default).AsTask();
        Task<WriteTurns.Turn> index = _turns.TakeFirstAsync(), another = _turns.TakeFirstAsync();

        await PassOnAsync(held, index, another, journal, figures);
    }

    [Fact]
    public async Task Turn_IndexIsNeverIdle_OthersHaveTheirsOnceTheirPatienceIsOver()
    {
        WriteTurns.Turn held = await _turns.TakeFirstAsync();
        Task<WriteTurns.Turn> journal = _turns.TakeLaterAsync(default).AsTask(), figures = _turns.TakeLaterAsync(default).AsTask();
        Task<WriteTurns.Turn> before = _turns.TakeFirstAsync();
        _time.Advance(WriteTurns.Patience);
        Task<WriteTurns.Turn> after = _turns.TakeFirstAsync();

        await PassOnAsync(held, before, journal, figures, after);
    }

    [Fact]
    public async Task Turn_PatienceNotOver_IndexStillGoesFirst()
    {
        WriteTurns.Turn held = await _turns.TakeFirstAsync();
        Task<WriteTurns.Turn> journal = _turns.TakeLaterAsync(default).AsTask();
        _time.Advance(WriteTurns.Patience - TimeSpan.FromTicks(1));
        Task<WriteTurns.Turn> index = _turns.TakeFirstAsync();

        await PassOnAsync(held, index, journal);
    }

    [Fact]
    public async Task Turn_OfOneWhoFails_IsPassedOn()
    {
        async Task FailAsync()
        {
            using WriteTurns.Turn turn = await _turns.TakeLaterAsync(default);
            throw new InvalidOperationException("The database is away.");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(FailAsync);

        using WriteTurns.Turn next = _turns.Take();
        Assert.False(_turns.TakeLaterAsync(default).AsTask().IsCompleted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Turn_OneWhoWaitsIsCancelled_GoesToTheNextAndNotToHim(bool patienceIsOver)
    {
        using var ended = new CancellationTokenSource();
        WriteTurns.Turn held = await _turns.TakeFirstAsync();
        Task<WriteTurns.Turn> cancelled = _turns.TakeLaterAsync(ended.Token).AsTask(), figures = _turns.TakeLaterAsync(default).AsTask();
        if (patienceIsOver) _time.Advance(WriteTurns.Patience);

        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await PassOnAsync(held, figures);
    }

    [Fact]
    public async Task Turn_CancelledBefore_IsNotTaken()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _turns.TakeLaterAsync(new CancellationToken(canceled: true)).AsTask());

        Assert.True(_turns.TakeFirstAsync().IsCompleted);
    }

    [Fact]
    public async Task Turn_CancelledAfterItWasGiven_IsStillHisToGiveBack()
    {
        using var ended = new CancellationTokenSource();
        WriteTurns.Turn held = await _turns.TakeFirstAsync();
        Task<WriteTurns.Turn> journal = _turns.TakeLaterAsync(ended.Token).AsTask();
        held.Dispose();
        await ended.CancelAsync();

        await PassOnAsync(await journal);
    }

    [Fact]
    public async Task Turn_WhereRowsAreLocked_IsEverybodysAtOnce()
    {
        var turns = new WriteTurns(isNeeded: false, _time);
        using WriteTurns.Turn one = turns.Take();
        using WriteTurns.Turn two = turns.Take();
        using WriteTurns.Turn three = await turns.TakeLaterAsync(default);

        Assert.True(turns.TakeLaterAsync(default).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Turn_ManyAtOnce_IsOnePersonsAtATime()
    {
        var turns = new WriteTurns(isNeeded: true, TimeProvider.System);
        int inside = 0, most = 0, count = 0;
        void Write()
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            count++;
            Interlocked.Decrement(ref inside);
        }

        Task index = Task.Factory.StartNew(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                using WriteTurns.Turn turn = turns.Take();
                Write();
            }
        }, TaskCreationOptions.LongRunning);
        Task[] others = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                using WriteTurns.Turn turn = await turns.TakeLaterAsync(default);
                Write();
            }
        }))];
        await Task.WhenAll([index, .. others]);

        Assert.Equal((1, 4_000), (most, count));
    }

    /// <summary>Each has the turn in this order, and nobody before; afterwards it is free.</summary>
    private async Task PassOnAsync(WriteTurns.Turn held, params Task<WriteTurns.Turn>[] order)
    {
        foreach (Task<WriteTurns.Turn> next in order)
        {
            Assert.DoesNotContain(order.SkipWhile(one => one != next), one => one.IsCompleted);
            held.Dispose();
            held = await next;
        }

        held.Dispose();
        Assert.True(_turns.TakeFirstAsync().IsCompleted);
    }
}
