using Microsoft.Extensions.Logging;

namespace Noctis.Archive;

/// <summary>Retention and trash, 4400.</summary>
internal static partial class Log
{
    [LoggerMessage(4400, LogLevel.Warning, "The files of study {StudyId} of facility {FacilityId}, which is in the trash, could not be removed; it is tried again.")]
    public static partial void TrashNotRemoved(ILogger logger, Exception exception, Guid facilityId, long studyId);
}
