using Microsoft.Extensions.Logging;

namespace Noctis.Archive;

/// <summary>
/// The archive's log lines: 4000 database, 4100 facilities and accounts, 4200 ingest and studies, 4300 storage. Never patient names,
/// ids or data sets.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "The database is {Provider}: {Database}.")]
    public static partial void DatabaseInUse(ILogger logger, string provider, string database);

    [LoggerMessage(4001, LogLevel.Information, "The database {Database} is brought up to date: {Count} migrations, the last is {Last}.")]
    public static partial void DatabaseMigrating(ILogger logger, string database, int count, string last);

    [LoggerMessage(4002, LogLevel.Warning, "The database {Database} does not answer ({Reason}). Trying again for {Seconds} s.")]
    public static partial void DatabaseNotAnswering(ILogger logger, string database, string reason, int seconds);

    [LoggerMessage(4003, LogLevel.Critical, "{Message}")]
    public static partial void DatabaseUnusable(ILogger logger, string message);

    [LoggerMessage(4100, LogLevel.Information, "Facility {FacilityId} ({AETitle}, port {Port}): {Action} by {Actor}.")]
    public static partial void FacilityChanged(ILogger logger, Guid facilityId, string aeTitle, int port, string action, string actor);

    [LoggerMessage(4101, LogLevel.Information, "Facility {FacilityId} is gone: {Rows} rows and its files were removed.")]
    public static partial void FacilityDeleted(ILogger logger, Guid facilityId, long rows);

    [LoggerMessage(4102, LogLevel.Error, "Facility {FacilityId} could not be removed; it is tried again in {Seconds} s.")]
    public static partial void FacilityDeletionFailed(ILogger logger, Exception exception, Guid facilityId, double seconds);

    [LoggerMessage(4470, LogLevel.Error, "The database does not take a row of the journal, which is dropped")]
    public static partial void JournalRowRefused(ILogger logger, Exception exception);
}
