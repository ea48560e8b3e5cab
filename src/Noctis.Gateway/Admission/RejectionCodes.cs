using Noctis.Archive.Journal;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Gateway.Admission;

/// <summary>What goes over the wire for each refusal (PS3.8 9.3.4, Table 9-21); the sentence stays with us.</summary>
internal static class RejectionCodes
{
    public static (AssociateRejectResult Result, AssociateRejectReason Reason) For(JournalCode code) => code switch
    {
        JournalCode.CalledTitleWrong or JournalCode.CalledTitleCaseDiffers or JournalCode.CalledTitleSpacingDiffers or JournalCode.TitlesSwapped =>
            (AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CalledAETitleNotRecognized),

        JournalCode.CallingTitleUnknown or JournalCode.CallingTitleCaseDiffers or JournalCode.CallingTitleSpacingDiffers
            or JournalCode.CallerAmbiguous or JournalCode.DeviceInactive or JournalCode.AddressUnexpected =>
            (AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CallingAETitleNotRecognized),

        // Neither title is at fault: an engineer who reads of one would look in the wrong place.
        JournalCode.NetworkNotAllowed =>
            (AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven),

        JournalCode.LimitReached =>
            (AssociateRejectResult.RejectedTransient, AssociateRejectReason.LocalLimitExceeded),

        // Suspended, archived, going: both titles are known, so none of the title reasons is true, and the table has no
        // other. Transient, because a facility is suspended to be resumed: a sender then keeps its images and tries again.
        JournalCode.FacilityNotActive =>
            (AssociateRejectResult.RejectedTransient, AssociateRejectReason.NoReasonGiven),

        // The table knows nothing of TLS; permanent, because trying again in the clear never helps.
        JournalCode.TlsRequired =>
            (AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven),

        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a reason to refuse an association."),
    };
}
