using System.Net;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// The connections of a listener: how many there may be, in all and from one address, and which have an association. Its lock is held
/// for a few instructions, never across I/O or foreign code. Thread safe.
/// </summary>
internal sealed class SessionRegistry(DicomListenerOptions options)
{
    private DicomListenerOptions _options = options;
    private readonly Lock _lock = new();
    private readonly HashSet<AcceptorSession> _open = [];
    private readonly HashSet<AcceptorSession> _associated = [];

    /// <summary>Those without an association, the oldest first.</summary>
    private readonly LinkedList<AcceptorSession> _pending = new();

    /// <summary>The addresses that have connections.</summary>
    private readonly Dictionary<IPAddress, PeerShare> _peers = [];

    private TaskCompletionSource? _empty;
    private bool _stopped;
    private volatile bool _draining;

    /// <summary>Connections that have an association.</summary>
    public int Associations
    {
        get
        {
            lock (_lock)
                return _associated.Count;
        }
    }

    /// <summary>No association is accepted any more.</summary>
    public bool IsDraining => _draining;

    /// <summary>Other limits, from now on. Nobody has to go because of them: who is over a limit has no successor until there is room.</summary>
    public void Reconfigure(DicomListenerOptions options)
    {
        lock (_lock)
            _options = options;
    }

    /// <summary>
    /// Takes in a connection. When too many have no association, one of those is closed in its favour: the oldest of the address that
    /// has the most of them, so that whoever fills the table pays for it, and nobody else.
    /// </summary>
    /// <returns>False when the listener has stopped.</returns>
    public bool TryAdd(AcceptorSession session)
    {
        Evictions evicted;
        lock (_lock)
        {
            if (_stopped)
                return false;
            _open.Add(session);
            if (!_peers.TryGetValue(session.RemoteAddress, out var share))
                _peers.Add(session.RemoteAddress, share = new PeerShare());
            share.Open++;
            session.Share = share;
            evicted = AddPending(session);
        }

        Evict(evicted);
        return true;
    }

    /// <summary>Counts a connection among the associations, if there may be one more.</summary>
    /// <returns>Why there may not; null when it is counted.</returns>
    public string? TryAssociate(AcceptorSession session)
    {
        lock (_lock)
        {
            if (_associated.Count >= _options.MaxAssociations)
                return _options.MaxAssociations == 1
                    ? "The one association that may run at a time is in use."
                    : $"All {_options.MaxAssociations} associations that may run at a time are in use.";
            if (session.Share!.Associated >= _options.MaxAssociationsPerPeer)
                return $"All {_options.MaxAssociationsPerPeer} associations that one address may run at a time are in use by {session.RemoteAddress}.";
            _associated.Add(session);
            session.Share.Associated++;
            RemovePending(session);
            return null;
        }
    }

    /// <summary>Counts a connection among those without an association again, while its end is awaited.</summary>
    public void Dissociate(AcceptorSession session)
    {
        Evictions evicted = default;
        lock (_lock)
        {
            if (RemoveAssociated(session))
                evicted = AddPending(session);
        }

        Evict(evicted);
    }

    /// <summary>Forgets a connection that is closed.</summary>
    public void Remove(AcceptorSession session)
    {
        lock (_lock)
        {
            if (_open.Remove(session) && --session.Share!.Open == 0)
                _peers.Remove(session.RemoteAddress);
            RemoveAssociated(session);
            RemovePending(session);
            if (_open.Count == 0)
                _empty?.TrySetResult();
        }
    }

    /// <summary>From now on no association is accepted. Connections that have none are closed.</summary>
    /// <returns>A task that ends with the last connection.</returns>
    public Task Drain(string reason)
    {
        AcceptorSession[] pending;
        Task empty;
        lock (_lock)
        {
            _draining = true;
            pending = [.. _pending];
            empty = WhenEmpty();
        }

        foreach (var session in pending)
            session.Close(reason, ConnectionFailureKind.Stopped);
        return empty;
    }

    /// <summary>Ends every connection.</summary>
    /// <returns>A task that ends with the last connection.</returns>
    public Task Stop(string reason)
    {
        AcceptorSession[] open;
        Task empty;
        lock (_lock)
        {
            _draining = true;
            _stopped = true;
            open = [.. _open];
            empty = WhenEmpty();
        }

        foreach (var session in open)
            session.Close(reason, ConnectionFailureKind.Stopped);
        return empty;
    }

    private Task WhenEmpty()
    {
        // Ends inside the lock of whoever removes the last one: whoever waits must not continue there.
        _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_open.Count == 0)
            _empty.TrySetResult();
        return _empty.Task;
    }

    private static void Evict(Evictions evicted)
    {
        Close(evicted.Here, "this port");
        Close(evicted.Anywhere, "this server");

        static void Close(AcceptorSession? session, string place) => session?.Close(
            $"Too many connections to {place} had no association, most of them from the address of this one, and this was the oldest of those.",
            ConnectionFailureKind.TooManyConnections);
    }

    private Evictions AddPending(AcceptorSession session)
    {
        _pending.AddLast(session.Node);
        session.Share!.Pending++;
        // The other lock is taken within this one, never the other way round.
        var anywhere = _options.PendingAllowance?.Add(session);
        return new Evictions(FindOneTooMany(), anywhere);
    }

    private AcceptorSession? FindOneTooMany()
    {
        if (_pending.Count <= _options.MaxPendingConnections)
            return null;

        // From the oldest to the newest: the first that is found is the oldest of its address, and of all addresses that have as many.
        var evicted = _pending.First!.Value;
        foreach (var candidate in _pending)
        {
            if (candidate.Share!.Pending > evicted.Share!.Pending)
                evicted = candidate;
        }

        RemovePending(evicted);
        return evicted;
    }

    private void RemovePending(AcceptorSession session)
    {
        if (session.Node.List is null)
            return;
        _pending.Remove(session.Node);
        session.Share!.Pending--;
        _options.PendingAllowance?.Remove(session);
    }

    private bool RemoveAssociated(AcceptorSession session)
    {
        if (!_associated.Remove(session))
            return false;
        session.Share!.Associated--;
        return true;
    }

    /// <summary>Who has to go: one of this listener's, and one of all that share its allowance.</summary>
    private readonly record struct Evictions(AcceptorSession? Here, AcceptorSession? Anywhere);
}
