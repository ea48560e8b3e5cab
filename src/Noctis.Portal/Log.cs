namespace Noctis.Portal;

/// <summary>What the portal logs. Event ids 6000 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(6000, LogLevel.Error, "A page failed; reference {Reference}")]
    public static partial void PageFailed(ILogger logger, string reference, Exception exception);

    [LoggerMessage(6001, LogLevel.Information, "Signed in: {UserId}")]
    public static partial void SignedIn(ILogger logger, Guid userId);

    [LoggerMessage(6002, LogLevel.Information, "Sign-in refused from {Address}: {Reason}")]
    public static partial void SignInRefused(ILogger logger, string address, string reason);

    [LoggerMessage(6003, LogLevel.Warning, "Wrong set-up code from {Address}")]
    public static partial void WrongSetupCode(ILogger logger, string address);

    [LoggerMessage(6004, LogLevel.Information, "First administrator made; the set-up code is used up")]
    public static partial void SetUp(ILogger logger);

    [LoggerMessage(6010, LogLevel.Error, "The studies of a facility could not be read")]
    public static partial void StudiesNotRead(ILogger logger, Exception exception);

    [LoggerMessage(6020, LogLevel.Error, "The trash of facility {FacilityId} could not be emptied at once; the job goes on with it")]
    public static partial void TrashNotEmptied(ILogger logger, Exception exception, Guid facilityId);

    [LoggerMessage(6030, LogLevel.Warning, "The traffic could not be read for the open dashboards")]
    public static partial void TrafficNotRead(ILogger logger, Exception exception);

    [LoggerMessage(6031, LogLevel.Warning, "The callers that wait in the inbox could not be counted; it is tried again at the next call")]
    public static partial void InboxNotCounted(ILogger logger, Exception exception);
}
