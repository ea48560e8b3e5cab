namespace Noctis.Dicom.Network.Pdus;

/// <summary>Application information for one SOP class (PS3.7 D.3.3.5, Table D.3-11).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 56H
///  2      reserved
///  3-4    item length
///  5-6    UID length n
///  7-     SOP class UID
///  7+n-   service class application information, to the end of the item
/// </code>
/// </remarks>
/// <param name="SopClassUid">The SOP class.</param>
/// <param name="ApplicationInformation">Bytes whose meaning the service class defines.</param>
public sealed record SopClassExtendedNegotiation(string SopClassUid, ReadOnlyMemory<byte> ApplicationInformation);
