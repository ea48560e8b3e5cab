using Noctis.Archive.Journal;

namespace Noctis.Gateway.Watching;

/// <summary>
/// What somebody sees who waits for a device: the attempts at one facility's doors since the check began, each as it happens. Ends
/// when it is disposed of. Thread safe.
/// </summary>
public sealed class ConnectionCheck : IDisposable
{
    /// <summary>Older ones are forgotten: a flood must not grow a page, nor a busy day.</summary>
    public const int MostAttempts = 200;

    private readonly Lock _gate = new();
    private readonly ConnectionWatch _watch;
    private readonly List<ConnectionAttempt> _attempts = [];
    private readonly HashSet<long> _rows = [];

    internal ConnectionCheck(ConnectionWatch watch, Guid facilityId)
    {
        _watch = watch;
        FacilityId = facilityId;
    }

    public Guid FacilityId { get; }

    /// <summary>Raised when an attempt began, got further or ended. Handlers are called on an association's own loop: they must be quick and must not throw.</summary>
    public event Action? Changed;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ConnectionAttempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. Enumerable.Reverse(_attempts)];
            }
        }
    }

    /// <summary>
    /// Adds what the journal alone can tell: attempts at another node, or from before the check began. Rows of attempts that were
    /// watched are passed over.
    /// </summary>
    /// <param name="entries">In any order; those that were added before are passed over too.</param>
    public void Add(IEnumerable<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var isNews = false;
        lock (_gate)
        {
            foreach (var entry in entries.Where(entry => entry.FacilityId == FacilityId && _rows.Add(entry.Id)))
            {
                Insert(ConnectionAttempt.Of(entry));
                isNews = true;
            }
        }

        if (isNews)
            Changed?.Invoke();
    }

    /// <summary>An open connection got further; it begins here when nothing was heard of it before.</summary>
    internal void Note(ConnectionAttempt begun, Func<ConnectionAttempt, ConnectionAttempt> change, long? row)
    {
        lock (_gate)
        {
            if (row is { } id)
                _rows.Add(id);
            var index = _attempts.FindLastIndex(attempt => attempt.EndedUtc is null && attempt.Connection == begun.Connection);
            if (index >= 0)
                _attempts[index] = change(_attempts[index]);
            else
                Insert(change(begun));
        }

        Changed?.Invoke();
    }

    // By its beginning, so that what the journal tells late stands where it belongs.
    private void Insert(ConnectionAttempt attempt)
    {
        var index = _attempts.FindLastIndex(other => other.StartedUtc <= attempt.StartedUtc);
        _attempts.Insert(index + 1, attempt);
        if (_attempts.Count > MostAttempts)
            _attempts.RemoveAt(0);
    }

    public void Dispose() => _watch.End(this);
}
