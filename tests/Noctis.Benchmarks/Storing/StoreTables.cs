using Noctis.Benchmarks.Measuring;
using static Noctis.Benchmarks.Measuring.MarkdownTable;

namespace Noctis.Benchmarks.Storing;

/// <summary>Measures the cells of a workload and prints them.</summary>
/// <param name="options">Which cells.</param>
/// <param name="targets">Of what.</param>
/// <param name="benchmark">What measures a cell.</param>
/// <param name="goals">The ratios to reach, by the name of what ours is compared with.</param>
internal sealed class StoreTables(
    BenchmarkOptions options, IReadOnlyList<StoreTarget> targets, StoreBenchmark benchmark, IReadOnlyDictionary<string, double>? goals = null)
{
    // At 40 ms a message, a fifth of the files takes 16 seconds.
    private const int NagleShare = 5;

    private readonly string[] _names = [.. targets.Select(target => target.Name)];

    private readonly (string Ours, string Other)[] _pairs =
        [.. from ours in targets where ours.IsOurs from other in targets where other.IsComparedWith(ours) select (ours.Name, other.Name)];

    private readonly List<string> _shortfalls = [];

    /// <summary>Fresh CT and small objects, as far as asked for, and what falls short; the targets are stopped afterwards.</summary>
    /// <param name="options">Which workloads and cells.</param>
    /// <param name="folder">The folder whose disk is written to.</param>
    /// <param name="targets">Of what.</param>
    /// <param name="goals">The ratios to reach, by the name of what ours is compared with.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task RunFreshAsync(
        BenchmarkOptions options, string folder, IReadOnlyList<StoreTarget> targets, IReadOnlyDictionary<string, double> goals, CancellationToken cancellationToken)
    {
        var files = FreshWorkload.CreateFolder(folder);
        try
        {
            var tables = new StoreTables(options, targets, new StoreBenchmark(targets, () => BenchmarkFolder.Settle(folder)), goals);
            if (options.Has("ct"))
                await tables.RunAsync(new FreshWorkload(Workload.CreateCt(files.FullName, options.IsQuick)), cancellationToken);
            if (options.Has("small"))
                await tables.RunAsync(new FreshWorkload(Workload.CreateSmall(files.FullName, options.IsQuick)), cancellationToken);
            tables.PrintShortfalls();
        }
        finally
        {
            foreach (var target in targets)
                await target.DisposeAsync();
            files.Delete(recursive: true);
        }
    }

    /// <summary>One workload with each number of associations.</summary>
    public async Task RunAsync(Workload workload, CancellationToken cancellationToken)
    {
        Console.WriteLine($"\n### {workload.Title}\n");
        var table = new MarkdownTable(
        [
            "associations",
            .. _names.Select(name => $"{name} objects/s"),
            .. _pairs.Select(pair => $"{pair.Ours} / {pair.Other}"),
            .. _names.Select(name => $"{name} CPU µs/object"),
        ]);
        foreach (var associations in options.Associations)
        {
            var cell = await benchmark.RunAsync(workload, associations, options.Rounds, cancellationToken);
            table.Add(
            [
                $"{associations}",
                .. _names.Select(name => Number(cell[name].Rate)),
                .. _pairs.Select(pair => Number(cell[pair.Ours].RatioTo(cell[pair.Other]))),
                .. _names.Select(name => Number(cell[name].CpuMicroseconds)),
            ]);
            NoteShortfalls(workload, associations, cell);
        }

        if (options.Has("nagle"))
            await RunNagleAsync(workload, cancellationToken);
    }

    /// <summary>Says what is to be reached, and which cells fall short of it.</summary>
    public void PrintShortfalls()
    {
        Console.WriteLine($"\nTo reach in each cell: {string.Join(", ", goals!.Select(goal => FormattableString.Invariant($"{goal.Value} of {goal.Key}")))}.");
        foreach (var line in _shortfalls.DefaultIfEmpty("No cell falls short."))
            Console.WriteLine($"- {line}");
    }

    private void NoteShortfalls(Workload workload, int associations, IReadOnlyDictionary<string, CellResult> cell)
    {
        foreach (var (ours, other) in _pairs)
        {
            if (goals is not null && goals.TryGetValue(other, out var goal) && cell[ours].RatioTo(cell[other]) is var ratio && !(ratio >= goal))
                _shortfalls.Add($"{workload.Title}, {associations} associations: {ours} / {other} is {Number(ratio)}, to reach {Number(goal)}.");
        }
    }

    private async Task RunNagleAsync(Workload workload, CancellationToken cancellationToken)
    {
        Console.WriteLine($"\n### {workload.Title}, senders with Nagle's algorithm on\n");
        var sample = workload with { Files = [.. workload.Files.Take(workload.Files.Count / NagleShare)] };
        var table = new MarkdownTable(
            ["associations", .. _names.Select(name => $"{name} objects/s"), .. _names.Select(name => $"{name} on / off")]);
        foreach (var associations in options.Associations)
        {
            var (on, off) = await benchmark.RunNagleAsync(workload, sample, associations, options.NagleRounds, cancellationToken);
            table.Add(
            [
                $"{associations}",
                .. _names.Select(name => Number(on[name].Rate)),
                .. _names.Select(name => Number(on[name].RatioTo(off[name]))),
            ]);
        }
    }
}
