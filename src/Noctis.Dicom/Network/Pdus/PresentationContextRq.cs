namespace Noctis.Dicom.Network.Pdus;

/// <summary>A presentation context as proposed (PS3.8 9.3.2.2, Table 9-13).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 20H
///  2      reserved, sent as 00H, not tested
///  3-4    item length
///  5      presentation context id, odd, 1 to 255
///  6-8    reserved, sent as 00H, not tested
///  9-     one abstract syntax sub-item (30H), one or more transfer syntax sub-items (40H)
/// </code>
/// </remarks>
/// <param name="Id">The context's id: odd, unique in the association.</param>
/// <param name="AbstractSyntax">UID of the SOP class or meta SOP class.</param>
/// <param name="TransferSyntaxes">UIDs of the transfer syntaxes, in the order proposed.</param>
public sealed record PresentationContextRq(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);
