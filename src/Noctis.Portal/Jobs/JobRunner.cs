using System.Data.Common;
using Noctis.Archive;
using Noctis.Archive.Jobs;
using Quartz;

namespace Noctis.Portal.Jobs;

/// <summary>
/// What Quartz runs for every job of the list: opens a scope, calls the job that the key names, and writes down what came of it.
/// The store remembers this one class, so that jobs can be renamed and moved freely. Whatever fails ends this run alone.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class JobRunner(JobList jobs, ServerNode node, IServiceScopeFactory scopes, JobHistory history, JobEvents events, JobMetrics metrics, ILogger<JobRunner> logger) : IJob
{
    /// <summary>In the data of a trigger that a person has set off: who.</summary>
    public const string RequestedBy = "RequestedBy";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        if (jobs.Find(name) is not { } job)
        {
            // Another node runs a newer version, which has put it there.
            Log.UnknownJob(logger, name);
            return;
        }

        try
        {
            var requestedBy = context.MergedJobDataMap.TryGetValue(RequestedBy, out var person) ? person as string : null;
            var run = await history.BeginAsync(job.Name, node.Process, requestedBy, cancellationToken);
            events.Publish(job.Name);
            var (outcome, result) = await RunAsync(job, cancellationToken);
            metrics.Ended(job.Name, outcome);
            // Not with the token: that a run was cut short is to be written down too.
            await history.FinishAsync(run, outcome, result, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before it began.
        }
        catch (Exception exception)
        {
            Log.RunNotRecorded(logger, exception, job.Name);
        }

        events.Publish(job.Name);
    }

    private async Task<(JobOutcome Outcome, string Result)> RunAsync(JobDefinition job, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var instance = (IScheduledJob)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, job.Type);
            var result = await instance.RunAsync(cancellationToken);
            if (result.IsSuccess)
                return (JobOutcome.Succeeded, result.Value);
            Log.JobRefused(logger, job.Name, result.Error.Message);
            return (JobOutcome.Failed, result.Error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.JobInterrupted(logger, job.Name);
            return (JobOutcome.Interrupted, "Cut short, because the server stopped. The next run goes on from there.");
        }
        catch (Exception exception)
        {
            Log.JobFailed(logger, exception, job.Name);
            return (JobOutcome.Failed, Explain(exception));
        }
    }

    /// <summary>In plain words; an exception's own text can hold names of files and rows, and is for the log.</summary>
    private static string Explain(Exception exception) => exception switch
    {
        _ when IsOfTheDatabase(exception) => "The database did not answer, or refused a statement. The server's log says more; the next run tries again.",
        IOException or UnauthorizedAccessException => "The disk or a folder could not be used. The server's log says more; the next run tries again.",
        _ => "It met an error that was not foreseen. The server's log says more; the next run tries again.",
    };

    private static bool IsOfTheDatabase(Exception? exception) =>
        exception is not null && (exception is DbException || IsOfTheDatabase(exception.InnerException));
}
