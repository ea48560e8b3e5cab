using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>How a <see cref="DicomClient"/> associates. Immutable.</summary>
public sealed record DicomClientOptions
{
    /// <summary>Name or address of the acceptor's host.</summary>
    public required string Host { get; init; }

    /// <summary>The acceptor's TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>TLS; null, the default, speaks in the clear.</summary>
    public DicomTlsClientOptions? Tls { get; init; }

    /// <summary>Our AE title.</summary>
    public required string CallingAETitle { get; init; }

    /// <summary>The acceptor's AE title.</summary>
    public required string CalledAETitle { get; init; }

    /// <summary>
    /// What to propose, at least one; see <see cref="Negotiation.PresentationContextBuilder"/>.
    /// </summary>
    public required IReadOnlyList<PresentationContextRq> PresentationContexts { get; init; }

    /// <summary>Roles to propose (PS3.7 D.3.3.4); none by default, so that we are SCU.</summary>
    public IReadOnlyList<RoleSelection> RoleSelections { get; init; } = [];

    /// <summary>SOP class extended negotiation to propose (PS3.7 D.3.3.5); the answers stand in <see cref="Association.FindExtendedNegotiation"/>.</summary>
    public IReadOnlyList<SopClassExtendedNegotiation> ExtendedNegotiations { get; init; } = [];

    /// <summary>
    /// What SOP classes are special cases of (PS3.7 D.3.3.6), for acceptors that do not know them but know the general one. Not answered.
    /// </summary>
    public IReadOnlyList<SopClassCommonExtendedNegotiation> CommonExtendedNegotiations { get; init; } = [];

    /// <summary>
    /// The asynchronous operations window to ask for (PS3.7 D.3.3.3); null, the default, asks for none. The answer stands in
    /// <see cref="Association.AsynchronousOperationsWindow"/>; this client does one operation at a time whatever it is.
    /// </summary>
    public AsynchronousOperationsWindow? AsynchronousOperationsWindow { get; init; }

    /// <summary>
    /// The user's identity (PS3.7 D.3.3.7); null to give none. What the acceptor answers, if asked, stands in
    /// <see cref="Association.UserIdentityResponse"/>; an acceptor that knows nothing of it leaves it out.
    /// </summary>
    public UserIdentityRq? UserIdentity { get; init; }

    /// <summary>
    /// What the peer may ask of us on this association, while we wait for an answer or by <see cref="DicomClient.ServeAsync"/>: the report of a
    /// storage commitment, for one. Default: nothing.
    /// </summary>
    public DimseServices Services { get; init; } = DimseServices.None;

    /// <summary>The longest P-DATA-TF body that we take, in bytes, from 4 KiB to 1 MiB. Default: 128 KiB.</summary>
    public uint MaxPduLength { get; init; } = 128 * 1024;

    /// <summary>UID of our implementation (PS3.7 D.3.3.2).</summary>
    public string ImplementationClassUid { get; init; } = DicomImplementation.ClassUID;

    /// <summary>Name of our implementation and version, 1 to 16 characters; null to leave it out.</summary>
    public string? ImplementationVersionName { get; init; } = DicomImplementation.VersionName;

    /// <summary>Our end of the connection, where it must be a certain one; port 0 takes a free port. Null leaves both to the system. Needs an address as <see cref="Host"/>.</summary>
    public IPEndPoint? LocalEndPoint { get; init; }

    /// <summary>Hears our end of the connection, once it is ours and before the peer can see anything of it. Needs <see cref="LocalEndPoint"/>.</summary>
    public Action<IPEndPoint>? Bound { get; init; }

    /// <summary>How long the connection may take to open. Default: 10 s, above three losses of the first packet.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the acceptor may take for the TLS handshake, to answer the request for an association, and its release; each for itself.
    /// Default: 30 s.
    /// </summary>
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the acceptor may stand still inside a message, or over an answer. Default: 60 s.</summary>
    public TimeSpan DimseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the acceptor may be silent between two answers of a C-FIND, C-MOVE or C-GET. Default: 5 minutes; some move a whole study, or
    /// fetch it from tape, before they say a word.
    /// </summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Hears of requests of the peer that were refused or failed here.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock of every timer.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPduLength, 4096u);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxPduLength, 1024u * 1024);
        Tls?.Validate();
    }
}
