using System.Net;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>How a <see cref="DicomListener"/> listens. Immutable.</summary>
public sealed record DicomListenerOptions
{
    /// <summary>
    /// The address to listen on. Default: every address, of IPv4 and IPv6 alike; of IPv4 alone where the system has no IPv6.
    /// </summary>
    public IPAddress Address { get; init; } = IPAddress.IPv6Any;

    /// <summary>The TCP port; 0 lets the system choose one, to be read from <see cref="DicomListener.LocalEndPoint"/>.</summary>
    public required int Port { get; init; }

    /// <summary>
    /// TLS; null, the default, listens in the clear. A port is one or the other: a peer of the other kind is turned away with the reason.
    /// </summary>
    public DicomTlsServerOptions? Tls { get; init; }

    /// <summary>
    /// How an abstract syntax (UID) is negotiated; null from it means that the SOP class is not supported. Thread safe.
    /// Default: null, as the services want it that the listener is given.
    /// </summary>
    public Func<string, AbstractSyntaxPolicy?>? FindAbstractSyntax { get; init; }

    /// <summary>
    /// A SOP class that is not supported is taken like the first related general one that is, where the requestor names such (SOP class
    /// common extended negotiation, PS3.7 D.3.3.6). Default: false.
    /// </summary>
    public bool AcceptsRelatedGeneralSopClasses { get; init; }

    /// <summary>
    /// The most associations at a time. One more is rejected at once: transient, local limit exceeded. Default: 64, several
    /// for each device of a large hospital; each takes about half a megabyte when it is busy.
    /// </summary>
    public int MaxAssociations { get; init; } = 64;

    /// <summary>
    /// The most associations at a time from one address. One more is rejected at once: transient, local limit exceeded. Default: null,
    /// no limit of its own, since a whole hospital may stand behind one address, and everybody does behind a load balancer.
    /// </summary>
    public int? MaxAssociationsPerPeer { get; init; }

    /// <summary>
    /// The most connections that have no association, because they have not asked for one yet, are still in their TLS handshake, or are
    /// being refused. Beyond it the oldest of the address that has the most of them is closed. Default: 64; a device in good order is in
    /// this state for milliseconds.
    /// </summary>
    public int MaxPendingConnections { get; init; } = 64;

    /// <summary>What it shares with other listeners: how many such connections all of them may have. Default: null, nothing.</summary>
    public ConnectionAllowance? PendingAllowance { get; init; }

    /// <summary>
    /// The longest P-DATA-TF body that we take, in bytes, from 4 KiB to 1 MiB. Default: 128 KiB, the most that dcmtk sends, and
    /// beyond which throughput hardly grows.
    /// </summary>
    public uint MaxPduLength { get; init; } = 128 * 1024;

    /// <summary>UID of our implementation (PS3.7 D.3.3.2).</summary>
    public string ImplementationClassUid { get; init; } = DicomImplementation.ClassUID;

    /// <summary>Name of our implementation and version, 1 to 16 characters; null to leave it out.</summary>
    public string? ImplementationVersionName { get; init; } = DicomImplementation.VersionName;

    /// <summary>
    /// The ARTIM timer (PS3.8 9.1.5): how long a connection may go without asking for an association, and how long we wait for the
    /// peer to close after the last word. Default: 30 s, what the DICOM world commonly sets.
    /// </summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an association may be idle between two messages. Default: 5 minutes, since some modalities keep one open while
    /// the next image is taken.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long the peer may send nothing more of a message that it has begun, or less than 240 bytes a second of it: who sends a byte
    /// now and then keeps no association open. Default: 60 s.
    /// </summary>
    public TimeSpan DimseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the peer may take nothing of what is sent to it, or leave a TLS handshake unfinished, though never longer than
    /// <see cref="ArtimTimeout"/> lets it. A peer that has vanished without a word, such as behind a cut line, is noticed by the system's
    /// own probes once it has been silent for as long, and given up after as long again. Default: 30 s.
    /// </summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether each connection without TLS is received by a thread of its own, on which its services run too until they have to wait:
    /// up to <see cref="MaxAssociations"/> and <see cref="MaxPendingConnections"/> threads, most of them asleep, and a
    /// thousand for all listeners together, beyond which the pool serves. Default: on Linux, where it was measured to save up to
    /// half of the processor's time for an object (docs/benchmarks.md); elsewhere the pool does it all.
    /// </summary>
    public bool ThreadPerConnection { get; init; } = OperatingSystem.IsLinux();

    /// <summary>Connections that the system holds until we accept them. Default: 512, what Kestrel has.</summary>
    public int Backlog { get; init; } = 512;

    /// <summary>What may be held of a peer's request for an association.</summary>
    internal PduLimits Limits => PduLimits.ForAnnounced(MaxPduLength);

    internal AcceptorPolicy ToPolicy(Func<string, AbstractSyntaxPolicy?> findAbstractSyntax) => new()
    {
        FindAbstractSyntax = FindAbstractSyntax ?? findAbstractSyntax,
        MaximumLength = MaxPduLength,
        ImplementationClassUid = ImplementationClassUid,
        ImplementationVersionName = ImplementationVersionName,
        AcceptsRelatedGeneralSopClasses = AcceptsRelatedGeneralSopClasses,
    };

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, IPEndPoint.MaxPort);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAssociations, 1);
        if (MaxAssociationsPerPeer is { } perPeer)
            ArgumentOutOfRangeException.ThrowIfLessThan(perPeer, 1, nameof(MaxAssociationsPerPeer));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPendingConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPduLength, 4096u);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPduLength, 1024u * 1024);
        Tls?.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ArtimTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(IdleTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DimseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(NetworkTimeout, TimeSpan.Zero);
    }
}
