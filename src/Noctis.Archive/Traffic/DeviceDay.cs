namespace Noctis.Archive.Traffic;

/// <summary>What one registered device did on one day: the habit by which its silence is noticed.</summary>
public sealed class DeviceDay : ITenantOwned
{
    public const int DaysKept = 400;

    public Guid FacilityId { get; init; }

    /// <summary>No foreign key: the figures outlive the device.</summary>
    public long DeviceId { get; init; }

    /// <summary>In UTC.</summary>
    public DateOnly Day { get; init; }

    public int Associations { get; set; }

    public int Images { get; set; }

    public long Bytes { get; set; }
}
