using Noctis.Archive.Settings;
using Noctis.Benchmarks.Ingest;
using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;
using static Noctis.Benchmarks.Measuring.MarkdownTable;

namespace Noctis.Benchmarks.Journal;

/// <summary>What the journal costs ingest: the product that keeps none, with its own rows, and with thousands more a second. See docs/benchmarks.md.</summary>
internal static class JournalSuite
{
    public const string Help = """
          --targets A,B         of noctis-sqlite, noctis-postgresql (default: both)
          --parts A,B           of ct, small (default: both)
          --portal F            the folder with the portal's Release build (default: beside this one)
        """;

    private const string Silent = "no rows";
    private const string Own = "own rows";
    private const string Fed = "and 5,000/s";
    private const int RowsPerSecond = 5_000;

    private static readonly Dictionary<string, double> Goals = new() { [Own] = 0.95 };

    public static BenchmarkOptions Defaults { get; } = new()
    {
        Targets = [ProductTargets.Sqlite, ProductTargets.PostgreSql],
        Parts = ["ct", "small"],
        Associations = [4],
    };

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        using var folder = new BenchmarkFolder(options.Folder);
        foreach (var target in options.Targets)
            await RunAsync(target, options, Directory.CreateDirectory(Path.Combine(folder.Path, target)).FullName, cancellationToken);
        return 0;
    }

    private static async Task RunAsync(string database, BenchmarkOptions options, string folder, CancellationToken cancellationToken)
    {
        await using var server = ProductTargets.NeedsServer(database) ? await PostgreSqlServer.StartAsync(folder) : null;
        Surroundings.Print(folder, options.Rounds, server is null ? "SQLite" : $"PostgreSQL {server.Version}");
        JournalTarget[] targets =
        [
            new(Silent, await PrepareAsync("silent", FacilitySettings.Default with { Logging = new LoggingSettings { Connections = false, Files = false } }), server, 0),
            new(Own, await PrepareAsync("own", FacilitySettings.Default), server, 0) { Rivals = [Silent] },
            new(Fed, await PrepareAsync("fed", FacilitySettings.Default), server, RowsPerSecond) { Rivals = [Silent, Own] },
        ];
        await StoreTables.RunFreshAsync(options, folder, targets, Goals, cancellationToken);
        var fed = targets[^1];
        Console.WriteLine($"\nRows written beside those of the objects: {Number(fed.Rows)}, {Number(fed.RowsPerSecond)} a second until the last was in the database; lost: {fed.Lost}.");

        async Task<ProductSettings> PrepareAsync(string name, FacilitySettings facility)
        {
            var settings = ProductTargets.On(database, ProductSettings.Create(options.Portal, Path.Combine(folder, name), facilities: 2), server);
            await ProductArchive.MigrateAsync(settings, cancellationToken);
            await using var archive = new ProductArchive(settings.Configuration);
            // The second facility is the one whose rows are fed.
            var facilities = await archive.AddFacilitiesAsync(settings.FirstPort, 2, cancellationToken, settings: facility);
            return settings with
            {
                Environment = new Dictionary<string, string?>
                {
                    ["DOTNET_STARTUP_HOOKS"] = typeof(JournalFeed).Assembly.Location,
                    ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(JournalFeed).Assembly.GetName().Name,
                    [JournalFeed.FolderKey] = settings.Folder,
                    [JournalFeed.FacilityKey] = facilities[1].Id.ToString(),
                },
            };
        }
    }
}
