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
    public void Expect(IPEndPoint endPoint, Guid facilityId) => _expected[endPoint] = new Expected(facilityId);

    /// <summary>Whether a connection to the facility's listener is ours.</summary>
    public bool IsOurs(IPEndPoint peer, Guid? facilityId) => _expected.TryGetValue(peer, out var expected) && expected.FacilityId == facilityId;

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

    private sealed record Expected(Guid FacilityId)
    {
        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
