using System.Net;
using Microsoft.Extensions.Logging;

namespace Noctis.Gateway;

/// <summary>
/// What the front door says. Event ids stand in the second halves of the ranges that Noctis.Dicom and Noctis.Archive begin:
/// 1500 listeners and admission, 2500 services, 4500 journal.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Information, "{Door} listens at {EndPoint}")]
    public static partial void ListenerStarted(ILogger logger, string door, IPEndPoint endPoint);

    [LoggerMessage(1501, LogLevel.Error, "{Door} cannot listen: {Reason} {Remedy} It is tried again until it can.")]
    public static partial void ListenerFailed(ILogger logger, string door, string reason, string remedy);

    [LoggerMessage(1502, LogLevel.Information, "{Door} no longer takes associations at {EndPoint}")]
    public static partial void ListenerStopping(ILogger logger, string door, IPEndPoint endPoint);

    [LoggerMessage(1503, LogLevel.Information, "{Door} has ended its associations at {EndPoint}")]
    public static partial void ListenerStopped(ILogger logger, string door, IPEndPoint endPoint);

    [LoggerMessage(1504, LogLevel.Error, "The listener of {Door} did not stop cleanly")]
    public static partial void ListenerStopFailed(ILogger logger, Exception exception, string door);

    [LoggerMessage(1505, LogLevel.Warning, "The facilities could not be read from the database; listeners go on as they are until it answers")]
    public static partial void DirectoryUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(1506, LogLevel.Warning, "A handler of listener or journal events failed")]
    public static partial void StatusHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(1507, LogLevel.Error, "Reconciling the listeners failed; it is tried again at the next cycle")]
    public static partial void ReconcileFailed(ILogger logger, Exception exception);

    [LoggerMessage(1508, LogLevel.Error, "{Door} could not be opened")]
    public static partial void ListenerStartFailed(ILogger logger, Exception exception, string door);

    [LoggerMessage(1509, LogLevel.Error, "The settings of facility {FacilityId} cannot be read; those read before stay in force, or else the defaults")]
    public static partial void SettingsUnreadable(ILogger logger, Exception exception, Guid facilityId);

    [LoggerMessage(1513, LogLevel.Error, "The certificate of facility {FacilityId} cannot be read: {Reason}")]
    public static partial void CertificateUnreadable(ILogger logger, Exception? exception, Guid facilityId, string reason);

    [LoggerMessage(1512, LogLevel.Information, "{Door} goes by other settings at {EndPoint}, for the associations to come")]
    public static partial void ListenerReconfigured(ILogger logger, string door, IPEndPoint endPoint);

    // What the toolkit logs of each refusal and failure is not said again; here stands what it cannot know.
    [LoggerMessage(1510, LogLevel.Information, "{Door}, about the refusal of {CallingAETitle} at {Address}: {AdministratorNote}")]
    public static partial void RefusedWithNote(ILogger logger, string door, string callingAETitle, IPAddress address, string administratorNote);

    [LoggerMessage(1511, LogLevel.Information, "{Door}, about the association of {CallingAETitle} at {Address}: {Reason}")]
    public static partial void NothingAccepted(ILogger logger, string door, string callingAETitle, IPAddress address, string reason);

    [LoggerMessage(1540, LogLevel.Warning, "{Door}, self-test: {Message}")]
    public static partial void SelfTestFailed(ILogger logger, string door, string message);

    [LoggerMessage(1541, LogLevel.Warning, "What the self-tests came to could not be kept; the next round comes")]
    public static partial void SelfTestsNotKept(ILogger logger, Exception exception);

    [LoggerMessage(4500, LogLevel.Warning, "{Count} journal rows could not be written and are tried again")]
    public static partial void JournalNotWritten(ILogger logger, Exception exception, int count);

    [LoggerMessage(4510, LogLevel.Warning, "The figures of the traffic could not be added to the database; they wait and are tried again every few seconds")]
    public static partial void TrafficNotWritten(ILogger logger, Exception exception);

    [LoggerMessage(4511, LogLevel.Error, "The figures of {Count} minutes and days of traffic were dropped: the database was away for too long")]
    public static partial void TrafficDropped(ILogger logger, long count);

    [LoggerMessage(4512, LogLevel.Warning, "What listeners did today before this server started, or on others, could not be read; it is tried again every few seconds")]
    public static partial void TodayNotRead(ILogger logger, Exception exception);

    [LoggerMessage(4501, LogLevel.Error, "{Count} journal rows were dropped: the database was too slow or away")]
    public static partial void JournalDropped(ILogger logger, long count);
}
