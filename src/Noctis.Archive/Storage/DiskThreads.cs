using System.Collections.Concurrent;

namespace Noctis.Archive.Storage;

/// <summary>Runs work that blocks on the disk, away from the thread pool, on at most a set number of threads, started as needed.</summary>
internal sealed class DiskThreads(int limit) : IDisposable
{
    private readonly BlockingCollection<IWork> _waiting = [];
    private readonly Lock _gate = new();
    private int _threads;
    private int _pending;

    public Task<T> RunAsync<T>(Func<T> action)
    {
        var work = new Work<T>(action);
        if (Interlocked.Increment(ref _pending) > Volatile.Read(ref _threads)) StartThread();
        _waiting.Add(work);
        return work.Task;
    }

    public void Dispose() => _waiting.CompleteAdding();

    private void StartThread()
    {
        lock (_gate)
        {
            if (_threads >= limit) return;
            _threads++;
            new Thread(Loop) { IsBackground = true, Name = "noctis disk " + _threads }.Start();
        }
    }

    private void Loop()
    {
        foreach (IWork work in _waiting.GetConsumingEnumerable())
        {
            work.Run();
            Interlocked.Decrement(ref _pending);
        }
    }

    private interface IWork
    {
        void Run();
    }

    private sealed class Work<T>(Func<T> action) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IWork
    {
        public void Run()
        {
            try
            {
                SetResult(action());
            }
            catch (Exception e)
            {
                SetException(e);
            }
        }
    }
}
