namespace Noctis.Archive.Database;

/// <summary>The value of the setting Database:Provider.</summary>
public enum DatabaseProviderKind
{
    /// <summary>The embedded default: one file in the storage folder, one server process.</summary>
    Sqlite,
    SqlServer,
    PostgreSql,
}
