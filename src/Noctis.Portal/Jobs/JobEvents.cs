namespace Noctis.Portal.Jobs;

/// <summary>Tells pages of this process that a job began, ended or was changed. What other nodes run is read from the database.</summary>
public sealed class JobEvents(ILogger<JobEvents> logger)
{
    /// <summary>With the job's name, on the thread of whoever made the change: handlers return quickly.</summary>
    public event Action<string>? Changed;

    internal void Publish(string job)
    {
        foreach (var handler in Changed?.GetInvocationList() ?? [])
        {
            try
            {
                ((Action<string>)handler)(job);
            }
            catch (Exception exception)
            {
                // One page's trouble is not the job's.
                Log.JobHandlerFailed(logger, exception, job);
            }
        }
    }
}
