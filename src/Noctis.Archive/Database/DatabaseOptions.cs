namespace Noctis.Archive.Database;

/// <summary>The section "Database" of the configuration; the connection string is ConnectionStrings:Noctis.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";
    public const string ConnectionStringName = "Noctis";

    /// <summary>Sqlite, SqlServer or PostgreSql; text, so that a wrong value can be answered with the right ones.</summary>
    public string Provider { get; set; } = nameof(DatabaseProviderKind.Sqlite);

    /// <summary>From ConnectionStrings:Noctis. Empty means, on SQLite, the file noctis.db in the folder of Storage:Path.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Statements sent together; null leaves it to the provider. At 1 SQL Server is never sent a MERGE.</summary>
    public int? MaxBatchSize { get; set; }

    /// <summary>SQL Server alone: the level of T-SQL that may be sent. 150 is SQL Server 2019.</summary>
    public int CompatibilityLevel { get; set; } = 150;

    /// <summary>Seconds until a statement is given up. A migration of a large table may take ten times as long.</summary>
    public int CommandTimeout { get; set; } = 30;

    /// <summary>Seconds that the server waits at its start for a database that does not answer yet, as after a power cut.</summary>
    public int StartTimeout { get; set; } = 60;

    public DatabaseProviderKind Kind =>
        TryParse(Provider, out var kind) ? kind : throw new InvalidOperationException(UnknownProvider(Provider));

    internal static bool TryParse(string? text, out DatabaseProviderKind kind) =>
        // Enum.TryParse takes numbers too, and "7" is no provider.
        Enum.TryParse(text, ignoreCase: true, out kind) && Enum.IsDefined(kind) && !int.TryParse(text, out _);

    /// <summary>What is wrong with the settings, each with its key and the fix; empty when they can be used.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!TryParse(Provider, out var kind))
        {
            yield return UnknownProvider(Provider);
            yield break;
        }

        if (kind != DatabaseProviderKind.Sqlite && string.IsNullOrWhiteSpace(ConnectionString))
            yield return $"ConnectionStrings:Noctis is empty. Database:Provider is {kind}: set it to a connection string of that server.";
        if (MaxBatchSize is < 1 or > 1000)
            yield return $"Database:MaxBatchSize is {MaxBatchSize}. Set it between 1 and 1000, or leave it out.";
        if (CompatibilityLevel is < 120 or > 200)
            yield return $"Database:CompatibilityLevel is {CompatibilityLevel}. Set it between 120 and 200, for example 150 for SQL Server 2019.";
        if (CommandTimeout is < 1 or > 3600)
            yield return $"Database:CommandTimeout is {CommandTimeout}. Set it between 1 and 3600 seconds.";
        if (StartTimeout is < 0 or > 3600)
            yield return $"Database:StartTimeout is {StartTimeout}. Set it between 0 and 3600 seconds.";
    }

    private static string UnknownProvider(string provider) =>
        $"Database:Provider is \"{provider}\". Set it to Sqlite, SqlServer or PostgreSql.";
}
