using Noctis.Archive.Database;
using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Product;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks.Ingest;

/// <summary>The whole product: portal, front door, index and all. It runs on, on the same data, as it does for years.</summary>
/// <param name="database">The name of its kind, before the colon of another build's name.</param>
/// <param name="settings">Where it is.</param>
/// <param name="server">The server of its database; null on SQLite.</param>
/// <param name="otherBuild">The folder that another build was named by; null for this one.</param>
internal sealed class ProductTarget(string database, ProductSettings settings, PostgreSqlServer? server, string? otherBuild) : StoreTarget
{
    public const string Sqlite = "noctis-sqlite";
    public const string PostgreSql = "noctis-postgresql";

    private ProductProcess? _product;
    private ProductArchive? _archive;
    private long _instances;

    public override string Name => otherBuild is null ? database : $"{database}:{otherBuild}";

    public override bool IsOurs => otherBuild is null;

    // .NET compiles while a program runs, in steps, and has settled after some thousand objects.
    public override int WarmUpRounds => 6;

    public override bool WaitsForNagle => false;

    public static bool IsName(string name) => KindOf(name) is Sqlite or PostgreSql;

    public static bool NeedsServer(string name) => KindOf(name) is PostgreSql;

    /// <summary>Makes the target that a name stands for.</summary>
    /// <param name="name">noctis-sqlite or noctis-postgresql, and the folder of another build after a colon.</param>
    /// <param name="build">The folder of this build.</param>
    /// <param name="folder">Where its data goes.</param>
    /// <param name="server">The server for PostgreSQL.</param>
    public static ProductTarget Create(string name, string build, string folder, PostgreSqlServer? server)
    {
        var kind = KindOf(name);
        var other = name.Length > kind.Length ? name[(kind.Length + 1)..] : null;
        var settings = ProductSettings.Create(other ?? build, folder);
        return kind == Sqlite
            ? new ProductTarget(kind, settings, server: null, other)
            : new ProductTarget(kind, settings with
            {
                Database = DatabaseProviderKind.PostgreSql,
                ConnectionString = server!.ConnectionStringOf(other is null ? "noctis" : "noctis_other"),
            }, server, other);
    }

    /// <summary>One with the same database in another build tells what has changed.</summary>
    public override bool IsComparedWith(StoreTarget ours) => !IsOurs && ours is ProductTarget target && KindOf(target.Name) == database;

    public override async Task PrepareAsync()
    {
        if (_product is null)
        {
            Directory.CreateDirectory(settings.Folder);
            _product = ProductProcess.Start(settings);
            await _product.WaitUntilReadyAsync();
            _archive = new ProductArchive(settings);
            await _archive.AddFacilitiesAsync(1, CancellationToken.None);
            await _product.WaitForPortAsync(settings.FirstPort);
        }
        else
        {
            Empty(ObjectFolder);
        }

        _instances = await _archive!.CountInstancesAsync();
    }

    public override Task<TimeSpan> StoreAsync(Workload workload, int associations, bool nagle, CancellationToken cancellationToken) =>
        Senders.SendAsync(workload, settings.FirstPort, associations, nagle, cancellationToken);

    public override double CpuSeconds() =>
        ProcessFigures.CpuSeconds(_product!.Id) + (server is null ? 0 : ProcessFigures.CpuSeconds(server.ProcessId));

    public override async Task CheckAsync(int count, long bytes)
    {
        CheckFiles(ObjectFolder, count, bytes);
        var added = await _archive!.CountInstancesAsync() - _instances;
        if (added != count)
            throw new InvalidOperationException($"{Name} has indexed {added} of {count} objects.");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_archive is not null)
            await _archive.DisposeAsync();
        if (_product is not null)
            await _product.DisposeAsync();
    }

    private string ObjectFolder => Path.Combine(settings.DataFolder, "facilities");

    private static string KindOf(string name) => name.Split(':')[0];
}
