using Noctis.Archive.Facilities;

namespace Noctis.Archive.Storage;

/// <summary>What one facility takes.</summary>
public sealed record FacilityStorage
{
    public required Guid FacilityId { get; init; }

    public required string Name { get; init; }

    public required FacilityState State { get; init; }

    public long Studies { get; init; }

    public long Instances { get; init; }

    /// <summary>Of its studies.</summary>
    public long Bytes { get; init; }

    /// <summary>Of kept older versions.</summary>
    public long VersionBytes { get; init; }

    public long TrashStudies { get; init; }

    public long TrashBytes { get; init; }

    /// <summary>Of what waits in quarantine.</summary>
    public long QuarantineBytes { get; init; }

    public long? QuotaBytes { get; init; }

    /// <summary>From which share of the quota on to warn.</summary>
    public int WarnPercent { get; init; } = StorageSettings.DefaultWarnPercent;

    /// <summary>Bytes a day over the last <see cref="StorageHistory.GrowthDays"/> days.</summary>
    public long GrowthPerDay { get; init; }

    /// <summary>What the quota counts: studies, kept versions and quarantine, not the trash.</summary>
    public long CountedBytes => Bytes + VersionBytes + QuarantineBytes;

    /// <summary>All that it takes on disk.</summary>
    public long TotalBytes => Bytes + VersionBytes + QuarantineBytes + TrashBytes;

    /// <summary>The share of the quota that is used, 1 for all of it; null without a quota.</summary>
    public double? QuotaShare => QuotaBytes is > 0 and { } quota ? (double)CountedBytes / quota : null;

    public bool IsFull => CountedBytes >= QuotaBytes;

    /// <summary>Whether the quota is used from its warning mark on.</summary>
    public bool IsNearQuota => QuotaShare * 100 >= WarnPercent;

    /// <summary>Days until the quota is used up, if it goes on like this.</summary>
    public int? DaysUntilQuota => QuotaBytes is { } quota ? StorageForecast.DaysUntil(quota - CountedBytes, GrowthPerDay) : null;
}
