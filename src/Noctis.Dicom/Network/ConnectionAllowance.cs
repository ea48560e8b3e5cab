using System.Net;
using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Network;

/// <summary>
/// How many connections several listeners may have together that have no association. Each listener has a limit of its own
/// (<see cref="DicomListenerOptions.MaxPendingConnections"/>); this one keeps somebody who opens connections at a thousand ports from
/// having a thousand times as many. Thread safe.
/// </summary>
public sealed class ConnectionAllowance
{
    private readonly Lock _lock = new();

    /// <summary>Of each address those that are pending, the oldest first.</summary>
    private readonly Dictionary<IPAddress, LinkedList<AcceptorSession>> _pending = [];
    private readonly int _most;
    private int _count;

    /// <summary>Makes an allowance that is used by nobody yet.</summary>
    /// <param name="most">The most connections at a time. Beyond it the oldest of the address that has the most of them is closed, whichever listener it is at.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public ConnectionAllowance(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _most = most;
    }

    /// <summary>Connections that have no association at this moment.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>Counts one.</summary>
    /// <returns>One that has to be closed in its favour; null when there was room.</returns>
    internal AcceptorSession? Add(AcceptorSession session)
    {
        lock (_lock)
        {
            if (!_pending.TryGetValue(session.RemoteAddress, out var own))
                _pending.Add(session.RemoteAddress, own = new LinkedList<AcceptorSession>());
            own.AddLast(session.SharedNode);
            if (++_count <= _most)
                return null;

            var evicted = own.First!.Value;
            var most = own.Count;
            foreach (var (_, sessions) in _pending)
            {
                var oldest = sessions.First!.Value;
                if (sessions.Count > most || (sessions.Count == most && oldest.Started < evicted.Started))
                    (evicted, most) = (oldest, sessions.Count);
            }

            Take(evicted);
            return evicted;
        }
    }

    /// <summary>Counts one no longer, if it was counted.</summary>
    internal void Remove(AcceptorSession session)
    {
        lock (_lock)
            Take(session);
    }

    private void Take(AcceptorSession session)
    {
        if (session.SharedNode.List is not { } own)
            return;
        own.Remove(session.SharedNode);
        _count--;
        if (own.Count == 0)
            _pending.Remove(session.RemoteAddress);
    }
}
