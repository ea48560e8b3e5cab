using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Waits on the status event until a listener is as it should be.</summary>
internal static class StatusWait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task<ListenerStatus> UntilAsync(this IListenerStatusSource source, Guid facilityId, Func<ListenerStatus, bool> predicate) =>
        source.UntilAsync(() => source.Get(facilityId), predicate);

    public static Task<ListenerStatus> UntilAsync(this IListenerStatusSource source, Guid facilityId, ListenerState state) =>
        source.UntilAsync(facilityId, status => status.State == state);

    public static Task<ListenerStatus> UntilSharedDoorAsync(this IListenerStatusSource source, ListenerState state) =>
        source.UntilAsync(() => source.SharedDoor, status => status.State == state);

    private static async Task<ListenerStatus> UntilAsync(
        this IListenerStatusSource source, Func<ListenerStatus> read, Func<ListenerStatus, bool> predicate)
    {
        var reached = new TaskCompletionSource<ListenerStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(Door door)
        {
            var status = read();
            if (predicate(status))
                reached.TrySetResult(status);
        }

        source.Changed += Look;
        try
        {
            Look(Door.Shared);
            return await reached.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The listener stayed {read()}");
        }
        finally
        {
            source.Changed -= Look;
        }
    }
}
