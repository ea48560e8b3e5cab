namespace Noctis.Archive.Storage;

/// <summary>The storage of the whole installation, as it is at one moment.</summary>
public sealed record StorageOverview
{
    /// <summary>The size of the disk; 0 where the system does not say.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>What may still be written; null where the system does not say.</summary>
    public required long? FreeBytes { get; init; }

    /// <summary>The free space below which images are refused.</summary>
    public required long FloorBytes { get; init; }

    /// <summary>The free space below which pages warn.</summary>
    public required long WarnBytes { get; init; }

    public required StorageHistory History { get; init; }

    /// <summary>The largest first; empty until statistics were taken for the first time.</summary>
    public required IReadOnlyList<ModalityStorage> Modalities { get; init; }

    /// <summary>In no order.</summary>
    public required IReadOnlyList<FacilityStorage> Facilities { get; init; }

    /// <summary>All that facilities take on disk.</summary>
    public long UsedBytes => Facilities.Sum(facility => facility.TotalBytes);

    public bool IsAtFloor => FreeBytes <= FloorBytes;

    /// <summary>Days until the floor is reached, if it goes on like this.</summary>
    public int? DaysUntilFloor => FreeBytes is { } free ? StorageForecast.DaysUntil(free - FloorBytes, History.GrowthPerDay) : null;
}
