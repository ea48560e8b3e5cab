using Noctis.Benchmarks.Measuring;
using static Noctis.Benchmarks.Measuring.MarkdownTable;

namespace Noctis.Benchmarks.Storing;

/// <summary>Measures the cells of a workload and prints them.</summary>
internal sealed class StoreTables(BenchmarkOptions options, IReadOnlyList<StoreTarget> targets)
{
    private const string Ours = "noctis";

    // At 40 ms a message, a fifth of the files takes 16 seconds.
    private const int NagleShare = 5;

    private readonly StoreBenchmark _benchmark = new(targets);

    /// <summary>One workload with each number of associations.</summary>
    public async Task RunAsync(Workload workload, CancellationToken cancellationToken)
    {
        Console.WriteLine($"\n### {workload.Title}\n");
        string[] names = [.. targets.Select(target => target.Name)];
        var table = new MarkdownTable(
        [
            "associations",
            .. names.Select(name => $"{name} objects/s"),
            .. Others(names).Select(name => $"{Ours} / {name}"),
            .. names.Select(name => $"{name} CPU µs/object"),
        ]);
        foreach (var associations in options.Associations)
        {
            var cell = await _benchmark.RunAsync(workload, associations, options.Rounds, cancellationToken);
            table.Add(
            [
                $"{associations}",
                .. names.Select(name => Number(cell[name].Rate)),
                .. Others(names).Select(name => Number(cell[Ours].RatioTo(cell[name]))),
                .. names.Select(name => Number(cell[name].CpuMicroseconds)),
            ]);
        }

        if (options.Has("nagle"))
            await RunNagleAsync(workload, names, cancellationToken);
    }

    private async Task RunNagleAsync(Workload workload, string[] names, CancellationToken cancellationToken)
    {
        Console.WriteLine($"\n### {workload.Title}, senders with Nagle's algorithm on\n");
        var sample = workload with { Files = [.. workload.Files.Take(workload.Files.Count / NagleShare)] };
        var table = new MarkdownTable(
            ["associations", .. names.Select(name => $"{name} objects/s"), .. names.Select(name => $"{name} on / off")]);
        foreach (var associations in options.Associations)
        {
            var (on, off) = await _benchmark.RunNagleAsync(workload, sample, associations, options.NagleRounds, cancellationToken);
            table.Add(
            [
                $"{associations}",
                .. names.Select(name => Number(on[name].Rate)),
                .. names.Select(name => Number(on[name].RatioTo(off[name]))),
            ]);
        }
    }

    private static IEnumerable<string> Others(string[] names) => names.Contains(Ours) ? names.Where(name => name != Ours) : [];
}
