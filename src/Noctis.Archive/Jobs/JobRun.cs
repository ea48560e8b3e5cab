namespace Noctis.Archive.Jobs;

/// <summary>One run of a scheduled job, on whatever node.</summary>
public sealed class JobRun
{
    internal const int JobLength = 64;
    internal const int ResultLength = 1000;
    internal const int NodeLength = 128;
    internal const int RequestedByLength = 256;

    public long Id { get; set; }

    public string Job { get; set; } = "";

    public DateTime StartedUtc { get; set; }

    public DateTime? FinishedUtc { get; set; }

    public JobOutcome Outcome { get; set; }

    /// <summary>What it did, or why it failed, in a sentence; empty when there was nothing to do.</summary>
    public string Result { get; set; } = "";

    /// <summary>The node that ran it.</summary>
    public string Node { get; set; } = "";

    public JobCause Cause { get; set; }

    /// <summary>Who asked for it; empty when the schedule did.</summary>
    public string RequestedBy { get; set; } = "";
}
