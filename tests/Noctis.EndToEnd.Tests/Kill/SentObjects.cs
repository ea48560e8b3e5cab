namespace Noctis.EndToEnd.Tests.Kill;

/// <summary>The objects of one facility that are with no sender, to be sent again by any of them. Thread safe.</summary>
internal sealed class SentObjects
{
    private readonly Lock _lock = new();
    private readonly List<SentObject> _resting = [];
    private readonly HashSet<SentObject> _touched = [];
    private int _refused;

    /// <summary>All of them; to be asked for while nobody sends.</summary>
    public IReadOnlyList<SentObject> All => _resting;

    /// <summary>How often the server said that it cannot take one at the moment.</summary>
    public int Refused => _refused;

    public void CountRefused() => Interlocked.Increment(ref _refused);

    /// <summary>Takes one at random; null when there is none.</summary>
    public SentObject? Take()
    {
        lock (_lock)
        {
            if (_resting.Count == 0)
                return null;
            var at = Random.Shared.Next(_resting.Count);
            var taken = _resting[at];
            _resting[at] = _resting[^1];
            _resting.RemoveAt(_resting.Count - 1);
            return taken;
        }
    }

    /// <summary>Gives one back that was sent.</summary>
    public void Return(SentObject sent)
    {
        lock (_lock)
        {
            _resting.Add(sent);
            _touched.Add(sent);
        }
    }

    /// <summary>Those that were sent since the last call.</summary>
    public IReadOnlyCollection<SentObject> TakeTouched()
    {
        lock (_lock)
        {
            SentObject[] touched = [.. _touched];
            _touched.Clear();
            return touched;
        }
    }
}
