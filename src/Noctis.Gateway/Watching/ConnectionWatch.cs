using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Noctis.Archive;
using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Watching;

/// <summary>
/// Lets people see connections at a facility's doors in the moment they happen. The doors tell it all they hear; when nobody watches
/// the facility that is one look at a number. A facility hears of its own port, and of the shared door only what is certainly its own:
/// a connection there is nobody's until its AE titles have said whose. Thread safe.
/// </summary>
public sealed class ConnectionWatch(TimeProvider time, ILogger<ConnectionWatch> logger)
{
    private readonly ConcurrentDictionary<Guid, ImmutableArray<ConnectionCheck>> _checks = new();
    private int _open;

    /// <summary>Begins to watch. Whoever begins it disposes of it.</summary>
    public ConnectionCheck Begin(FacilityScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var check = new ConnectionCheck(this, scope.FacilityId);
        _checks.AddOrUpdate(scope.FacilityId, _ => [check], (_, checks) => checks.Add(check));
        Interlocked.Increment(ref _open);
        return check;
    }

    internal void End(ConnectionCheck check)
    {
        while (_checks.TryGetValue(check.FacilityId, out var checks))
        {
            var left = checks.Remove(check);
            if (left.Length == checks.Length)
                return;
            var isDone = left.IsEmpty
                ? _checks.TryRemove(KeyValuePair.Create(check.FacilityId, checks))
                : _checks.TryUpdate(check.FacilityId, left, checks);
            if (!isDone)
                continue;
            Interlocked.Decrement(ref _open);
            return;
        }
    }

    /// <summary>A connection arrived at a facility's own port.</summary>
    public void Opened(Guid facilityId, AssociationPeer peer)
    {
        if (IsWatched(facilityId))
            Tell(facilityId, AttemptOf(peer, UtcNow), attempt => attempt);
    }

    public void Accepted(Guid facilityId, Association association)
    {
        if (!IsWatched(facilityId))
            return;
        var now = UtcNow;
        // Where nothing was accepted there is an association in name only; its end, which comes at once, says why.
        var isOfUse = association.PresentationContexts.Accepted.Any();
        Tell(facilityId, AttemptOf(association), attempt => Titled(attempt, CallOf(association)) with { AcceptedUtc = isOfUse ? now : null });
    }

    /// <summary>An echo was answered with success.</summary>
    public void Echoed(Guid facilityId, Association association)
    {
        if (!IsWatched(facilityId))
            return;
        var now = UtcNow;
        Tell(facilityId, AttemptOf(association), attempt => InAssociation(attempt, association) with { EchoedUtc = attempt.EchoedUtc ?? now });
    }

    /// <summary>An object was stored.</summary>
    public void Stored(Guid facilityId, Association association)
    {
        if (!IsWatched(facilityId))
            return;
        var now = UtcNow;
        Tell(facilityId, AttemptOf(association), attempt =>
            InAssociation(attempt, association) with { StoredUtc = attempt.StoredUtc ?? now, Images = attempt.Images + 1 });
    }

    /// <summary>An echo or an object was answered with a failure.</summary>
    /// <param name="facilityId">Whose association it is.</param>
    /// <param name="association">The association, which goes on.</param>
    /// <param name="step">What was asked for.</param>
    /// <param name="code">The cause.</param>
    /// <param name="reason">The sentence of the row.</param>
    /// <param name="sopClassUid">What it is of.</param>
    /// <param name="transferSyntaxUid">How the object is encoded; null where there is none.</param>
    public void Failed(Guid facilityId, Association association, ConnectionStep step, JournalCode code, string reason, string? sopClassUid, string? transferSyntaxUid)
    {
        if (!IsWatched(facilityId))
            return;
        var trouble = new ConnectionTrouble(step, code, reason, UtcNow) { SOPClassUID = sopClassUid, TransferSyntaxUID = transferSyntaxUid };
        Tell(facilityId, AttemptOf(association), attempt => InAssociation(attempt, association) with { Trouble = trouble });
    }

    /// <summary>A connection ended without an association: refused, broken off, or never asked for one.</summary>
    /// <param name="facilityId">Whose port was called or, at the shared door, whom the titles name.</param>
    /// <param name="peer">From where.</param>
    /// <param name="call">The titles, empty when none were said.</param>
    /// <param name="code">The cause.</param>
    /// <param name="reason">The sentence of the row.</param>
    /// <param name="row">The id of the row; null where none is kept.</param>
    /// <param name="asked">What was asked for; null when nothing was.</param>
    public void EndedWithoutAssociation(Guid facilityId, AssociationPeer peer, AssociationCall call, JournalCode code, string reason, long? row, AssociationDetails? asked = null)
    {
        if (!IsWatched(facilityId))
            return;
        var now = UtcNow;
        Tell(
            facilityId,
            AttemptOf(peer, now) with { AssociationId = row ?? 0 },
            attempt => Titled(attempt, call) with { EndedUtc = now, Trouble = new ConnectionTrouble(ConnectionStep.Association, code, reason, now) { Details = asked?.ToJson() } });
    }

    /// <summary>An association has ended.</summary>
    /// <param name="facilityId">Whose it was.</param>
    /// <param name="association">The association.</param>
    /// <param name="outcome">What the journal calls it.</param>
    /// <param name="code">The cause, when it did not end as it should.</param>
    /// <param name="reason">The sentence of the row.</param>
    /// <param name="details">What was negotiated.</param>
    public void Ended(Guid facilityId, Association association, JournalOutcome outcome, JournalCode code, string? reason, AssociationDetails? details)
    {
        if (!IsWatched(facilityId))
            return;
        var now = UtcNow;
        Tell(
            facilityId,
            AttemptOf(association),
            attempt =>
            {
                var ended = InAssociation(attempt, association) with { EndedUtc = now };
                return outcome == JournalOutcome.Completed ? ended : ended with { Trouble = new ConnectionTrouble(ended.Next, code, reason ?? "", now) { Details = details?.ToJson() } };
            });
    }

    private DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    private bool IsWatched(Guid facilityId) => Volatile.Read(ref _open) > 0 && _checks.ContainsKey(facilityId);

    private void Tell(Guid facilityId, ConnectionAttempt begun, Func<ConnectionAttempt, ConnectionAttempt> change)
    {
        if (!_checks.TryGetValue(facilityId, out var checks))
            return;
        // One page's broken handler must not keep the news from the others, nor end an association.
        foreach (var check in checks)
        {
            try
            {
                check.Note(begun, change);
            }
            catch (Exception exception)
            {
                Log.StatusHandlerFailed(logger, exception);
            }
        }
    }

    private static ConnectionAttempt AttemptOf(AssociationPeer peer, DateTime startedUtc) => new()
    {
        Connection = $"{peer.RemoteEndPoint} > {peer.LocalEndPoint.Port}",
        RemoteAddress = AssociationCall.Plain(peer.RemoteEndPoint.Address).ToString(),
        LocalPort = peer.LocalEndPoint.Port,
        StartedUtc = startedUtc,
    };

    private static ConnectionAttempt AttemptOf(Association association) => AttemptOf(association.Peer, association.StartedUtc.UtcDateTime) with
    {
        AssociationId = AdmittedCaller.Of(association).AssociationId,
    };

    // An association that was there before the check began is taken up where it is.
    private static ConnectionAttempt InAssociation(ConnectionAttempt attempt, Association association) =>
        attempt.AcceptedUtc is null && association.PresentationContexts.Accepted.Any()
            ? Titled(attempt, CallOf(association)) with { AcceptedUtc = association.StartedUtc.UtcDateTime }
            : attempt;

    private static ConnectionAttempt Titled(ConnectionAttempt attempt, AssociationCall call) => attempt with
    {
        CallingAETitle = AETitle.Clean(call.CallingAETitle),
        CalledAETitle = AETitle.Clean(call.CalledAETitle),
    };

    private static AssociationCall CallOf(Association association) =>
        new(association.CallingAETitle, association.CalledAETitle, association.Peer.RemoteEndPoint.Address);
}
