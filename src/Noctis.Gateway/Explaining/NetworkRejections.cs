using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Gateway.Explaining;

/// <summary>Explains associations that the network refused by its own rules, before those of the facility were asked.</summary>
internal static class NetworkRejections
{
    public static Explanation Explain(AssociateRejection rejection)
    {
        var code = CodeOf(rejection);
        return new Explanation(code, Remedies.With(rejection.Explanation, code));
    }

    public static JournalCode CodeOf(AssociateRejection rejection) => rejection.Kind switch
    {
        ConnectionFailureKind.Stopped => JournalCode.ServerStopping,
        ConnectionFailureKind.InternalError => JournalCode.InternalError,
        ConnectionFailureKind.PlainOnTlsPort => JournalCode.TlsExpected,
        _ when rejection.Reason is AssociateRejectReason.LocalLimitExceeded or AssociateRejectReason.TemporaryCongestion => JournalCode.LimitReached,
        _ => JournalCode.ProtocolError,
    };
}
