using Microsoft.Extensions.Logging;

namespace Noctis.Archive;

/// <summary>Ingest, studies and storage, 4200 and 4300.</summary>
internal static partial class Log
{
    [LoggerMessage(4200, LogLevel.Error, "The database does not take images: {Count} were answered with a failure and will be sent again by their devices.")]
    public static partial void IndexUnavailable(ILogger logger, Exception exception, int count);

    [LoggerMessage(4201, LogLevel.Error, "The database refused an image of facility {FacilityId}; its device was told so.")]
    public static partial void IndexRefused(ILogger logger, Exception exception, Guid facilityId);

    [LoggerMessage(4202, LogLevel.Debug, "The index writer's connection was lost.")]
    public static partial void IndexSessionLost(ILogger logger, Exception exception);

    [LoggerMessage(4203, LogLevel.Warning, "Whether an image of facility {FacilityId} reached the index is not known yet; asking again.")]
    public static partial void NotSettled(ILogger logger, Exception exception, Guid facilityId);

    [LoggerMessage(4204, LogLevel.Warning, "A subscriber to the studies of facility {FacilityId} failed.")]
    public static partial void SubscriberFailed(ILogger logger, Exception exception, Guid facilityId);

    [LoggerMessage(4205, LogLevel.Warning, "The way of an image into the index could not be tried before devices are let in: {Reason}")]
    public static partial void NotWarmedUp(ILogger logger, Exception? exception, string reason);

    [LoggerMessage(4300, LogLevel.Error, "Images of facility {FacilityId} are refused from now on, their devices are told: {Reason}. ({Detail})")]
    public static partial void Refused(ILogger logger, Exception? exception, Guid facilityId, string reason, string detail);

    [LoggerMessage(4305, LogLevel.Warning, "Images of facility {FacilityId} are still refused, {Count} since {Since:u}: {Reason}.")]
    public static partial void StillRefused(ILogger logger, Guid facilityId, long count, DateTime since, string reason);

    [LoggerMessage(4306, LogLevel.Information, "Images of facility {FacilityId} are stored again; {Count} were refused since {Since:u}.")]
    public static partial void StoredAgain(ILogger logger, Guid facilityId, long count, DateTime since);

    [LoggerMessage(4301, LogLevel.Warning, "A file of facility {FacilityId} that nobody needs could not be removed; the next start tries again.")]
    public static partial void NotRemoved(ILogger logger, Exception exception, Guid facilityId);

    [LoggerMessage(4304, LogLevel.Warning, "Files that nobody needs could not be removed for the moment; they are noted and tried again.")]
    public static partial void RemovalsFailed(ILogger logger, Exception exception);

    [LoggerMessage(4307, LogLevel.Error, "Images that are safe in the database cannot be written into their files for the moment; they are tried again each second.")]
    public static partial void HeldFilesFailed(ILogger logger, Exception exception);

    [LoggerMessage(4302, LogLevel.Information, "Cleaned up after an earlier run: {Unfinished} unfinished images removed, {Finished} finished ones confirmed.")]
    public static partial void Recovered(ILogger logger, int unfinished, int finished);

    [LoggerMessage(4303, LogLevel.Error, "A leftover of facility {FacilityId} could not be dealt with; the next start tries again.")]
    public static partial void NotRecovered(ILogger logger, Exception exception, Guid facilityId);
}
