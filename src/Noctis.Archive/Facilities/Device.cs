namespace Noctis.Archive.Facilities;

/// <summary>A modality, workstation or other system that may send to its facility.</summary>
public sealed class Device : ITenantOwned
{
    public const int DescriptionMaxLength = 200;
    public const int AddressMaxLength = 253;

    public long Id { get; init; }

    public Guid FacilityId { get; init; }

    /// <summary>What the device calls itself, in its own upper and lower case, because it can often not be changed there. Unique in its facility; see <see cref="AETitleRules"/>.</summary>
    public required string AETitle { get; set; }

    public string Description { get; set; } = "";

    /// <summary>IP address or host name the device must call from; null when any will do.</summary>
    public string? ExpectedAddress { get; set; }

    public bool IsActive { get; set; } = true;

    public DateTime CreatedUtc { get; init; }

    public DateTime? LastSeenUtc { get; set; }

    /// <summary>Where it last called from.</summary>
    public string? LastSeenAddress { get; set; }
}
