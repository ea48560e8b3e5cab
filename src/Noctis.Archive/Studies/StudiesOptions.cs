namespace Noctis.Archive.Studies;

/// <summary>The configuration section <c>Studies</c>.</summary>
public sealed class StudiesOptions
{
    public const string Section = "Studies";

    /// <summary>A study for which nothing has come for this long counts as complete. Scanners pause between series: less than a minute is often too soon.</summary>
    public int CompleteAfterSeconds { get; set; } = 60;

    public TimeSpan CompleteAfter => TimeSpan.FromSeconds(CompleteAfterSeconds);
}
