using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using static Noctis.Benchmarks.Measuring.MarkdownTable;

namespace Noctis.Benchmarks.Facilities;

/// <summary>Many facilities in one process: how soon all listen, what they take, and how soon one more answers. See docs/benchmarks.md.</summary>
internal static class FacilitiesSuite
{
    public const string Help = """
          --facilities N        how many (default 1000; with --quick 100)
          --portal F            the folder with the portal's Release build (default: beside this one)
        """;

    private const long Megabyte = 1024 * 1024;

    /// <summary>Facilities that are added to a running product in each round.</summary>
    private const int Added = 8;

    public static BenchmarkOptions Defaults { get; } = new() { Rounds = 5 };

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var count = options.Facilities ?? (options.IsQuick ? 100 : 1000);
        using var folder = new BenchmarkFolder(options.Folder);
        Surroundings.Print(folder.Path, options.Rounds);
        var settings = ProductSettings.Create(options.Portal, Path.Combine(folder.Path, "product"), count + (Added * options.Rounds));
        await ProductArchive.MigrateAsync(settings, cancellationToken);
        await using var archive = new ProductArchive(settings.Configuration);
        var facilities = (await archive.AddFacilitiesAsync(settings.FirstPort, count, cancellationToken)).ToList();

        var rounds = new List<Round>();
        for (var round = 0; round < options.Rounds; round++)
            rounds.Add(await RunRoundAsync(settings, archive, facilities, cancellationToken));

        Console.WriteLine($"\n### {count} facilities\n");
        var table = new MarkdownTable("from the start until", "median", "longest", "to reach");
        Add("it is ready, and the last listener listens, s", round => round.Listening.TotalSeconds, "3");
        Add("each has answered an echo, s", round => round.Echoed.TotalSeconds, "");
        Console.WriteLine();
        table = new MarkdownTable("with all of them", "median", "longest", "to reach");
        Add("resident memory MB, after the echoes", round => (double)round.ResidentBytes / Megabyte, "300");
        Add("processor time until then, s", round => round.CpuSeconds, "");
        Add("one more, added by another process, answers an echo, s: the median of a round", round => Median.Of(round.Added.Select(time => time.TotalSeconds)), "1");
        Add("the longest of a round", round => round.Added.Max(time => time.TotalSeconds), "1");
        return 0;

        void Add(string what, Func<Round, double> figure, string goal) =>
            table.Add(what, Number(Median.Of(rounds.Select(figure))), Number(rounds.Max(figure)), goal);
    }

    private static async Task<Round> RunRoundAsync(
        ProductSettings settings, ProductArchive archive, List<Archive.Facilities.Facility> facilities, CancellationToken cancellationToken)
    {
        BenchmarkFolder.Settle(settings.Folder);
        await using var product = ProductProcess.Start(settings);
        // It is ready when every listener has been opened or has failed. To ask the system for its thousand listeners all the time would
        // take more of the processor than the start itself.
        await product.WaitUntilReadyAsync();
        await product.WaitForListenersAsync(settings.FirstPort, facilities.Count);
        var listening = product.Age;
        await Echo.EachAsync(facilities, cancellationToken);
        var echoed = product.Age;
        var resident = ProcessFigures.ResidentBytes(product.Id);
        var cpu = ProcessFigures.CpuSeconds(product.Id);

        var added = new List<TimeSpan>();
        for (var i = 0; i < Added; i++)
        {
            // The product looks once a second: at any moment of it.
            await Task.Delay(Random.Shared.Next(1000), cancellationToken);
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var one = await archive.AddFacilitiesAsync(settings.FirstPort, 1, cancellationToken, facilities.Count);
            await product.WaitForPortAsync(one[0].Port);
            await Echo.RunAsync(one[0], cancellationToken);
            added.Add(clock.Elapsed);
            facilities.AddRange(one);
        }

        return new Round(listening, echoed, resident, cpu, added);
    }

    private sealed record Round(
        TimeSpan Listening, TimeSpan Echoed, long ResidentBytes, double CpuSeconds, IReadOnlyList<TimeSpan> Added);
}
