namespace Noctis.Archive.Jobs;

/// <summary>How a run of a job ended. Stored by name.</summary>
public enum JobOutcome
{
    Running,
    Succeeded,
    Failed,

    /// <summary>Its node went away before it ended.</summary>
    Interrupted,
}
