namespace Noctis.Portal;

/// <summary>Scheduled jobs, 5000.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Scheduled jobs run; this node is {Node}")]
    public static partial void SchedulerStarted(ILogger logger, string node);

    [LoggerMessage(5001, LogLevel.Error, "Scheduled jobs cannot run yet; it is tried again in {Seconds} s")]
    public static partial void SchedulerNotStarted(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(5002, LogLevel.Error, "The job {Job} failed; its next run comes as scheduled")]
    public static partial void JobFailed(ILogger logger, Exception exception, string job);

    [LoggerMessage(5003, LogLevel.Warning, "The job {Job} could not do its work: {Reason}")]
    public static partial void JobRefused(ILogger logger, string job, string reason);

    [LoggerMessage(5004, LogLevel.Information, "The job {Job} was cut short, because the server stops")]
    public static partial void JobInterrupted(ILogger logger, string job);

    [LoggerMessage(5005, LogLevel.Error, "A run of the job {Job} could not be written down")]
    public static partial void RunNotRecorded(ILogger logger, Exception exception, string job);

    [LoggerMessage(5006, LogLevel.Warning, "The scheduler's store holds the job {Job}, which this version of Noctis does not know")]
    public static partial void UnknownJob(ILogger logger, string job);

    [LoggerMessage(5007, LogLevel.Warning, "A page failed to take note of the job {Job}")]
    public static partial void JobHandlerFailed(ILogger logger, Exception exception, string job);
}
