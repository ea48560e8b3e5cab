namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// A thread that does nothing but receive, and what follows from that on one association. A thread that sleeps in the system's
/// receive call is woken by the data itself; an asynchronous receive goes through the thread that watches all sockets and another of
/// the pool, which takes up to twice the time of the processor for an object that comes alone (docs/benchmarks.md). And what a service
/// does without waiting, such as writing to a slow disk, holds up its own association alone, instead of a thread that all share.
/// </summary>
internal static class ReceiveThread
{
    /// <summary>Runs a loop on a thread of its own.</summary>
    /// <param name="loop">The loop; it does not throw.</param>
    /// <param name="budget">How many there may be.</param>
    /// <returns>A task that ends with the loop; null when the budget or the system gives no further thread.</returns>
    public static Task? TryRun(Action loop, ThreadBudget budget)
    {
        if (!budget.TryTake())
            return null;

        // Whoever waits for the end must not continue on a thread that is about to end.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            loop();
            budget.Return();
            ended.SetResult();
        })
        {
            IsBackground = true,
            Name = "DICOM receive",
        };
        try
        {
            // Unsafe, as on the pool: an association has no context of whoever started the listener.
            thread.UnsafeStart();
            return ended.Task;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            budget.Return();
            return null;
        }
    }
}
