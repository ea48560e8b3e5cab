namespace Noctis.Dicom.Network.Internal;

/// <summary>How many threads may be given away at a time. Thread safe.</summary>
/// <param name="most">The most at a time.</param>
internal sealed class ThreadBudget(int most)
{
    private int _taken;

    /// <summary>
    /// What all listeners of the process share, since its threads are what it has once: a thousand, each some ten kilobytes while it sleeps.
    /// Ten thousand connections that say nothing, at as many ports as they like, cannot take more; whoever gets none is served by the pool.
    /// </summary>
    public static ThreadBudget OfProcess { get; } = new(1024);

    /// <summary>Takes one; false when all are taken.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= most)
            return true;
        Return();
        return false;
    }

    /// <summary>Gives one back.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);
}
