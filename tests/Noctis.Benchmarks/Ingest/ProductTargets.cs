using Noctis.Archive.Database;
using Noctis.Benchmarks.Product;

namespace Noctis.Benchmarks.Ingest;

/// <summary>The names by which the product is a target: noctis-sqlite, noctis-postgresql, and either with the folder of another build after a colon.</summary>
internal static class ProductTargets
{
    public const string Sqlite = "noctis-sqlite";
    public const string PostgreSql = "noctis-postgresql";

    public static bool IsName(string name) => KindOf(name) is Sqlite or PostgreSql;

    public static bool NeedsServer(string name) => KindOf(name) is PostgreSql;

    /// <summary>Makes the target that a name stands for.</summary>
    /// <param name="name">The name.</param>
    /// <param name="build">The folder of this build.</param>
    /// <param name="folder">Where its data goes.</param>
    /// <param name="server">The server for PostgreSQL.</param>
    public static ProductTarget Create(string name, string build, string folder, PostgreSqlServer? server)
    {
        var kind = KindOf(name);
        var other = name.Length > kind.Length ? name[(kind.Length + 1)..] : null;
        var settings = On(kind, ProductSettings.Create(other ?? build, folder), server);
        return new ProductTarget(name, settings, settings.Database == DatabaseProviderKind.Sqlite ? null : server)
        {
            Rival = other is null ? null : kind,
        };
    }

    /// <summary>The same settings on the database that a name stands for, which is called as their folder is.</summary>
    public static ProductSettings On(string name, ProductSettings settings, PostgreSqlServer? server) => KindOf(name) == Sqlite ? settings : settings with
    {
        Database = DatabaseProviderKind.PostgreSql,
        ConnectionString = server!.ConnectionStringOf(Path.GetFileName(settings.Folder)),
    };

    private static string KindOf(string name) => name.Split(':')[0];
}
