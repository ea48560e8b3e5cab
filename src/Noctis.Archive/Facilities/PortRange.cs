namespace Noctis.Archive.Facilities;

/// <summary>Both ends are in the range.</summary>
public sealed class PortRange
{
    public int First { get; set; } = 11113;

    // Room for 2,000 facilities, below the ports that systems hand out for outgoing connections.
    public int Last { get; set; } = 13112;
}
