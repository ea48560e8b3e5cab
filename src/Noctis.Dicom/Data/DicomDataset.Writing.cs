using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Noctis.Dicom.Data;

public sealed partial class DicomDataset
{
    /// <summary>
    /// Sets the values of a text element, or of a numeric one given as text. The representation comes from the dictionary.
    /// </summary>
    /// <exception cref="DicomDataException">A value cannot be written in this representation.</exception>
    public DicomDataset SetString(DicomTag tag, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var vr = VRFor(tag);
        var bytes = vr.UsesSpecificCharacterSet ? CharacterSet.Encode(values, vr) : Encoding.Latin1.GetBytes(string.Join('\\', values));
        return SetValue(tag, vr, bytes);
    }

    /// <summary>Sets one unsigned number in whatever numeric or text representation the dictionary gives the tag.</summary>
    public DicomDataset SetUInt16(DicomTag tag, ushort value) => SetUInt32(tag, value);

    /// <summary>As <see cref="SetUInt16"/>.</summary>
    public DicomDataset SetUInt32(DicomTag tag, uint value)
    {
        var vr = VRFor(tag);
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return vr.Code switch
        {
            "US" or "SS" => SetValue(tag, vr, bytes.AsMemory(0, 2)),
            "UL" or "SL" => SetValue(tag, vr, bytes.AsMemory(0, 4)),
            "UV" or "SV" => SetValue(tag, vr, bytes),
            _ => SetString(tag, value.ToString(CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>Sets a sequence of these items.</summary>
    public DicomDataset SetSequence(DicomTag tag, params IEnumerable<DicomDataset> items) => AddOrUpdate(new DicomSequence(tag, items));

    /// <summary>Sets a value field as it is, padded to even length.</summary>
    public DicomDataset SetValue(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> value)
    {
        ArgumentNullException.ThrowIfNull(vr);
        if ((value.Length & 1) == 1)
        {
            var padded = new byte[value.Length + 1];
            value.CopyTo(padded);
            padded[^1] = vr.PaddingByte;
            value = padded;
        }

        return AddOrUpdate(new DicomValueElement(tag, vr, value));
    }

    private static DicomVR VRFor(DicomTag tag) => DicomDictionary.GetVR(tag);
}
