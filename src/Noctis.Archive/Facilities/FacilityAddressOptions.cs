namespace Noctis.Archive.Facilities;

/// <summary>What the section "Dicom" of the configuration says about where facilities can be reached.</summary>
public sealed class FacilityAddressOptions
{
    public const string Section = "Dicom";

    /// <summary>The address that listeners bind to; a port counts as free when it can be bound here.</summary>
    public string BindAddress { get; set; } = "0.0.0.0";

    /// <summary>The host name or address that whoever configures a scanner is shown; empty when it is that of the browser's address.</summary>
    public string PublicHost { get; set; } = "";

    /// <summary>The ports that are proposed to new facilities.</summary>
    public PortRange PortRange { get; set; } = new();

    /// <summary>The shared door, which no facility can have for itself; 0 when there is none.</summary>
    public int SharedPort { get; set; } = 11112;

    /// <summary>The AE title of the shared door, which no facility can have for itself.</summary>
    public string ServerAETitle { get; set; } = "NOCTIS_SERVER";

    internal IEnumerable<string> Faults()
    {
        if (!System.Net.IPAddress.TryParse(BindAddress, out _))
            yield return $"Dicom:BindAddress is \"{BindAddress}\". Set it to an IP address of this machine, or to 0.0.0.0 for all of them.";
        if (PortRange.First is < 1 or > 65535 || PortRange.Last is < 1 or > 65535 || PortRange.Last < PortRange.First)
            yield return $"Dicom:PortRange is {PortRange.First} to {PortRange.Last}. Set First and Last between 1 and 65535, First not above Last.";
        if (SharedPort is < 0 or > 65535)
            yield return $"Dicom:SharedPort is {SharedPort}. Set it between 1 and 65535, or to 0 for no shared door.";
        if (AETitleRules.Fault(ServerAETitle) is { } fault)
            yield return $"Dicom:ServerAETitle is \"{ServerAETitle}\". {fault}";
    }
}
