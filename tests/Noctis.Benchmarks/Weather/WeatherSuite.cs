using System.Diagnostics;
using Noctis.Archive.Facilities;
using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;
using static Noctis.Benchmarks.Measuring.MarkdownTable;

namespace Noctis.Benchmarks.Weather;

/// <summary>One facility is flooded, another is called meanwhile: how long it takes to answer an echo. See docs/benchmarks.md.</summary>
internal static class WeatherSuite
{
    public const string Help = """
          --parts A,B           of images, echoes, refusals, scan, stuck, silence, loris (default: all)
          --portal F            the folder with the portal's Release build (default: beside this one)
        """;

    private const int SilentConnections = 10_000;
    private const int SlowRequests = 200;

    /// <summary>As many as a facility may have associations.</summary>
    private const int SlowMessages = 10;

    /// <summary>What the median is to stay below, in milliseconds.</summary>
    private const double Goal = 250;

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(50);

    public static BenchmarkOptions Defaults { get; } = new() { Rounds = 3, Parts = ["images", "echoes", "refusals", "scan", "stuck", "silence", "loris"] };

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder(options.Folder);
        Surroundings.Print(folder.Path, options.Rounds);
        var settings = ProductSettings.Create(options.Portal, Path.Combine(folder.Path, "product"), facilities: 2);
        await ProductArchive.MigrateAsync(settings, cancellationToken);
        await using (var archive = new ProductArchive(settings.Configuration))
            await archive.AddFacilitiesAsync(settings.FirstPort, 2, cancellationToken);

        var files = FreshWorkload.CreateFolder(folder.Path);
        try
        {
            await MeasureAsync(options, settings, files, cancellationToken);
        }
        finally
        {
            files.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(BenchmarkOptions options, ProductSettings settings, DirectoryInfo files, CancellationToken cancellationToken)
    {
        await using var archive = new ProductArchive(settings.Configuration);
        var facilities = await archive.ListFacilitiesAsync(cancellationToken);
        await using var product = ProductProcess.Start(settings);
        await product.WaitUntilReadyAsync();
        var (flooded, quiet) = (facilities[0], facilities[1]);
        var echoes = options.IsQuick ? 40 : 200;

        // Compiled, and both sides settled, before anything counts.
        await MeasureEchoesAsync(quiet, echoes, cancellationToken);

        var storms = new List<Storm> { new("none", (_, _, token) => Task.Delay(Timeout.Infinite, token)) };
        if (options.Has("images"))
        {
            storms.Add(Storms.Images(new FreshWorkload(Workload.CreateSmall(files.FullName, options.IsQuick))));
            storms.Add(Storms.Images(new FreshWorkload(Workload.CreateCt(files.FullName, options.IsQuick))));
        }

        if (options.Has("echoes"))
            storms.Add(Storms.Echoes);
        if (options.Has("refusals"))
            storms.Add(Storms.Refusals);
        if (options.Has("scan"))
            storms.Add(Storms.Scan);
        if (options.Has("stuck"))
            storms.Add(Storms.StuckMessages(SlowMessages));
        if (options.Has("silence"))
            storms.Add(Storms.Silence(options.IsQuick ? 1000 : SilentConnections));
        if (options.Has("loris"))
            storms.Add(Storms.SlowLoris(SlowRequests));

        Console.WriteLine("\n### An echo of another facility while one is flooded: connect, associate, echo, release, ms\n");
        var table = new MarkdownTable("storm on the first facility", "of it, 1/s", "median", "95 %", "longest", "median to reach");
        foreach (var storm in storms)
        {
            var times = new List<double>();
            var tally = new StormTally();
            var clock = Stopwatch.StartNew();
            for (var round = 0; round < options.Rounds; round++)
                times.AddRange(await MeasureAsync(storm, tally, flooded, quiet, echoes, cancellationToken));
            times.Sort();
            table.Add(
                storm.Name, Number(tally.Count / clock.Elapsed.TotalSeconds), Number(Median.Of(times)), Number(times[(int)(times.Count * 0.95)]), Number(times[^1]),
                storm == storms[0] ? "" : Number(Goal));
            if (storm != storms[0] && tally.Count == 0)
                throw new InvalidOperationException($"The storm \"{storm.Name}\" did nothing. The product's last lines:{Environment.NewLine}{product.LastLines()}");
        }

        // It lives, and what was flooded answers again.
        await Echo.RunAsync(flooded, cancellationToken);
        Console.WriteLine($"\nResident memory afterwards: {ProcessFigures.ResidentBytes(product.Id) / 1024 / 1024} MB. The flooded facility answers.");
    }

    private static async Task<IReadOnlyList<double>> MeasureAsync(
        Storm storm, StormTally tally, Facility flooded, Facility quiet, int echoes, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var blowing = Task.Run(() => storm.BlowAsync(flooded, tally, end.Token), CancellationToken.None);
        await Task.WhenAny(blowing, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        var times = await MeasureEchoesAsync(quiet, echoes, cancellationToken);
        // Ended by itself, it has failed, and says why here.
        if (blowing.IsCompleted)
            await blowing;
        await end.CancelAsync();
        try
        {
            await blowing;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return times;
    }

    private static async Task<List<double>> MeasureEchoesAsync(Facility facility, int count, CancellationToken cancellationToken)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var clock = Stopwatch.StartNew();
            await Echo.RunAsync(facility, cancellationToken);
            times.Add(clock.Elapsed.TotalMilliseconds);
            await Task.Delay(Apart, cancellationToken);
        }

        return times;
    }
}
