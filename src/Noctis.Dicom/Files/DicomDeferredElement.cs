using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Parsing;

namespace Noctis.Dicom.Files;

/// <summary>
/// An element whose value was left in the file it was read from, because it is longer than
/// <see cref="DicomReadOptions.DeferValuesAbove"/>. It can be copied to another file without being held in memory.
/// </summary>
/// <remarks>The file must stay as it was. Safe on many threads: each reading opens the file anew.</remarks>
public sealed class DicomDeferredElement : DicomElement
{
    private readonly Func<Stream> _open;

    internal DicomDeferredElement(
        DicomTag tag, DicomVR vr, Func<Stream> open, long offset, long length, int unitToSwap, bool isEncapsulated) : base(tag, vr)
    {
        _open = open;
        Offset = offset;
        Length = length;
        UnitToSwap = unitToSwap;
        IsEncapsulated = isEncapsulated;
    }

    /// <summary>Where the value field begins, in bytes from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>
    /// Bytes of the value field. Of an encapsulated value: all of its items with their headers, and the delimiter at the end
    /// (PS3.5 A.4).
    /// </summary>
    public long Length { get; }

    /// <summary>Whether the value field is items of encapsulated pixel data.</summary>
    public bool IsEncapsulated { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => Length == 0;

    /// <summary>Bytes that change order together, because the file is big endian; 1: none do.</summary>
    internal int UnitToSwap { get; }

    /// <summary>Opens the value field for reading from its beginning, as it is in the file; the caller disposes it.</summary>
    /// <remarks>The bytes of a big endian file are not turned round here, unlike those of <see cref="DicomValueElement"/>.</remarks>
    public Stream OpenRead() => new WindowStream(_open(), Offset, Length);

    /// <summary>Reads the value into memory: a <see cref="DicomValueElement"/> or a <see cref="DicomFragmentSequence"/>.</summary>
    /// <exception cref="DicomDataException">The value is too long for memory, or the file changed.</exception>
    public DicomElement Load()
    {
        if (Length > Array.MaxLength)
            throw new DicomDataException($"The value is {Length} bytes long, too long to be held in memory.", Tag);
        var value = new byte[Length];
        using var source = OpenRead();
        if (source.ReadAtLeast(value, value.Length, throwOnEndOfStream: false) < value.Length)
            throw new DicomDataException("The file that holds the value became shorter.", Tag);
        if (IsEncapsulated)
            return FragmentItems.Parse(Tag, VR, value);
        ByteOrder.Swap(value, UnitToSwap);
        return new DicomValueElement(Tag, VR, value);
    }
}
