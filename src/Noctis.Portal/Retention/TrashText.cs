using Noctis.Archive;
using Noctis.Archive.Retention;
using Noctis.Portal.Components;

namespace Noctis.Portal.Retention;

/// <summary>How studies went, and when they go for good, as people say it.</summary>
internal static class TrashText
{
    /// <summary>Who did it: a person's name, or what the server does by itself.</summary>
    public static string By(TrashedStudy trashed) => trashed.ActorKind == ActorKind.Job ? "Clean-up" : trashed.ActorName;

    /// <summary>For what went by itself; null for what a person deleted.</summary>
    public static string? Cause(TrashCause cause) => cause switch
    {
        TrashCause.Retention => "Retention",
        TrashCause.Quota => "Quota",
        TrashCause.FreeSpace => "Full disk",
        _ => null,
    };

    /// <summary>"in 29 days", "in 5 hours", "at any moment": the job comes by every few minutes.</summary>
    public static string In(TimeSpan left) => left switch
    {
        { TotalHours: < 1 } => "at any moment",
        { TotalDays: < 1 } => "in " + SizeText.Count((int)left.TotalHours, "hour"),
        _ => "in " + SizeText.Count((int)Math.Round(left.TotalDays), "day"),
    };

    /// <summary>Until when a study, or each of several, can be had back.</summary>
    public static string HowLong(int trashDays, int studies = 1) => trashDays == 0
        ? $"The trash keeps nothing here: {(studies == 1 ? "it goes" : "they go")} for good within minutes."
        : $"{(studies == 1 ? "It" : "Each")} can be restored from the trash for {SizeText.Count(trashDays, "day")}.";
}
