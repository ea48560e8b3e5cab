namespace Noctis.Dicom.Network.Pdus;

/// <summary>Ends the association at once: A-ABORT (PS3.8 9.3.8, Table 9-26).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      PDU type, 07H
///  2      reserved, sent as 00H, not tested
///  3-6    PDU length, 00000004H
///  7-8    reserved, sent as 0000H, not tested
///  9      source
///  10     reason; sent as 00H and not significant when the source is the service user
/// </code>
/// </remarks>
/// <param name="source">Who aborts.</param>
/// <param name="reason">Why; of meaning only when the provider aborts.</param>
public sealed class AAbort(AbortSource source, AbortReason reason) : Pdu
{
    /// <summary>An abort wished by the application above the upper layer.</summary>
    public static AAbort ByServiceUser { get; } = new(AbortSource.ServiceUser, AbortReason.NotSpecified);

    /// <inheritdoc/>
    public override PduType Type => PduType.AAbort;

    /// <summary>Who aborts. A value that the standard does not define is kept as read.</summary>
    public AbortSource Source { get; } = source;

    /// <summary>Why. Of meaning only when <see cref="Source"/> is the provider; kept as read.</summary>
    public AbortReason Reason { get; } = reason;
}
