using System.Diagnostics;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks.Ingest;

/// <summary>The disk's own limit: files as long as the objects are written, flushed and renamed, by as many threads as there would be associations.</summary>
internal sealed class DiskTarget(string folder) : StoreTarget
{
    private int _round;

    public override string Name => "disk";

    private string RoundFolder => FormattableString.Invariant($"{folder}-{_round}");

    public override Task PrepareAsync()
    {
        if (_round > 0)
            Empty(RoundFolder);
        _round++;
        Directory.CreateDirectory(RoundFolder);
        return Task.CompletedTask;
    }

    public override async Task<TimeSpan> StoreAsync(Workload workload, int associations, bool nagle, CancellationToken cancellationToken)
    {
        var bytes = new byte[workload.FileBytes];
        Random.Shared.NextBytes(bytes);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, associations).Select(thread => Task.Factory.StartNew(
            () => Write(workload.Files.Where((_, at) => at % associations == thread), bytes, cancellationToken),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return clock.Elapsed;
    }

    // It runs in the process of the benchmark, whose time is of no interest.
    public override double CpuSeconds() => double.NaN;

    public override Task CheckAsync(int count, long bytes)
    {
        CheckFiles(RoundFolder, count, bytes);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(IEnumerable<string> names, ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(RoundFolder, name);
            using (var file = File.OpenHandle(path + ".part", FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, 0);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(path + ".part", path);
        }
    }
}
