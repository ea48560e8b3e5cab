namespace Noctis.Archive.Jobs;

/// <summary>How far a job that goes through the whole archive has come, so that it goes on there after a restart, on whatever node.</summary>
public sealed class JobCursor
{
    public string Job { get; set; } = "";

    public string Value { get; set; } = "";

    public DateTime UpdatedUtc { get; set; }
}
