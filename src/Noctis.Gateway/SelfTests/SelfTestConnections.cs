using System.Collections.Concurrent;
using System.Net;

namespace Noctis.Gateway.SelfTests;

/// <summary>
/// The connections that the self-test makes to our own listeners, by its end of each. A listener knows the self-test by this alone: the
/// system gives a bound address and port to one socket at a time, so nobody else can call from it, whatever title they use. Thread safe.
/// </summary>
internal sealed class SelfTestConnections
{
    private readonly ConcurrentDictionary<IPEndPoint, Expected> _expected = new();

    /// <summary>To be called with our end of a connection that is bound and not yet made.</summary>
    /// <param name="endPoint">Our end.</param>
    /// <param name="facilityId">As whose caller it is let in.</param>
    /// <param name="bySharedDoor">It calls the shared door, and not the facility's own.</param>
    public void Expect(IPEndPoint endPoint, Guid facilityId, bool bySharedDoor = false) => _expected[endPoint] = new Expected(facilityId, bySharedDoor);

    /// <summary>Whether a connection to a facility's listener is ours; to the shared door, where no facility is named.</summary>
    public bool IsOurs(IPEndPoint peer, Guid? facilityId) =>
        _expected.TryGetValue(peer, out var expected) && (facilityId is null ? expected.BySharedDoor : !expected.BySharedDoor && expected.FacilityId == facilityId);

    /// <summary>As whose caller one of ours is let in.</summary>
    public Guid? FacilityOf(IPEndPoint peer) => _expected.TryGetValue(peer, out var expected) ? expected.FacilityId : null;

    /// <summary>The listener is done with the connection.</summary>
    public void Ended(IPEndPoint peer)
    {
        if (_expected.TryRemove(peer, out var expected))
            expected.End.TrySetResult();
    }

    /// <summary>Waits until the listener is done with a connection that was made, and forgets it then, or at the limit.</summary>
    public async Task ForgetAsync(IPEndPoint endPoint, TimeSpan limit, TimeProvider time)
    {
        if (!_expected.TryGetValue(endPoint, out var expected))
            return;
        try
        {
            await expected.End.Task.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            // It never saw it: from now on the port may be anybody's.
        }

        _expected.TryRemove(endPoint, out _);
    }

    private sealed record Expected(Guid FacilityId, bool BySharedDoor)
    {
        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
