using Microsoft.Extensions.Logging;

namespace Noctis.Archive;

/// <summary>Rows against files, 4320 to 4339.</summary>
internal static partial class Log
{
    [LoggerMessage(4320, LogLevel.Error, "The file of image {InstanceId} of facility {FacilityId} is faulty: {Why}.")]
    public static partial void FaultFound(ILogger logger, Guid facilityId, long instanceId, string why);

    [LoggerMessage(4321, LogLevel.Warning, "A file of facility {FacilityId} that no row named was put into the index: {Path}.")]
    public static partial void OrphanIndexed(ILogger logger, Guid facilityId, string path);

    [LoggerMessage(4322, LogLevel.Warning, "A file of facility {FacilityId} that no row named took the place of a faulty one: {Path}.")]
    public static partial void OrphanRepaired(ILogger logger, Guid facilityId, string path);

    [LoggerMessage(4323, LogLevel.Warning, "A file of facility {FacilityId} that no row named is kept as a version of its image: {Path}.")]
    public static partial void OrphanKept(ILogger logger, Guid facilityId, string path);

    [LoggerMessage(4324, LogLevel.Information, "A file of facility {FacilityId} that no row named was removed, since its image is there: {Path}.")]
    public static partial void OrphanRemoved(ILogger logger, Guid facilityId, string path);

    [LoggerMessage(4325, LogLevel.Warning, "A file of facility {FacilityId} that no row named is no readable DICOM file and lies in lost/ now: {Path}.")]
    public static partial void OrphanLost(ILogger logger, Guid facilityId, string path);

    [LoggerMessage(4326, LogLevel.Warning, "A file of facility {FacilityId} that no row names could not be dealt with: {Path}.")]
    public static partial void OrphanLeft(ILogger logger, Exception? exception, Guid facilityId, string path);
}
