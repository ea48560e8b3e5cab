using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Network;

/// <summary>The acceptor refused the association (PS3.8 9.3.4).</summary>
/// <param name="rejection">What it answered.</param>
public sealed class AssociationRejectedException(AAssociateRj rejection)
    : DicomNetworkException(Describe(rejection))
{
    /// <summary>Whether trying again can help.</summary>
    public AssociateRejectResult Result { get; } = rejection.Result;

    /// <summary>Who rejected.</summary>
    public AssociateRejectSource RejectSource { get; } = rejection.Source;

    /// <summary>Why; implies the source.</summary>
    public AssociateRejectReason Reason { get; } = rejection.Reason;

    private static string Describe(AAssociateRj rejection)
    {
        var why = rejection.Reason switch
        {
            AssociateRejectReason.NoReasonGiven or AssociateRejectReason.NoReasonGivenByProvider => "it gives no reason",
            AssociateRejectReason.ApplicationContextNameNotSupported => "it does not support the application context name",
            AssociateRejectReason.CallingAETitleNotRecognized => "it does not know the calling AE title",
            AssociateRejectReason.CalledAETitleNotRecognized => "it does not know the called AE title",
            AssociateRejectReason.ProtocolVersionNotSupported => "it does not support the protocol version",
            AssociateRejectReason.TemporaryCongestion => "it is congested",
            AssociateRejectReason.LocalLimitExceeded => "a limit of its own is exceeded",
            _ => "the reason is none of the standard",
        };
        var again = rejection.Result == AssociateRejectResult.RejectedTransient ? "; trying again later may help" : "";
        return $"The peer rejects the association: {why}{again} (result {(byte)rejection.Result}, source {(byte)rejection.Source}, reason {rejection.ReasonCode}).";
    }
}
