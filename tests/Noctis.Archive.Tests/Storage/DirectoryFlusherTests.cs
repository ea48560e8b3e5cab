using Noctis.Archive.Storage;

namespace Noctis.Archive.Tests.Storage;

public sealed class DirectoryFlusherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noctis-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Flush_WhileAnotherFlushRuns_OneMoreServesAllWhoCameMeanwhile()
    {
        using var firstIsRunning = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        int flushes = 0;
        var flusher = new DirectoryFlusher(new FaultyFileSystem((_, _) =>
        {
            if (Interlocked.Increment(ref flushes) != 1) return;
            firstIsRunning.Set();
            release.Wait();
        }));
        Task first = Start(() => flusher.Flush(_folder.FullName));
        firstIsRunning.Wait();
        using var started = new CountdownEvent(5);

        Task[] others = [.. Enumerable.Range(0, 5).Select(_ => Start(() =>
        {
            started.Signal();
            flusher.Flush(_folder.FullName);
        }))];
        started.Wait();
        Assert.DoesNotContain(others, other => other.IsCompleted);
        release.Set();
        await Task.WhenAll([first, .. others]);

        // The one that ran when they came may have begun before their names were given; it does not count for them.
        Assert.InRange(flushes, 2, 6);
    }

    [Fact]
    public void Flush_ThatFails_FailsForItsCallerAndTheNextTriesAgain()
    {
        int flushes = 0;
        var flusher = new DirectoryFlusher(new FaultyFileSystem((_, _) =>
        {
            if (++flushes == 1) throw new IOException("fault");
        }));

        Assert.Throws<IOException>(() => flusher.Flush(_folder.FullName));
        flusher.Flush(_folder.FullName);

        Assert.Equal(2, flushes);
    }

    private static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
