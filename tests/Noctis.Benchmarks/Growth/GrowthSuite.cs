using System.Diagnostics;
using Noctis.Benchmarks.Filling;
using Noctis.Benchmarks.Ingest;
using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;
using static Noctis.Benchmarks.Measuring.MarkdownTable;

namespace Noctis.Benchmarks.Growth;

/// <summary>A product with a million images beside an empty one: how fast both take new ones, and how soon both are there after a start.</summary>
internal static class GrowthSuite
{
    public const string Help = """
          --targets A           noctis-sqlite (default) or noctis-postgresql
          --studies N           studies that are there before, of 50 images each (default 20000; with --quick 200)
          --facilities N        facilities that they are of (default 50)
          --parts A,B           of ct, small, start (default: all)
          --portal F            the folder with the portal's Release build (default: beside this one)
        """;

    private const string Full = "full";
    private const string Empty = "empty";
    private const int ImagesPerStudy = 50;

    private static readonly Dictionary<string, double> Goals = new() { [Empty] = 0.9 };

    public static BenchmarkOptions Defaults { get; } = new()
    {
        Targets = [ProductTargets.Sqlite],
        Parts = ["ct", "small", "start"],
        Associations = [4],
    };

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder(options.Folder);
        foreach (var target in options.Targets)
            await RunAsync(target, options, Directory.CreateDirectory(Path.Combine(folder.Path, target)).FullName, cancellationToken);
        return 0;
    }

    private static async Task RunAsync(string target, BenchmarkOptions options, string folder, CancellationToken cancellationToken)
    {
        await using var server = ProductTargets.NeedsServer(target) ? await PostgreSqlServer.StartAsync(folder) : null;
        Surroundings.Print(folder, options.Rounds, server is null ? "SQLite" : $"PostgreSQL {server.Version}");
        var fill = new FillOptions { Facilities = options.Facilities ?? 50, Studies = options.Studies ?? (options.IsQuick ? 200 : 20_000) };
        fill = fill with { Instances = fill.Studies * ImagesPerStudy };
        var full = Settings(Full);
        var empty = Settings(Empty);
        await PrepareAsync(full, fill, isFilled: true, cancellationToken);
        await PrepareAsync(empty, fill, isFilled: false, cancellationToken);
        Console.WriteLine($"{Full}: {fill.Instances} images in {fill.Studies} studies of {fill.Facilities} facilities; {Empty}: the facilities alone.");

        if (options.Has("ct") || options.Has("small"))
            await StoreTables.RunFreshAsync(options, folder, [new ProductTarget(Full, full, server), new ProductTarget(Empty, empty, server) { Rival = Full }], Goals, cancellationToken);
        if (options.Has("start"))
            await StartAsync(options.Rounds, full, empty, cancellationToken);

        ProductSettings Settings(string name) =>
            ProductTargets.On(target, ProductSettings.Create(options.Portal, Path.Combine(folder, name), fill.Facilities), server);
    }

    private static async Task PrepareAsync(ProductSettings settings, FillOptions fill, bool isFilled, CancellationToken cancellationToken)
    {
        await ProductArchive.MigrateAsync(settings, cancellationToken);
        await using var archive = new ProductArchive(settings.Configuration);
        var facilities = await archive.AddFacilitiesAsync(settings.FirstPort, fill.Facilities, cancellationToken);
        if (isFilled)
            await new ArchiveFiller(settings.Configuration, fill).RunAsync(facilities, cancellationToken);
    }

    private static async Task StartAsync(int rounds, ProductSettings full, ProductSettings empty, CancellationToken cancellationToken)
    {
        var times = new Dictionary<ProductSettings, List<double>> { [full] = [], [empty] = [] };
        for (var round = -1; round < rounds; round++)
        {
            foreach (var settings in round % 2 == 0 ? [full, empty] : new[] { empty, full })
            {
                var time = await StartAsync(settings, cancellationToken);
                if (round >= 0)
                    times[settings].Add(time.TotalSeconds);
            }
        }

        Console.WriteLine("\n### From the start until it is ready and has answered an echo\n");
        var table = new MarkdownTable($"{Full} s", $"{Empty} s", $"{Full} / {Empty}");
        table.Add(
            Number(Median.Of(times[full])), Number(Median.Of(times[empty])),
            Number(Median.Of(times[full].Zip(times[empty], (mine, other) => mine / other))));
    }

    private static async Task<TimeSpan> StartAsync(ProductSettings settings, CancellationToken cancellationToken)
    {
        await using var archive = new ProductArchive(settings.Configuration);
        var facility = await archive.FindFacilityAsync() ?? throw new UnreachableException("It was added before.");
        BenchmarkFolder.Settle(settings.Folder);
        await using var product = ProductProcess.Start(settings);
        await product.WaitUntilReadyAsync();
        await Echo.RunAsync(facility, cancellationToken);
        return product.Age;
    }
}
