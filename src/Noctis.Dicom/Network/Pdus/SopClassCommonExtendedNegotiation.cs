namespace Noctis.Dicom.Network.Pdus;

/// <summary>The service class and the related general SOP classes of one SOP class (PS3.7 D.3.3.6, Table D.3-12).</summary>
/// <remarks>
/// <code>
///  byte   field
///  1      item type, 57H
///  2      sub-item version, 00H
///  3-4    item length
///  5-6    SOP class UID length n
///  7-     SOP class UID
///  7+n    service class UID length m (2 bytes), service class UID
///  9+n+m  length of the related general SOP classes (2 bytes), then for each: UID length (2 bytes), UID
/// </code>
/// </remarks>
/// <param name="SopClassUid">The SOP class.</param>
/// <param name="ServiceClassUid">The service class that it belongs to.</param>
/// <param name="RelatedGeneralSopClassUids">The more general SOP classes as which its instances may be taken.</param>
public sealed record SopClassCommonExtendedNegotiation(
    string SopClassUid, string ServiceClassUid, IReadOnlyList<string> RelatedGeneralSopClassUids);
