using Noctis.Dicom.Data;

namespace Noctis.Archive.Settings;

/// <summary>The transfer syntaxes in which data sets can be sent (PS3.5 clause 10), as the settings list them: every one is in one group.</summary>
public static class TransferSyntaxGroups
{
    private static readonly (string Name, Func<DicomTransferSyntax, bool> Holds)[] Rules =
    [
        ("Uncompressed", syntax => syntax.UID.Value is "1.2.840.10008.1.2" or "1.2.840.10008.1.2.1" or "1.2.840.10008.1.2.1.98"),
        ("Big endian", syntax => syntax.IsBigEndian),
        ("Deflated", syntax => syntax.UID.Value is "1.2.840.10008.1.2.1.99" or "1.2.840.10008.1.2.8.1"),
        ("RLE", syntax => syntax.UID.Value == "1.2.840.10008.1.2.5"),
        ("JPEG baseline and extended", syntax => Branch(syntax) is "50" or "51"),
        ("JPEG lossless", syntax => Branch(syntax) is "57" or "70"),
        ("JPEG-LS", syntax => Branch(syntax) is "80" or "81"),
        ("JPEG 2000", syntax => Branch(syntax) is "90" or "91" or "92" or "93" or "94" or "95"),
        ("High-throughput JPEG 2000", syntax => Branch(syntax) is "201" or "202" or "203" or "204" or "205"),
        ("JPEG XL", syntax => Branch(syntax) is "110" or "111" or "112"),
        ("Video", syntax => syntax.IsVideo || Branch(syntax) is "100" or "101"),
        ("Other and retired", _ => true),
    ];

    public static IReadOnlyList<TransferSyntaxGroup> All { get; } =
    [
        .. DicomTransferSyntax.All
            .Where(syntax => syntax.IsDatasetEncoding)
            .GroupBy(syntax => Array.FindIndex(Rules, rule => rule.Holds(syntax)))
            .OrderBy(group => group.Key)
            .Select(group => new TransferSyntaxGroup(Rules[group.Key].Name, [.. group])),
    ];

    /// <summary>Whether it has to be taken: every application has to understand the default transfer syntax (PS3.5 10.1).</summary>
    public static bool IsRequired(string transferSyntaxUid) => transferSyntaxUid == DicomUID.ImplicitVRLittleEndian.Value;

    private static string Branch(DicomTransferSyntax syntax)
    {
        const string Compressed = "1.2.840.10008.1.2.4.";
        var uid = syntax.UID.Value;
        return uid.StartsWith(Compressed, StringComparison.Ordinal) ? uid[Compressed.Length..].Split('.')[0] : "";
    }
}
