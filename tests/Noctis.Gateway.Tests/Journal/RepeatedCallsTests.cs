using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;

namespace Noctis.Gateway.Tests.Journal;

public sealed class RepeatedCallsTests : IDisposable
{
    private static readonly Guid Facility = Guid.NewGuid();

    private readonly ManualClock _clock = new();
    private readonly RepeatedCalls _repeats;
    private readonly List<string> _told = [];

    public RepeatedCallsTests() => _repeats = new RepeatedCalls(_clock);

    public void Dispose() => _repeats.Dispose();

    [Fact]
    public void Calls_Alike_AreOneRowAndACountAfterAMinute()
    {
        Assert.True(Call("10.0.0.1"));
        for (var i = 0; i < 1240; i++)
            Assert.False(Call("10.0.0.1"));
        Assert.Empty(_told);

        _clock.Advance(RepeatedCalls.Window + TimeSpan.FromSeconds(5));

        Assert.Equal(["It is HTTP. And 1,240 more from there within a minute."], _told);
    }

    [Fact]
    public void Calls_OfAnotherAddressOrCause_AreRowsOfTheirOwn()
    {
        Assert.True(Call("10.0.0.1"));
        Assert.True(Call("10.0.0.2"));
        Assert.True(Call("10.0.0.1", JournalCode.TlsUnexpected));
    }

    [Fact]
    public void Calls_AfterAChangeOfTerms_AreARowInTheirOwnWords()
    {
        Assert.True(Call("10.0.0.1", terms: "TLS off"));
        Assert.False(Call("10.0.0.1", terms: "TLS off"));
        Assert.True(Call("10.0.0.1", terms: "TLS on", sentence: "It is HTTP again."));
        Assert.False(Call("10.0.0.1", terms: "TLS on", sentence: "It is HTTP again."));

        _clock.Advance(RepeatedCalls.Window + TimeSpan.FromSeconds(5));

        Assert.Equal(["It is HTTP again. And 1 more from there within a minute.", "It is HTTP. And 1 more from there within a minute."], _told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Calls_AfterAQuietWhile_AreTheFirstAgain()
    {
        Assert.True(Call("10.0.0.1"));
        _clock.Advance(RepeatedCalls.Window + TimeSpan.FromSeconds(5));

        Assert.True(Call("10.0.0.1"));
        Assert.Empty(_told);
    }

    [Fact]
    public void Calls_OfWhichSomeAreWritten_AreCountedBeyondThemMinuteByMinute()
    {
        Assert.Equal(20, Enumerable.Range(0, 50).Count(_ => Refuse()));
        _clock.Advance(RepeatedCalls.Window + TimeSpan.FromSeconds(5));
        Assert.Equal(["You are nobody. And 30 more from there within a minute."], _told);

        // It goes on: counted from its first.
        Assert.Equal(0, Enumerable.Range(0, 50).Count(_ => Refuse()));
        _clock.Advance(2 * (RepeatedCalls.Window + TimeSpan.FromSeconds(5)));
        Assert.True(Refuse());

        bool Refuse() => _repeats.IsFirst(
            new RepeatedCalls.Kind(Facility, 11113, "10.0.0.1", JournalCode.CallingTitleUnknown, "NOBODY", "CENTRAL"), "You are nobody.", _told.Add, oneByOne: 20);
    }

    [Fact]
    public void Calls_FromMoreAddressesThanAreToldApart_AreCountedTogether()
    {
        for (var i = 0; i < RepeatedCalls.MostKinds; i++)
            Assert.True(Call($"10.0.{i / 250}.{i % 250}"));

        Assert.True(Call("192.0.2.1"));
        for (var i = 2; i < 42; i++)
            Assert.False(Call($"192.0.2.{i}"));
        Assert.False(Call("10.0.0.1"));

        _clock.Advance(RepeatedCalls.Window + TimeSpan.FromSeconds(5));
        Assert.Equal(["It is HTTP. And 1 more from there within a minute.", "It is HTTP. And 40 more from other addresses within a minute."], _told.Order());
    }

    private bool Call(string address, JournalCode code = JournalCode.ForeignProtocol, string? terms = null, string sentence = "It is HTTP.") =>
        _repeats.IsFirst(new RepeatedCalls.Kind(Facility, 11113, address, code, "", "", terms), sentence, _told.Add);
}
