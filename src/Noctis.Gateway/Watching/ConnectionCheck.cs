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

    // Those of the last look: the newest rows of a journal never come back once others have taken their place.
    private HashSet<long> _rows = [];

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
    /// <param name="newest">The newest rows, in any order; those that were among them the last time are passed over too.</param>
    public void Add(IEnumerable<JournalEntry> newest)
    {
        ArgumentNullException.ThrowIfNull(newest);
        var isNews = false;
        lock (_gate)
        {
            var rows = new HashSet<long>();
            foreach (var entry in newest.Where(entry => entry.FacilityId == FacilityId).OrderBy(entry => entry.Id))
            {
                if (rows.Add(entry.Id) && !_rows.Contains(entry.Id))
                    isNews |= Take(entry);
            }

            _rows = rows;
        }

        if (isNews)
            Changed?.Invoke();
    }

    /// <summary>An open connection got further; it begins here when nothing was heard of it before.</summary>
    internal void Note(ConnectionAttempt begun, Func<ConnectionAttempt, ConnectionAttempt> change)
    {
        lock (_gate)
        {
            var index = _attempts.FindLastIndex(attempt => attempt.EndedUtc is null && attempt.Connection == begun.Connection);
            if (index < 0)
                index = IndexOf(begun.AssociationId);
            if (index < 0)
            {
                Insert(change(begun));
            }
            else
            {
                // From now on it is watched, whatever told of it before.
                _attempts[index] = change(_attempts[index] with
                {
                    Connection = begun.Connection,
                    AssociationId = begun.AssociationId,
                    IsFromJournal = false,
                    EndedUtc = null,
                });
            }
        }

        Changed?.Invoke();
    }

    private bool Take(JournalEntry entry)
    {
        var index = IndexOf(ConnectionAttempt.AssociationIdOf(entry));
        if (index < 0)
            Insert(ConnectionAttempt.Of(entry));
        else if (_attempts[index].IsFromJournal)
            _attempts[index] = _attempts[index].With(entry);
        else
            return false;
        return true;
    }

    private int IndexOf(long associationId) =>
        associationId == 0 ? -1 : _attempts.FindLastIndex(attempt => attempt.AssociationId == associationId);

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
