using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Database;

/// <summary>What a failure says of the database, for those who use it through the archive.</summary>
public static class DatabaseFaults
{
    /// <summary>Whether the database did not answer, as opposed to answering with an error: the same may succeed when it is back.</summary>
    public static bool IsUnavailable(Exception exception) => DatabaseProvider.IsAway(exception);
}
