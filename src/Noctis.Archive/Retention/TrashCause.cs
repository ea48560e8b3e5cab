namespace Noctis.Archive.Retention;

/// <summary>Why a study went to the trash. Stored by name.</summary>
public enum TrashCause
{
    /// <summary>Somebody deleted it.</summary>
    Person,

    /// <summary>It was past its facility's retention days.</summary>
    Retention,

    /// <summary>The facility's quota was reached.</summary>
    Quota,

    /// <summary>The server's floor of free space was reached.</summary>
    FreeSpace,
}
