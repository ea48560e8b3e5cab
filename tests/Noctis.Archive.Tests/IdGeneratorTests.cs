namespace Noctis.Archive.Tests;

public sealed class IdGeneratorTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_FromManyThreads_AreUniqueAndGrowInEach()
    {
        var ids = new IdGenerator(TimeProvider.System);
        var all = new long[8][];

        Parallel.For(0, all.Length, thread => all[thread] = [.. Enumerable.Range(0, 20_000).Select(_ => ids.Next())]);

        Assert.Equal(all.Length * 20_000, all.SelectMany(own => own).Distinct().Count());
        Assert.All(all, own => Assert.Equal(own.Order(), own));
    }

    [Fact]
    public void Ids_WhenTheClockStandsOrStepsBack_GoOnGrowing()
    {
        var clock = new SettableClock(Start);
        var ids = new IdGenerator(clock, node: 5);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => ids.Next()).ToList();
        clock.Now = Start.AddHours(-1);
        drawn.Add(ids.Next());
        clock.Now = Start.AddHours(1);
        drawn.Add(ids.Next());

        Assert.Equal(drawn.Distinct().Order(), drawn);
    }

    [Fact]
    public void Id_OfAMoment_TellsThatMoment()
    {
        var id = new IdGenerator(new SettableClock(Start), node: 1023).Next();

        Assert.True(id > 0);
        Assert.Equal(Start.UtcDateTime, IdGenerator.CreatedUtc(id));
    }

    [Fact]
    public void FirstAt_OfAMoment_PartsEarlierIdsFromLaterOnes()
    {
        var clock = new SettableClock(Start);
        var generator = new IdGenerator(clock, node: 1023);
        var earlier = generator.Next();
        clock.Now += TimeSpan.FromMilliseconds(1);

        Assert.InRange(IdGenerator.FirstAt(clock.Now.UtcDateTime), earlier + 1, generator.Next());
        Assert.Equal(0, IdGenerator.FirstAt(new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public void Ids_OfTwoNodesInOneMillisecond_Differ()
    {
        var clock = new SettableClock(Start);
        var (one, two) = (new IdGenerator(clock, node: 1), new IdGenerator(clock, node: 2));

        Assert.Empty(Enumerable.Range(0, 1000).Select(_ => one.Next()).Intersect(Enumerable.Range(0, 1000).Select(_ => two.Next())));
    }

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
