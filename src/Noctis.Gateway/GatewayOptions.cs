namespace Noctis.Gateway;

/// <summary>
/// The part of the configuration's section Dicom that concerns how listeners treat their callers. Where they listen and what
/// they are called is in <see cref="Archive.Facilities.FacilityAddressOptions"/>, which facilities are checked against too.
/// </summary>
public sealed class GatewayOptions
{
    public const string Section = "Dicom";

    /// <summary>
    /// The shared door takes <see cref="SharedDoorWorth"/> times as many associations at a time; the next is rejected as "local limit
    /// exceeded", and may try again. How many each facility may have is in its settings.
    /// </summary>
    public int MaxAssociations { get; set; } = 32;

    /// <summary>
    /// Associations that one address may run at a time at one port; 0, the default, sets none beside the facility's own number, since a
    /// whole hospital may stand behind one address, and everybody does behind a load balancer.
    /// </summary>
    public int MaxAssociationsPerAddress { get; set; }

    /// <summary>
    /// Connections at one port that have no association: that have not asked for one yet, or are being refused. Beyond it the oldest of the
    /// address that has the most of them is closed. A device in good order is in this state for milliseconds.
    /// </summary>
    public int MaxPendingConnections { get; set; } = 64;

    /// <summary>The same for all ports together, so that nobody has a thousand times as much who calls a thousand ports. Each takes some tens of kilobytes.</summary>
    public int MaxPendingConnectionsInAll { get; set; } = 2048;

    /// <summary>How many busy facilities the shared door serves at once before it is full.</summary>
    public const int SharedDoorWorth = 8;

    /// <summary>The largest PDU that the shared door announces to receive (PS3.8 D.1). 128 KiB is the most that dcmtk sends; more makes no object arrive faster.</summary>
    public int MaxPduLength { get; set; } = 131_072;

    /// <summary>How long an association of the shared door may be silent between two messages. Modalities keep one open while the next image is taken.</summary>
    public int IdleSeconds { get; set; } = 300;

    /// <summary>How long running associations may go on after their facility was suspended, or its listener restarted by hand.</summary>
    public static TimeSpan DrainLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>How long they may go on after the listener was stopped by hand: enough for the image that is on its way.</summary>
    public static TimeSpan StopLimit { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long they may go on when the server stops; the host waits a little longer.</summary>
    public int DrainSeconds { get; set; } = 15;
}
