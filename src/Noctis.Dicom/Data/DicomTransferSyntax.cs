using System.Collections.Frozen;

namespace Noctis.Dicom.Data;

/// <summary>
/// A transfer syntax (PS3.5 clause 10 and annex A) and what it means for the bytes of a data set. Every one registered in
/// PS3.6 annex A is a static property.
/// </summary>
/// <remarks>One instance for each; compare by reference. Immutable; safe on any thread.</remarks>
public sealed partial class DicomTransferSyntax
{
    private DicomTransferSyntax(DicomUID uid)
    {
        UID = uid;
        var value = uid.Value;
        var isVideo = IsVideoSyntax(value);
        IsExplicitVR = value is not ("1.2.840.10008.1.2" or "1.2.840.10008.1.20");
        IsBigEndian = value == "1.2.840.10008.1.2.2";
        IsDeflated = value is "1.2.840.10008.1.2.1.99" or "1.2.840.10008.1.2.4.95" or "1.2.840.10008.1.2.4.205";
        IsPixelDataReferenced = value is "1.2.840.10008.1.2.4.94" or "1.2.840.10008.1.2.4.95"
            or "1.2.840.10008.1.2.4.204" or "1.2.840.10008.1.2.4.205";
        IsEncapsulated = !IsPixelDataReferenced
            && (value is "1.2.840.10008.1.2.1.98" or "1.2.840.10008.1.2.5" or "1.2.840.10008.1.2.8.1"
                || value.StartsWith("1.2.840.10008.1.2.4.", StringComparison.Ordinal));
        IsVideo = isVideo;
        IsLossy = isVideo || IsLossySyntax(value);
    }

    /// <summary>Every transfer syntax of PS3.6, in order of the UIDs.</summary>
    public static IReadOnlyList<DicomTransferSyntax> All => Index.All;

    /// <summary>The registered UID.</summary>
    public DicomUID UID { get; }

    /// <summary>The name in PS3.6.</summary>
    public string Name => UID.Name;

    /// <summary>Whether PS3.6 marks it retired.</summary>
    public bool IsRetired => UID.IsRetired;

    /// <summary>Whether each element carries its value representation.</summary>
    public bool IsExplicitVR { get; }

    /// <summary>Whether numbers are big endian, group 0002 aside.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Whether the whole data set is one raw DEFLATE stream (PS3.5 A.5). False for Deflated Image Frame Compression.</summary>
    public bool IsDeflated { get; }

    /// <summary>Whether Pixel Data of the top level is a sequence of fragments (PS3.5 A.4).</summary>
    public bool IsEncapsulated { get; }

    /// <summary>Whether Pixel Data is not in the data set, but behind Pixel Data Provider URL (0028,7FE0) (PS3.5 A.6, A.7).</summary>
    public bool IsPixelDataReferenced { get; }

    /// <summary>Whether the pixels are, or can be, lossy compressed in this syntax.</summary>
    public bool IsLossy { get; }

    /// <summary>Whether the pixels are a video stream: MPEG-2, MPEG-4 or HEVC.</summary>
    public bool IsVideo { get; }

    /// <summary>
    /// Whether files and messages can be written in it. False for MIME encapsulation and XML, which are not encodings of
    /// data elements, and for SMPTE ST 2110, which is for real-time video flows (PS3.22).
    /// </summary>
    public bool IsDatasetEncoding => !UID.Value.StartsWith("1.2.840.10008.1.2.6.", StringComparison.Ordinal)
        && !UID.Value.StartsWith("1.2.840.10008.1.2.7.", StringComparison.Ordinal);

    /// <summary>The transfer syntax of this UID; null when PS3.6 has none such. Trailing spaces and zero bytes do not count.</summary>
    public static DicomTransferSyntax? Lookup(string? uid) =>
        uid is null ? null : Index.ByUid.GetValueOrDefault(uid.TrimEnd(' ', '\0'));

    /// <summary>As <see cref="Lookup(string?)"/>.</summary>
    public static DicomTransferSyntax? Lookup(DicomUID? uid) => Lookup(uid?.Value);

    /// <summary>Name and UID.</summary>
    public override string ToString() => $"{Name} ({UID.Value})";

    private static DicomTransferSyntax Define(string uid) => new(DicomUID.Parse(uid));

    private static bool IsVideoSyntax(string uid)
    {
        const string Prefix = "1.2.840.10008.1.2.4.10";
        return uid.Length > Prefix.Length && uid.StartsWith(Prefix, StringComparison.Ordinal);
    }

    private static bool IsLossySyntax(string uid) => uid[..Math.Min(18, uid.Length)] == "1.2.840.10008.1.2."
        && uid[18..] is "4.50" or "4.51" or "4.52" or "4.53" or "4.54" or "4.55" or "4.56" or "4.59" or "4.60" or "4.61"
            or "4.62" or "4.63" or "4.64" or "4.81" or "4.91" or "4.93" or "4.94" or "4.95" or "4.111" or "4.112" or "4.203"
            or "4.204" or "4.205";

    private static class Index
    {
        internal static readonly IReadOnlyList<DicomTransferSyntax> All = ListAll();

        internal static readonly FrozenDictionary<string, DicomTransferSyntax> ByUid =
            All.ToFrozenDictionary(s => s.UID.Value, StringComparer.Ordinal);
    }
}
