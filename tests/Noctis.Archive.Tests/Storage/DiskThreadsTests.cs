using Noctis.Archive.Storage;

namespace Noctis.Archive.Tests.Storage;

public sealed class DiskThreadsTests
{
    [Fact]
    public async Task Run_MoreWorkThanThreads_AllIsDoneOnAtMostThatMany()
    {
        using var disk = new DiskThreads(3);

        string?[] names = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => disk.RunAsync(() => Thread.CurrentThread.Name)));

        Assert.InRange(names.Distinct().Count(), 1, 3);
        Assert.All(names, name => Assert.StartsWith("noctis disk", name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_WorkThatThrows_FailsItsTaskAndTheThreadGoesOn()
    {
        using var disk = new DiskThreads(1);

        await Assert.ThrowsAsync<IOException>(() => disk.RunAsync<int>(() => throw new IOException("fault")));

        Assert.Equal(7, await disk.RunAsync(() => 7));
    }

    [Fact]
    public async Task Run_WhileAllButOneThreadBlock_StillRuns()
    {
        using var disk = new DiskThreads(4);
        using var release = new ManualResetEventSlim();

        Task<bool>[] blocked = [.. Enumerable.Range(0, 3).Select(_ => disk.RunAsync(() => release.Wait(Timeout.Infinite, CancellationToken.None)))];
        Assert.Equal(7, await disk.RunAsync(() => 7));
        release.Set();
        await Task.WhenAll(blocked);
    }
}
