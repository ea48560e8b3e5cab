using System.Buffers.Binary;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Parsing;

/// <summary>How element headers are laid out in one stretch of a data set (PS3.5 7.1, 7.3).</summary>
internal readonly record struct ElementEncoding(bool IsExplicitVR, bool IsBigEndian)
{
    /// <summary>Also the encoding of what is inside a UN of undefined length, whatever is around it (PS3.5 6.2.2, note 2).</summary>
    public static readonly ElementEncoding ImplicitLittle = new(false, false);

    public static readonly ElementEncoding ExplicitLittle = new(true, false);

    public static readonly ElementEncoding ExplicitBig = new(true, true);

    public static ElementEncoding Of(DicomTransferSyntax syntax) => new(syntax.IsExplicitVR, syntax.IsBigEndian);

    public ushort ReadUInt16(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes)
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint ReadUInt32(ReadOnlySpan<byte> bytes) => IsBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public DicomTag ReadTag(ReadOnlySpan<byte> bytes) => new(ReadUInt16(bytes), ReadUInt16(bytes[2..]));
}
