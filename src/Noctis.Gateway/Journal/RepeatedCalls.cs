using System.Globalization;
using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>
/// Keeps a flood of like connections from filling the journal. The first of a kind is written as it is, so that it is seen at once; those
/// that follow it within a minute are counted, and told together when the minute is over, minute by minute until it is quiet. Of kinds,
/// so many are told apart; what comes beyond that, as from a scan with forged addresses, is counted together. Thread safe.
/// </summary>
internal sealed class RepeatedCalls : IDisposable
{
    public const int MostKinds = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Kind, Repeats> _kinds = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _isTicking;

    public RepeatedCalls(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Notes a call.</summary>
    /// <param name="kind">What makes calls alike.</param>
    /// <param name="sentence">What its row says.</param>
    /// <param name="tell">Called with the sentence of a row for those that were counted, once a minute while there are some.</param>
    /// <param name="oneByOne">How many of a minute are written as they are.</param>
    /// <returns>Whether it is to be written: it is the first of its kind in a while, or among as many as are written.</returns>
    public bool IsFirst(Kind kind, string sentence, Action<string> tell, int oneByOne = 1)
    {
        lock (_gate)
        {
            var isTogether = !_kinds.ContainsKey(kind) && _kinds.Count >= MostKinds;
            if (isTogether)
                kind = new Kind(kind.FacilityId, kind.LocalPort, "", kind.Code, "", "");
            if (_kinds.TryGetValue(kind, out var repeats))
            {
                if (++repeats.Written <= oneByOne)
                    return true;
                repeats.More++;
                return false;
            }

            _kinds[kind] = new Repeats(sentence, isTogether ? "from other addresses" : "from there", tell) { Since = _time.GetTimestamp(), Written = 1 };
            if (!_isTicking)
                _isTicking = _timer.Change(Interval, Interval);
            return true;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tell()
    {
        var told = new List<(Repeats Repeats, long More)>();
        lock (_gate)
        {
            foreach (var (kind, repeats) in _kinds.Where(one => _time.GetElapsedTime(one.Value.Since) >= Window).ToList())
            {
                if (repeats.More == 0)
                {
                    _kinds.Remove(kind);
                    continue;
                }

                told.Add((repeats, repeats.More));
                (repeats.More, repeats.Since) = (0, _time.GetTimestamp());
            }

            if (_kinds.Count == 0 && _isTicking)
            {
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _isTicking = false;
            }
        }

        foreach (var (repeats, more) in told)
            repeats.Tell($"{repeats.Sentence} And {more.ToString("N0", CultureInfo.InvariantCulture)} more {repeats.From} within a minute.");
    }

    /// <summary>What makes calls alike: whose port, from where, why it came to nothing, and the titles, if it came to say them.</summary>
    /// <param name="FacilityId">Whose port; null for nobody's.</param>
    /// <param name="LocalPort">The port.</param>
    /// <param name="Address">From where.</param>
    /// <param name="Code">Why it came to nothing.</param>
    /// <param name="CallingAETitle">Empty when it never came to say it, as for the next.</param>
    /// <param name="CalledAETitle">The title called.</param>
    /// <param name="Terms">What was in force: a call after a change is told in its own words, and not counted to those before.</param>
    public readonly record struct Kind(Guid? FacilityId, int LocalPort, string Address, JournalCode Code, string CallingAETitle, string CalledAETitle, object? Terms = null);

    private sealed class Repeats(string sentence, string from, Action<string> tell)
    {
        public string Sentence => sentence;

        public string From => from;

        public Action<string> Tell => tell;

        public long Since { get; set; }

        public int Written { get; set; }

        public long More { get; set; }
    }
}
