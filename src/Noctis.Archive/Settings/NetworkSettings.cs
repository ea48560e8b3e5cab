namespace Noctis.Archive.Settings;

/// <summary>Where and how patiently a facility's listener listens. AE title and port are the <see cref="Facilities.Facility"/>'s own.</summary>
public sealed record NetworkSettings
{
    /// <summary>The IP address to listen on; null for the server's (Dicom:BindAddress).</summary>
    public string? BindAddress { get; init; }

    /// <summary>Associations at a time; the next is rejected at once as local-limit-exceeded.</summary>
    public int MaxAssociations { get; init; } = 10;

    /// <summary>The longest P-DATA-TF PDU that is taken, in bytes (PS3.8 D.1).</summary>
    public int MaxPduLength { get; init; } = 131_072;

    /// <summary>Seconds that a peer may take nothing of what is sent to it, or leave a TLS handshake unfinished.</summary>
    public int NetworkTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds between the connection and the complete request for an association, and after its last word (ARTIM, PS3.8 9.1.5).</summary>
    public int AcseTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds that a peer may stand still inside a message.</summary>
    public int DimseTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds that an association may be silent between two messages. Modalities keep one open while the next image is taken.</summary>
    public int IdleTimeoutSeconds { get; init; } = 300;

    public TlsMode Tls { get; init; }

    /// <summary>Whether there is a listener at all; when not, the port is closed until this is switched on again.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether it starts with the server. When not, it waits to be started by hand.</summary>
    public bool StartsAutomatically { get; init; } = true;
}
