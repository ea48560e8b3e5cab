using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks.Ingest;

/// <summary>The whole product beside Orthanc, dcmtk and the disk itself, flush and index included. See docs/benchmarks.md for what the figures mean.</summary>
internal static class IngestSuite
{
    public const string Help = """
          --targets A,B         of disk, dcmtk, orthanc, noctis-sqlite, noctis-postgresql (default: all), and noctis-sqlite:FOLDER
                                or noctis-postgresql:FOLDER, the portal's Release build of another state
          --parts A,B           of ct, small (default: both)
          --portal F            the folder with the portal's Release build (default: beside this one)
        """;

    public static BenchmarkOptions Defaults { get; } = new()
    {
        Targets = ["disk", "dcmtk", "orthanc", ProductTargets.Sqlite, ProductTargets.PostgreSql],
        Parts = ["ct", "small"],
    };

    /// <summary>What ours is to reach, by the name of the other.</summary>
    private static readonly Dictionary<string, double> Goals = new() { ["dcmtk"] = 0.8, ["orthanc"] = 3 };

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder(options.Folder);
        await using var server = options.Targets.Any(ProductTargets.NeedsServer) ? await PostgreSqlServer.StartAsync(folder.Path) : null;
        Surroundings.Print(
            folder.Path, options.Rounds,
            Surroundings.VersionOf("storescp"), Surroundings.VersionOf("Orthanc"), server is null ? "SQLite" : $"PostgreSQL {server.Version}");
        StoreTarget[] targets = [.. options.Targets.Select((name, at) => CreateTarget(name, at, options, folder.Path, server))];
        await StoreTables.RunFreshAsync(options, folder.Path, targets, Goals, cancellationToken);
        return 0;
    }

    private static StoreTarget CreateTarget(string name, int at, BenchmarkOptions options, string parent, PostgreSqlServer? server)
    {
        var folder = Path.Combine(parent, FormattableString.Invariant($"target{at}"));
        return name switch
        {
            "disk" => new DiskTarget(folder),
            "dcmtk" => new DcmtkTarget(folder, maxPduLength: null),
            "orthanc" => new OrthancTarget(folder),
            _ when ProductTargets.IsName(name) => ProductTargets.Create(name, options.Portal, folder, server),
            _ => throw new ArgumentException($"{name} is no target."),
        };
    }
}
