using Noctis.Archive.Database;

namespace Noctis.Testing.Databases;

/// <summary>Which database servers tests can use here.</summary>
public static class TestServers
{
    public const string PostgreSqlVariable = "NOCTIS_TEST_POSTGRES";
    public const string SqlServerVariable = "NOCTIS_TEST_SQLSERVER";

    public static string? PostgreSqlConnectionString => Variable(PostgreSqlVariable);

    public static string? SqlServerConnectionString => Variable(SqlServerVariable);

    /// <summary>Why tests on this database are skipped; null when they run.</summary>
    public static string? SkipReason(DatabaseProviderKind kind) => kind switch
    {
        DatabaseProviderKind.PostgreSql when PostgreSqlConnectionString is null && PrivatePostgreSqlServer.BinFolder is null && Variable("CI") != "true" =>
            $"No PostgreSQL: install Debian's package postgresql, or set {PostgreSqlVariable} to a connection string.",
        DatabaseProviderKind.SqlServer when SqlServerConnectionString is null =>
            $"No SQL Server: set {SqlServerVariable} to a connection string.",
        _ => null,
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
