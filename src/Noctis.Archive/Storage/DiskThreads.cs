namespace Noctis.Archive.Storage;

/// <summary>
/// Runs work that blocks on the disk away from the thread pool, on at most a set number of threads, started as needed. Threads that wait
/// sleep at once: spinning for work would take the processor from those who bring it.
/// </summary>
internal sealed class DiskThreads(int limit) : IDisposable
{
    private readonly Queue<IWork> _waiting = new();
    private int _threads;
    private int _idle;
    private bool _isEnding;

    private interface IWork
    {
        void Run();
    }

    public Task<T> RunAsync<T>(Func<T> action)
    {
        var work = new Work<T>(action);
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _waiting.Enqueue(work);
            if (_idle >= _waiting.Count) Monitor.Pulse(_waiting);
            else if (_threads < limit) StartThread();
        }

        return work.Task;
    }

    /// <summary>What waits is still done.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _isEnding = true;
            Monitor.PulseAll(_waiting);
        }
    }

    private void StartThread()
    {
        _threads++;
        new Thread(Loop) { IsBackground = true, Name = "noctis disk " + _threads }.UnsafeStart();
    }

    private void Loop()
    {
        while (Take() is { } work) work.Run();
    }

    private IWork? Take()
    {
        lock (_waiting)
        {
            while (true)
            {
                if (_waiting.TryDequeue(out IWork? work)) return work;
                if (_isEnding) return null;
                _idle++;
                Monitor.Wait(_waiting);
                _idle--;
            }
        }
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
