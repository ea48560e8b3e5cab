namespace Noctis.Gateway;

/// <summary>
/// The part of the configuration's section Dicom that concerns how listeners treat their callers. Where they listen and what
/// they are called is in <see cref="Archive.Facilities.FacilityAddressOptions"/>, which facilities are checked against too.
/// </summary>
public sealed class GatewayOptions
{
    public const string Section = "Dicom";

    /// <summary>Associations at a time on each listener; the next is rejected as "local limit exceeded", and may try again.</summary>
    public int MaxAssociations { get; set; } = 32;

    /// <summary>The largest PDU we announce to receive (PS3.8 D.1). 128 KiB is the most that dcmtk sends; more makes no object arrive faster.</summary>
    public int MaxPduLength { get; set; } = 131_072;

    /// <summary>How long an association may be silent between two messages. Modalities keep one open while the next image is taken.</summary>
    public int IdleSeconds { get; set; } = 300;

    /// <summary>How long running associations may go on after their facility was suspended or its port changed.</summary>
    public static TimeSpan DrainLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long they may go on when the server stops; the host waits a little longer.</summary>
    public int DrainSeconds { get; set; } = 15;
}
