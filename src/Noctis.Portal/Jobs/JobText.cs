using Noctis.Archive.Jobs;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Jobs;

/// <summary>Runs and times of jobs as people say them.</summary>
internal static class JobText
{
    /// <summary>"in a moment", "in 12 s", "in 5 min", then a time of the day.</summary>
    public static string Next(DateTime utc, Viewer viewer, DateTime nowUtc) => (utc - nowUtc) switch
    {
        { TotalSeconds: < 2 } => "in a moment",
        { TotalSeconds: < 60 } wait => $"in {(int)wait.TotalSeconds} s",
        { TotalMinutes: < 60 } wait => $"in {(int)wait.TotalMinutes} min",
        { TotalDays: < 1 } when viewer.ToLocal(utc).Date == viewer.ToLocal(nowUtc).Date => $"at {viewer.ToLocal(utc).ToString("HH:mm", Viewer.Culture)}",
        { TotalDays: < 2 } when viewer.ToLocal(utc).Date == viewer.ToLocal(nowUtc).Date.AddDays(1) => $"tomorrow at {viewer.ToLocal(utc).ToString("HH:mm", Viewer.Culture)}",
        _ => viewer.ToLocal(utc).ToString("ddd d MMM, HH:mm", Viewer.Culture),
    };

    /// <summary>How long it took, or has taken so far; null for one that was cut off, of which nobody knows.</summary>
    public static string? Duration(JobRun run, DateTime nowUtc) => run switch
    {
        { Outcome: JobOutcome.Running } => TimeText.Duration(Max(nowUtc - run.StartedUtc)),
        { Outcome: JobOutcome.Interrupted, Result: JobHistory.NodeGone } or { FinishedUtc: null } => null,
        _ => TimeText.Duration(Max(run.FinishedUtc.Value - run.StartedUtc)),
    };

    public static string Result(JobRun run) => run switch
    {
        { Result.Length: > 0 } => run.Result,
        { Outcome: JobOutcome.Succeeded } => "There was nothing to do.",
        _ => "",
    };

    /// <summary>A sentence on all of them.</summary>
    public static string Verdict(IReadOnlyList<JobRow> rows)
    {
        var failed = rows.Where(row => row.Last?.Outcome == JobOutcome.Failed).ToList();
        var paused = rows.Count(row => row.State?.IsPaused == true);
        var state = failed.Count switch
        {
            0 => "None failed its last run.",
            1 => $"{failed[0].Job.Title} failed its last run.",
            _ => $"{SizeText.Count(failed.Count)} failed their last run.",
        };
        return $"{SizeText.Count(rows.Count, "job")}. {state}{(paused == 0 ? "" : $" {SizeText.Count(paused)} paused.")}";
    }

    // The clocks of two nodes differ by a little.
    private static TimeSpan Max(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;
}
