using Noctis.Archive.Jobs;

namespace Noctis.Portal.Jobs;

/// <summary>A job as its page shows it.</summary>
/// <param name="Job">What it is.</param>
/// <param name="Schedule">When it runs.</param>
/// <param name="Last">Its newest run; null when it never ran.</param>
/// <param name="State">What the scheduler says; null while the scheduler has not started, or when the job is off.</param>
public sealed record JobRow(JobDefinition Job, JobSchedule Schedule, JobRun? Last, JobState? State)
{
    /// <summary>A server that is busy, or has just started, runs what is due a little later.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public string Href => $"/admin/jobs/{Job.Name}";

    public bool IsRunning => Last?.Outcome == JobOutcome.Running;

    /// <summary>Nothing is to be gained by asking for it once more.</summary>
    public bool IsUnderWay => IsRunning || State?.IsRequested == true;

    /// <summary>When it should have run and did not; null while all is as planned, and for one that is paused, off or at work.</summary>
    public DateTime? OverdueSince(DateTime nowUtc)
    {
        if (Schedule.IsOff || IsUnderWay || State?.IsPaused == true)
            return null;
        // The scheduler names a time that is over; or there is none, and the history shows that nobody else runs it either.
        var due = State is not null ? State.NextUtc : Last is not null && Schedule.Interval is { } interval ? Last.StartedUtc + (3 * interval) : null;
        return due < nowUtc - Grace ? due : null;
    }
}
