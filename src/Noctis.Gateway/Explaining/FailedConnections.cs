using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Explaining;

/// <summary>Explains connections that ended before there was an association: other protocols, TLS, silence.</summary>
internal static class FailedConnections
{
    /// <summary>What whoever waits for a device is told of a connection without a byte; nobody else hears of it.</summary>
    public const string ClosedUnused =
        "The connection was opened and closed again without a word: the network lets it through, but no DICOM was spoken. That is what a port test does.";

    /// <summary>Explains a failure at a door.</summary>
    public static Explanation Explain(ConnectionFailure failure, Door door) => new(CodeOf(failure.Kind, failure.Ending), Sentence(failure, door));

    internal static JournalCode CodeOf(ConnectionFailureKind kind, AssociationEnding ending) => kind switch
    {
        ConnectionFailureKind.Silent => JournalCode.SilentConnection,
        ConnectionFailureKind.RequestIncomplete => ending == AssociationEnding.ConnectionLost ? JournalCode.ConnectionLost : JournalCode.TimedOut,
        ConnectionFailureKind.InvalidRequest => JournalCode.ProtocolError,
        ConnectionFailureKind.AbortedByPeer => JournalCode.PeerAborted,
        ConnectionFailureKind.TlsOnPlainPort => JournalCode.TlsUnexpected,
        ConnectionFailureKind.PlainOnTlsPort => JournalCode.TlsExpected,
        ConnectionFailureKind.Http or ConnectionFailureKind.OtherProtocol => JournalCode.ForeignProtocol,
        ConnectionFailureKind.TlsHandshakeStalled or ConnectionFailureKind.TlsHandshakeFailed => JournalCode.TlsFailed,
        ConnectionFailureKind.TlsOurCertificateRefused or ConnectionFailureKind.TlsCertificateNameMismatch => JournalCode.TlsOurCertificateRefused,
        ConnectionFailureKind.TlsCertificateMissing => JournalCode.TlsCertificateMissing,
        ConnectionFailureKind.TlsCertificateUntrusted or ConnectionFailureKind.TlsCertificateRevoked => JournalCode.TlsCertificateUntrusted,
        ConnectionFailureKind.TlsCertificateExpired => JournalCode.TlsCertificateExpired,
        ConnectionFailureKind.TooManyConnections => JournalCode.LimitReached,
        ConnectionFailureKind.Stopped => JournalCode.ServerStopping,
        ConnectionFailureKind.InternalError => JournalCode.InternalError,
        _ => EndedAssociations.CodeOf(ending),
    };

    private static string Sentence(ConnectionFailure failure, Door door) => failure.Kind switch
    {
        ConnectionFailureKind.TlsOnPlainPort when door.IsShared =>
            "The device speaks TLS, and the shared door takes plain DICOM. Let it call its facility's own port, or switch TLS off on the device.",
        ConnectionFailureKind.TlsOnPlainPort =>
            "The device speaks TLS, and this port takes plain DICOM. Switch TLS off on the device, or on for this facility under Settings, TLS.",
        ConnectionFailureKind.PlainOnTlsPort =>
            "The device speaks plain DICOM, and this port takes DICOM over TLS only. Switch TLS on at the device, or off for this facility under Settings, TLS.",
        ConnectionFailureKind.Http =>
            "HTTP was spoken to this port, which takes DICOM: a browser, a monitor or a security scanner. The web pages are on another port.",
        ConnectionFailureKind.OtherProtocol when failure.Reason.Contains("SSH", StringComparison.Ordinal) =>
            "SSH was spoken to this port, which takes DICOM. Whatever calls from there has the wrong port.",
        ConnectionFailureKind.OtherProtocol =>
            "What came is no DICOM: another program than a DICOM device called this port. Point it at its own, or find out what runs at that address.",
        ConnectionFailureKind.Silent =>
            $"{Remedies.Plain(failure.Reason)} A port test, a firewall that lets the connection through and holds back what follows, or a device that waits for something else: compare TLS on both sides.",
        ConnectionFailureKind.RequestIncomplete =>
            $"{Remedies.Plain(failure.Reason)} It had sent {Bytes(failure.BytesReceived)} of its request: a device that was switched off, or a way on which large packets are lost. "
            + "Try again; if it always stops there, ask the network's administrator for the MTU of the way.",
        _ => Remedies.With(failure.Reason, CodeOf(failure.Kind, failure.Ending)),
    };

    private static string Bytes(long count) => count == 1 ? "1 byte" : $"{count} bytes";
}
