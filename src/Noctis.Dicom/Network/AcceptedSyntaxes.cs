using System.Collections.Frozen;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Network;

/// <summary>Ready-made answers to proposed abstract syntaxes.</summary>
public static class AcceptedSyntaxes
{
    private static readonly FrozenSet<string> UncompressedSyntaxes = new[]
    {
        DicomUID.ImplicitVRLittleEndian.Value,
        DicomUID.ExplicitVRLittleEndian.Value,
        DicomUID.ExplicitVRBigEndian.Value,
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly AbstractSyntaxPolicy Verification = new() { AcceptsTransferSyntax = UncompressedSyntaxes.Contains };

    private static readonly AbstractSyntaxPolicy Storage = new()
    {
        AcceptsTransferSyntax = uid => DicomTransferSyntax.Lookup(uid) is { IsDatasetEncoding: true },
    };

    /// <summary>Verification alone (PS3.4 annex A).</summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    public static AbstractSyntaxPolicy? VerificationOnly(string abstractSyntax) =>
        abstractSyntax == DicomUID.Verification.Value ? Verification : null;

    /// <summary>
    /// Verification, and every storage SOP class of PS3.4 annex B, retired ones included: objects as they are, in any transfer syntax
    /// of the standard in which data sets are encoded, the one the sender proposes first.
    /// </summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    public static AbstractSyntaxPolicy? VerificationAndStorage(string abstractSyntax) =>
        VerificationOnly(abstractSyntax) ?? (IsStorage(abstractSyntax) ? Storage : null);

    // Retired storage classes are out of the list of PS3.4 but still sent by devices in the field; their names tell them.
    private static bool IsStorage(string abstractSyntax) => DicomUID.Find(abstractSyntax) is { } uid
        && (uid.IsStorageSopClass
            || (uid is { IsRetired: true, Type: DicomUIDType.SopClass } && uid.Keyword.Contains("Storage", StringComparison.Ordinal)
                && !uid.Keyword.Contains("StorageCommitment", StringComparison.Ordinal)));
}
