using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Parsing;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks;

/// <summary>The toolkit beside others: receiving, memory, parsing. See docs/benchmarks.md for what the figures mean.</summary>
internal static class ToolkitSuite
{
    public const string Help = """
          --targets A,B         of dcmtk, dcmtk-128k, orthanc, noctis (default: all), and noctis:PROGRAM,
                                the Noctis.Benchmarks of another build
          --parts A,B           of ct, small, nagle, memory, headers (default: all); nagle has half the rounds
        """;

    private const string OtherBuild = "noctis:";
    private const int Pdu128K = 128 * 1024;

    public static BenchmarkOptions Defaults { get; } = new()
    {
        Targets = ["dcmtk", "dcmtk-128k", "orthanc", "noctis"],
        Parts = ["ct", "small", "nagle", "memory", "headers"],
    };

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder(options.Folder);
        Surroundings.Print(folder.Path, options.Rounds, Surroundings.VersionOf("storescp"), Surroundings.VersionOf("Orthanc"));
        if (options.Has("ct") || options.Has("small"))
            await StoreAsync(options, folder.Path, cancellationToken);
        if (options.Has("memory"))
            await LargeObject.RunAsync(folder.Path, options.IsQuick, cancellationToken);
        if (options.Has("headers"))
            HeaderBenchmark.Run(options, folder.Path, cancellationToken);
        return 0;
    }

    private static async Task StoreAsync(BenchmarkOptions options, string folder, CancellationToken cancellationToken)
    {
        StoreTarget[] targets =
        [
            .. options.Targets.Select<string, StoreTarget>(name => name switch
            {
                "dcmtk" => new DcmtkTarget(Path.Combine(folder, name), maxPduLength: null),
                "dcmtk-128k" => new DcmtkTarget(Path.Combine(folder, name), Pdu128K),
                "orthanc" => new OrthancTarget(Path.Combine(folder, name)),
                "noctis" => new NoctisTarget(Path.Combine(folder, name)),
                _ when name.StartsWith(OtherBuild, StringComparison.Ordinal) =>
                    new NoctisTarget(Path.Combine(folder, "noctis-other"), name[OtherBuild.Length..]),
                _ => throw new ArgumentException($"{name} is no target."),
            }),
        ];
        try
        {
            var tables = new StoreTables(options, targets, new StoreBenchmark(targets));
            if (options.Has("ct"))
                await tables.RunAsync(Workload.CreateCt(folder, options.IsQuick), cancellationToken);
            if (options.Has("small"))
                await tables.RunAsync(Workload.CreateSmall(folder, options.IsQuick), cancellationToken);
        }
        finally
        {
            foreach (var target in targets)
                await target.DisposeAsync();
        }
    }
}
