namespace Noctis.Dicom.Network.Pdus;

/// <summary>The answer to a proposed presentation context (PS3.8 9.3.3.2, Table 9-18).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 21H
///  2      reserved, sent as 00H, not tested
///  3-4    item length
///  5      presentation context id, odd, 1 to 255
///  6      reserved, sent as 00H, not tested
///  7      result, 0 to 4
///  8      reserved, sent as 00H, not tested
///  9-     one transfer syntax sub-item (40H); not significant when the result is not 0
/// </code>
/// </remarks>
/// <param name="Id">The id of the proposed context.</param>
/// <param name="Result">Accepted, or why not.</param>
/// <param name="TransferSyntax">UID of the transfer syntax; empty or without meaning when not accepted.</param>
public sealed record PresentationContextAc(byte Id, PresentationContextResult Result, string TransferSyntax);
