namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// The connections of a listener: how many there may be, and which have an association. Its lock is held for a few instructions,
/// never across I/O or foreign code. Thread safe.
/// </summary>
internal sealed class SessionRegistry(DicomListenerOptions options)
{
    private const string EvictedText = "Too many connections had no association, and this was the oldest of them.";

    private readonly Lock _lock = new();
    private readonly HashSet<AcceptorSession> _open = [];
    private readonly HashSet<AcceptorSession> _associated = [];

    /// <summary>Those without an association, the oldest first.</summary>
    private readonly LinkedList<AcceptorSession> _pending = new();

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

    /// <summary>Takes in a connection. When too many have no association, the oldest of those is closed in its favour.</summary>
    /// <returns>False when the listener has stopped.</returns>
    public bool TryAdd(AcceptorSession session)
    {
        AcceptorSession? evicted;
        lock (_lock)
        {
            if (_stopped)
                return false;
            _open.Add(session);
            evicted = AddPending(session);
        }

        evicted?.Close(EvictedText);
        return true;
    }

    /// <summary>Counts a connection among the associations, if there may be one more.</summary>
    public bool TryAssociate(AcceptorSession session)
    {
        lock (_lock)
        {
            if (_associated.Count >= options.MaxAssociations)
                return false;
            _associated.Add(session);
            RemovePending(session);
            return true;
        }
    }

    /// <summary>Counts a connection among those without an association again, while its end is awaited.</summary>
    public void Dissociate(AcceptorSession session)
    {
        AcceptorSession? evicted = null;
        lock (_lock)
        {
            if (_associated.Remove(session))
                evicted = AddPending(session);
        }

        evicted?.Close(EvictedText);
    }

    /// <summary>Forgets a connection that is closed.</summary>
    public void Remove(AcceptorSession session)
    {
        lock (_lock)
        {
            _open.Remove(session);
            _associated.Remove(session);
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
            session.Close(reason);
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
            session.Close(reason);
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

    private AcceptorSession? AddPending(AcceptorSession session)
    {
        _pending.AddLast(session.Node);
        if (_pending.Count <= options.MaxPendingConnections)
            return null;
        var oldest = _pending.First!.Value;
        _pending.RemoveFirst();
        return oldest;
    }

    private void RemovePending(AcceptorSession session)
    {
        if (session.Node.List is not null)
            _pending.Remove(session.Node);
    }
}
