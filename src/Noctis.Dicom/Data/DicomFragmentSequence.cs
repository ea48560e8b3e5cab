using System.Buffers.Binary;

namespace Noctis.Dicom.Data;

/// <summary>Encapsulated pixel data (PS3.5 A.4): the Basic Offset Table item and the fragments after it.</summary>
public sealed class DicomFragmentSequence : DicomElement
{
    /// <summary>Makes encapsulated pixel data.</summary>
    /// <param name="tag">Pixel Data (7FE0,0010).</param>
    /// <param name="vr">OB, or what was read in its place (OW, UN).</param>
    /// <param name="offsetTable">The Basic Offset Table item's bytes; empty when there is none.</param>
    /// <param name="fragments">The fragments' bytes, in order; kept, not copied.</param>
    public DicomFragmentSequence(
        DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> offsetTable, IEnumerable<ReadOnlyMemory<byte>> fragments) : base(tag, vr)
    {
        ArgumentNullException.ThrowIfNull(fragments);
        OffsetTable = offsetTable;
        Fragments = [.. fragments];
    }

    /// <summary>Makes encapsulated pixel data, OB.</summary>
    public DicomFragmentSequence(DicomTag tag, ReadOnlyMemory<byte> offsetTable, IEnumerable<ReadOnlyMemory<byte>> fragments)
        : this(tag, DicomVR.OB, offsetTable, fragments)
    {
    }

    /// <summary>The bytes of the Basic Offset Table item, little endian; empty when there is none.</summary>
    public ReadOnlyMemory<byte> OffsetTable { get; }

    /// <summary>The fragments, in order.</summary>
    public IList<ReadOnlyMemory<byte>> Fragments { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => Fragments.Count == 0;

    /// <summary>
    /// The Basic Offset Table's entries: bytes from the first fragment's item tag to the one that starts each frame. Bytes
    /// of an incomplete last entry are left out.
    /// </summary>
    public IReadOnlyList<uint> GetOffsets()
    {
        var offsets = new uint[OffsetTable.Length / 4];
        for (var i = 0; i < offsets.Length; i++)
            offsets[i] = BinaryPrimitives.ReadUInt32LittleEndian(OffsetTable.Span[(i * 4)..]);
        return offsets;
    }
}
