using Noctis.Archive.Jobs;

namespace Noctis.Portal.Jobs;

/// <summary>A job as its page shows it.</summary>
/// <param name="Job">What it is.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="Last">Its newest run; null when it never ran.</param>
/// <param name="State">What the scheduler says; null while the scheduler has not started, or when the job is off.</param>
public sealed record JobRow(JobDefinition Job, JobSchedule Schedule, JobRun? Last, JobState? State)
{
    public string Href => $"/admin/jobs/{Job.Name}";

    public bool IsRunning => Last?.Outcome == JobOutcome.Running;

    /// <summary>Nothing is to be gained by asking for it once more.</summary>
    public bool IsUnderWay => IsRunning || State?.IsRequested == true;
}
