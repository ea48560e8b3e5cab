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
        AcceptsTransferSyntax = IsDatasetEncoding,
    };

    private static readonly AbstractSyntaxPolicy StorageToRequestor = new()
    {
        AcceptsTransferSyntax = IsDatasetEncoding,
        RequestorMayBeScu = false,
        RequestorMayBeScp = true,
    };

    private static readonly AbstractSyntaxPolicy PlainDatasets = new()
    {
        AcceptsTransferSyntax = uid => DicomTransferSyntax.Lookup(uid) is { IsDatasetEncoding: true, IsEncapsulated: false, IsPixelDataReferenced: false },
    };

    /// <summary>Verification alone (PS3.4 annex A).</summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    public static AbstractSyntaxPolicy? VerificationOnly(string abstractSyntax) =>
        abstractSyntax == DicomUID.Verification.Value ? Verification : null;

    /// <summary>
    /// Every storage SOP class of PS3.4 annex B, retired ones included: objects as they are, in any transfer syntax of the standard in
    /// which data sets are encoded; see <see cref="TransferSyntaxPreference"/> for which of several.
    /// </summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    public static AbstractSyntaxPolicy? StorageOnly(string abstractSyntax) => IsStorage(abstractSyntax) ? Storage : null;

    /// <summary>Verification and storage.</summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    public static AbstractSyntaxPolicy? VerificationAndStorage(string abstractSyntax) =>
        VerificationOnly(abstractSyntax) ?? StorageOnly(abstractSyntax);

    /// <summary>Every storage SOP class, for objects that we send to the requestor: the storage part of a C-GET, in which it is SCP (PS3.4 C.5.3).</summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    public static AbstractSyntaxPolicy? StorageWithRequestorAsScp(string abstractSyntax) => IsStorage(abstractSyntax) ? StorageToRequestor : null;

    /// <summary>
    /// For services whose data sets hold no pixel data (query, retrieve, commitment, procedure steps): any of the given SOP classes, in every
    /// transfer syntax that does not encapsulate.
    /// </summary>
    /// <param name="abstractSyntax">UID of the proposed abstract syntax.</param>
    /// <param name="sopClasses">UIDs of the SOP classes.</param>
    public static AbstractSyntaxPolicy? AnyOf(string abstractSyntax, IReadOnlySet<string> sopClasses)
    {
        ArgumentNullException.ThrowIfNull(sopClasses);
        return sopClasses.Contains(abstractSyntax) ? PlainDatasets : null;
    }

    private static bool IsDatasetEncoding(string uid) => DicomTransferSyntax.Lookup(uid) is { IsDatasetEncoding: true };

    // Retired storage classes are out of the list of PS3.4 but still sent by devices in the field; their names tell them.
    private static bool IsStorage(string abstractSyntax) => DicomUID.Find(abstractSyntax) is { } uid
        && (uid.IsStorageSopClass
            || (uid is { IsRetired: true, Type: DicomUIDType.SopClass } && uid.Keyword.Contains("Storage", StringComparison.Ordinal)
                && !uid.Keyword.Contains("StorageCommitment", StringComparison.Ordinal)));
}
