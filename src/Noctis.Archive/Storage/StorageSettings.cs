namespace Noctis.Archive.Storage;

/// <summary>How one facility's objects are kept. A facility without a row has the values that stand here.</summary>
public sealed class StorageSettings : ITenantOwned
{
    public const int DefaultWarnPercent = 80;
    public const int DefaultTrashDays = 30;

    public Guid FacilityId { get; set; }

    public StorageLayout Layout { get; set; }

    public FileNaming FileNaming { get; set; }

    public DuplicatePolicy DuplicatePolicy { get; set; }

    /// <summary>The most that the facility's studies and kept versions may take; null for no limit.</summary>
    public long? QuotaBytes { get; set; }

    /// <summary>From which share of the quota on to warn.</summary>
    public int WarnPercent { get; set; } = DefaultWarnPercent;

    public CleanUp CleanUp { get; set; }

    /// <summary>Days since its last image that a study is safe from clean-up. Deletes nothing by itself.</summary>
    public int? RetentionDays { get; set; }

    /// <summary>Days that a deleted study can be restored.</summary>
    public int TrashDays { get; set; } = DefaultTrashDays;

    /// <summary>The first number that no node has reserved for <see cref="FileNaming.Sequence"/>.</summary>
    public long NextSequence { get; set; } = 1;

    /// <summary>Counts changes by people, so that of two who save at once the second is told.</summary>
    public int Version { get; set; } = 1;
}
