using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>
/// The header of one element, item or delimiter.
/// <code>
/// implicit VR (PS3.5 7.1.3)    0 group   2 element   4 length (32)
/// explicit VR (PS3.5 7.1.2)    0 group   2 element   4 VR   6 length (16)
/// ... with OB, SQ, UN etc.     0 group   2 element   4 VR   6 reserved   8 length (32)
/// item, delimiter (PS3.5 7.5)  0 FFFE    2 element   4 length (32)
/// </code>
/// </summary>
internal readonly struct ElementHeader(DicomTag tag, DicomVR? vr, uint length, int size)
{
    /// <summary>"Undefined length": the end is marked by a delimiter.</summary>
    public const uint UndefinedLength = 0xFFFFFFFF;

    /// <summary>Bytes of the longest header.</summary>
    public const int MaxSize = 12;

    public const ushort ItemGroup = 0xFFFE;

    public static readonly DicomTag Item = new(0xFFFE, 0xE000);

    public static readonly DicomTag ItemDelimitation = new(0xFFFE, 0xE00D);

    public static readonly DicomTag SequenceDelimitation = new(0xFFFE, 0xE0DD);

    public DicomTag Tag { get; } = tag;

    /// <summary>As written in an explicit VR encoding; null where none is written.</summary>
    public DicomVR? VR { get; } = vr;

    public uint Length { get; } = length;

    /// <summary>Bytes of this header.</summary>
    public int Size { get; } = size;

    public bool HasUndefinedLength => Length == UndefinedLength;

    /// <summary>Reads a header. False: not all of it is here, and <paramref name="needed"/> says how many bytes to come back with.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ElementEncoding encoding, out ElementHeader header, out int needed)
    {
        header = default;
        needed = 8;
        if (bytes.Length < 8)
            return false;
        var tag = encoding.ReadTag(bytes);
        if (tag.Group == ItemGroup || !encoding.IsExplicitVR)
        {
            header = new ElementHeader(tag, null, encoding.ReadUInt32(bytes[4..]), 8);
            return true;
        }

        var vr = DicomVR.Lookup(bytes[4], bytes[5]);
        if (vr is { Uses32BitLength: false })
        {
            header = new ElementHeader(tag, vr, encoding.ReadUInt16(bytes[6..]), 8);
            return true;
        }

        if (vr is null && !IsCapital(bytes[4], bytes[5]))
        {
            // Deviates from PS3.5 7.1.2 because some writers put "??", "  " or "--" where the VR is not known to them, with
            // the short length, and others drop single implicit VR elements into an explicit VR data set.
            header = IsPrintable(bytes[4], bytes[5])
                ? new ElementHeader(tag, DicomVR.UN, encoding.ReadUInt16(bytes[6..]), 8)
                : new ElementHeader(tag, null, encoding.ReadUInt32(bytes[4..]), 8);
            return true;
        }

        // A VR that a later edition may define has the long form (PS3.5 6.2, note on new VRs): bytes are kept as UN.
        needed = MaxSize;
        if (bytes.Length < MaxSize)
            return false;
        header = new ElementHeader(tag, vr ?? DicomVR.UN, encoding.ReadUInt32(bytes[8..]), MaxSize);
        return true;
    }

    private static bool IsCapital(byte first, byte second) =>
        first is >= (byte)'A' and <= (byte)'Z' && second is >= (byte)'A' and <= (byte)'Z';

    private static bool IsPrintable(byte first, byte second) =>
        first is >= 0x20 and < 0x7F && second is >= 0x20 and < 0x7F;
}
