namespace Noctis.Dicom.Data;

/// <summary>
/// An element whose value is bytes. They are held as they were read, padding included, except that numbers are always
/// little endian whatever the transfer syntax was.
/// </summary>
public sealed class DicomValueElement : DicomElement
{
    /// <summary>Makes an element on the given bytes, which are kept, not copied, and must not change afterwards.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="vr">Any representation but SQ.</param>
    /// <param name="value">The value field: little endian, padded or not.</param>
    /// <exception cref="ArgumentException">The representation is SQ.</exception>
    public DicomValueElement(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> value) : base(tag, vr)
    {
        if (vr.IsSequence)
            throw new ArgumentException($"{tag}: a sequence has items, not bytes.", nameof(vr));
        Value = value;
    }

    /// <summary>The value field, little endian, with its padding as read.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Bytes of the value field.</summary>
    public int Length => Value.Length;

    /// <inheritdoc/>
    public override bool IsEmpty => Value.IsEmpty;
}
