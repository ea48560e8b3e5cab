namespace Noctis.Archive.Storage;

/// <summary>How a file's name begins; what follows tells copies apart, so that two objects never share a file. Stored by name.</summary>
public enum FileNaming
{
    SopInstanceUid,

    /// <summary>Instance Number (0020,0013), six digits at least.</summary>
    InstanceNumber,

    /// <summary>When it arrived, in UTC to the millisecond.</summary>
    Timestamp,

    /// <summary>A number that counts up within the facility; after a restart some are left out.</summary>
    Sequence,
}
