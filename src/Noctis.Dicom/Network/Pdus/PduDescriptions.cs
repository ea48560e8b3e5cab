namespace Noctis.Dicom.Network.Pdus;

/// <summary>The codes of refusals and aborts in plain words, for logs, journals and error messages.</summary>
public static class PduDescriptions
{
    /// <summary>Describes a refusal (PS3.8 9.3.4, Table 9-21), for example "called AE title not recognized (permanent)".</summary>
    /// <param name="reject">The refusal.</param>
    public static string Describe(this AAssociateRj reject)
    {
        ArgumentNullException.ThrowIfNull(reject);
        var reason = reject.Reason switch
        {
            AssociateRejectReason.NoReasonGiven => "no reason given",
            AssociateRejectReason.ApplicationContextNameNotSupported => "application context name not supported",
            AssociateRejectReason.CallingAETitleNotRecognized => "calling AE title not recognized",
            AssociateRejectReason.CalledAETitleNotRecognized => "called AE title not recognized",
            AssociateRejectReason.NoReasonGivenByProvider => "no reason given by the upper layer",
            AssociateRejectReason.ProtocolVersionNotSupported => "protocol version not supported",
            AssociateRejectReason.TemporaryCongestion => "temporary congestion",
            AssociateRejectReason.LocalLimitExceeded => "local limit exceeded",
            _ => $"source {(byte)reject.Source}, reason {reject.ReasonCode}, which the standard does not define",
        };
        var result = reject.Result switch
        {
            AssociateRejectResult.RejectedPermanent => "permanent",
            AssociateRejectResult.RejectedTransient => "transient",
            _ => $"result {(byte)reject.Result}",
        };
        return $"{reason} ({result})";
    }

    /// <summary>Describes an abort (PS3.8 9.3.8, Table 9-26), for example "by the protocol: unexpected PDU".</summary>
    /// <param name="abort">The abort.</param>
    public static string Describe(this AAbort abort)
    {
        ArgumentNullException.ThrowIfNull(abort);
        return abort.Source switch
        {
            AbortSource.ServiceUser => "by the application",
            AbortSource.ServiceProvider => "by the protocol: " + abort.Reason switch
            {
                AbortReason.NotSpecified => "no reason given",
                AbortReason.UnrecognizedPdu => "unrecognized PDU",
                AbortReason.UnexpectedPdu => "unexpected PDU",
                AbortReason.UnrecognizedPduParameter => "unrecognized PDU parameter",
                AbortReason.UnexpectedPduParameter => "unexpected PDU parameter",
                AbortReason.InvalidPduParameterValue => "invalid PDU parameter value",
                _ => $"reason {(byte)abort.Reason}, which the standard does not define",
            },
            _ => $"source {(byte)abort.Source}, reason {(byte)abort.Reason}, which the standard does not define",
        };
    }

    /// <summary>Describes the answer to a presentation context (PS3.8 9.3.3.2, Table 9-18).</summary>
    /// <param name="result">The answer.</param>
    public static string Describe(this PresentationContextResult result) => result switch
    {
        PresentationContextResult.Acceptance => "accepted",
        PresentationContextResult.UserRejection => "rejected by the application",
        PresentationContextResult.NoReason => "rejected without a reason",
        PresentationContextResult.AbstractSyntaxNotSupported => "SOP class not supported",
        PresentationContextResult.TransferSyntaxesNotSupported => "none of the transfer syntaxes supported",
        _ => $"result {(byte)result}, which the standard does not define",
    };
}
