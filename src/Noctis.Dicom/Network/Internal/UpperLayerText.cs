using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;

namespace Noctis.Dicom.Network.Internal;

/// <summary>What happens on a connection, in words for the engineer at the other end.</summary>
internal static class UpperLayerText
{
    public static string Describe(TimeSpan time) =>
        time.TotalSeconds < 120 ? $"{time.TotalSeconds:0.#} seconds" : $"{time.TotalMinutes:0.#} minutes";

    public static string Name(PduType type) => type switch
    {
        PduType.AAssociateRq => "A-ASSOCIATE-RQ",
        PduType.AAssociateAc => "A-ASSOCIATE-AC",
        PduType.AAssociateRj => "A-ASSOCIATE-RJ",
        PduType.PDataTf => "P-DATA-TF",
        PduType.AReleaseRq => "A-RELEASE-RQ",
        PduType.AReleaseRp => "A-RELEASE-RP",
        _ => "A-ABORT",
    };

    public static string Place(UpperLayerState state) => state switch
    {
        UpperLayerState.Sta2 => "where an A-ASSOCIATE-RQ has to come first",
        UpperLayerState.Sta3 => "before its request for an association was answered",
        UpperLayerState.Sta5 => "instead of an answer to the request for an association",
        UpperLayerState.Sta6 => "on an association that is already established",
        _ => "while the association was being released",
    };

    public static string Describe(AAbort abort)
    {
        if (abort.Source == AbortSource.ServiceUser)
            return "The peer aborted the association (A-ABORT, source: service user).";
        var reason = abort.Reason switch
        {
            AbortReason.NotSpecified => "no reason given",
            AbortReason.UnrecognizedPdu => "it met a PDU that it does not know",
            AbortReason.UnexpectedPdu => "it met a PDU that it did not expect",
            AbortReason.UnrecognizedPduParameter => "it met a PDU parameter that it does not know",
            AbortReason.UnexpectedPduParameter => "it met a PDU parameter that it did not expect",
            AbortReason.InvalidPduParameterValue => "it met a PDU parameter whose value it takes for invalid",
            _ => $"reason {(byte)abort.Reason}",
        };
        return $"The peer aborted the association (A-ABORT, source: service provider, {reason}).";
    }

    /// <summary>What a stranger chose to call itself must not be able to write lines of its own into a log.</summary>
    public static string Printable(string title) =>
        string.Create(title.Length, title, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
}
