namespace Noctis.Archive.Jobs;

/// <summary>Why a job ran. Stored by name.</summary>
public enum JobCause
{
    Schedule,
    Person,
}
