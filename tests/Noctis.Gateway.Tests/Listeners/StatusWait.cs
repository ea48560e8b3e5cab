using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Waits on the status event until a listener is as it should be.</summary>
internal static class StatusWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<ListenerStatus> UntilAsync(this IListenerStatusSource source, Guid facilityId, Func<ListenerStatus, bool> predicate)
    {
        var reached = new TaskCompletionSource<ListenerStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Door door)
        {
            var status = source.Get(facilityId);
            if (predicate(status))
                reached.TrySetResult(status);
        }

        source.Changed += Look;
        try
        {
            Look(Door.Of(facilityId));
            return await reached.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The listener stayed {source.Get(facilityId)}");
        }
        finally
        {
            source.Changed -= Look;
        }
    }

    public static Task<ListenerStatus> UntilAsync(this IListenerStatusSource source, Guid facilityId, ListenerState state) =>
        source.UntilAsync(facilityId, status => status.State == state);
}
