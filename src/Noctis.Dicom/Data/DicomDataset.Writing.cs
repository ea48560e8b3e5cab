using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Noctis.Dicom.Data;

public sealed partial class DicomDataset
{
    // Setters take the representation from the dictionary (from the element in place for tags that no dictionary knows),
    // pad to even length, and replace what was there. They do not check values against the rules: see Validate.

    /// <summary>
    /// Sets the values of a text element, or of a numeric one given as text. A backslash within a value of a multi-valued
    /// representation parts it, as it does when read back. No values make the element empty. Text is encoded in
    /// <see cref="CharacterSet"/>: set (0008,0005) first.
    /// </summary>
    /// <exception cref="DicomDataException">
    /// A value has characters outside the declared character sets, is not a number where the representation is one, or the
    /// representation has no text at all.
    /// </exception>
    public DicomDataset SetString(DicomTag tag, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var vr = VRFor(tag);
        if (vr.UsesSpecificCharacterSet)
            return SetValue(tag, vr, Encode(tag, values, vr));
        if (!vr.IsText)
            return SetNumbers(tag, vr, [.. values.SelectMany(v => v.Split('\\'))]);
        var text = string.Join('\\', values);
        if (!Ascii.IsValid(text))
            throw new DicomDataException($"A {vr} has characters of the default repertoire only (PS3.5 6.2).", tag);
        return SetValue(tag, vr, Encoding.ASCII.GetBytes(text));
    }

    /// <summary>Sets one number, in whatever numeric or text representation the dictionary gives the tag.</summary>
    /// <exception cref="DicomDataException">The representation cannot hold it.</exception>
    public DicomDataset SetUInt16(DicomTag tag, ushort value) => SetInteger(tag, value);

    /// <inheritdoc cref="SetUInt16"/>
    public DicomDataset SetUInt32(DicomTag tag, uint value) => SetInteger(tag, value);

    /// <inheritdoc cref="SetUInt16"/>
    public DicomDataset SetInt32(DicomTag tag, int value) => SetInteger(tag, value);

    /// <inheritdoc cref="SetUInt16"/>
    public DicomDataset SetInt64(DicomTag tag, long value) => SetInteger(tag, value);

    /// <summary>Sets numbers; as DS in the fewest digits that fit its 16 characters.</summary>
    /// <exception cref="DicomDataException">A number is not finite, or the representation cannot hold it.</exception>
    public DicomDataset SetDouble(DicomTag tag, params double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var vr = VRFor(tag);
        return SetString(tag, [.. values.Select(v => vr == DicomVR.DS ? DecimalString(tag, v) : v.ToString("R", CultureInfo.InvariantCulture))]);
    }

    /// <summary>Sets a DA, or the date of a DT.</summary>
    public DicomDataset SetDate(DicomTag tag, DateOnly value) => SetString(tag, DicomTemporal.Format(value));

    /// <summary>Sets a TM.</summary>
    public DicomDataset SetTime(DicomTag tag, TimeOnly value) => SetString(tag, DicomTemporal.Format(value));

    /// <summary>Sets a PN. Text is encoded in <see cref="CharacterSet"/>: set (0008,0005) first.</summary>
    /// <exception cref="DicomDataException">The name has characters outside the declared character sets.</exception>
    public DicomDataset SetPersonName(DicomTag tag, DicomPersonName value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return SetString(tag, value.ToString());
    }

    /// <summary>Sets UIDs.</summary>
    public DicomDataset SetUID(DicomTag tag, params DicomUID[] values) => SetString(tag, [.. values.Select(v => v.Value)]);

    /// <summary>Sets tags, AT.</summary>
    public DicomDataset SetTag(DicomTag tag, params DicomTag[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 4), values[i].Group);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((i * 4) + 2), values[i].Element);
        }

        return SetValue(tag, DicomVR.AT, bytes);
    }

    /// <summary>Sets a sequence of these items.</summary>
    public DicomDataset SetSequence(DicomTag tag, params IEnumerable<DicomDataset> items) => AddOrUpdate(new DicomSequence(tag, items));

    /// <summary>Makes an element present and empty: a type 2 attribute without a value, or a return key of a query.</summary>
    public DicomDataset SetEmpty(DicomTag tag)
    {
        var vr = VRFor(tag);
        return vr.IsSequence ? SetSequence(tag) : SetValue(tag, vr, default);
    }

    /// <summary>Sets a value field as it is, little endian; a byte of padding is added to an odd length.</summary>
    /// <exception cref="ArgumentException">The representation is SQ.</exception>
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

    /// <summary>
    /// The tag of a private element in the creator's block of a group; the first free block is reserved for the creator when
    /// it has none there (PS3.5 7.8.1).
    /// </summary>
    /// <param name="group">An odd group above 0008.</param>
    /// <param name="creator">The private creator's identification.</param>
    /// <param name="element">The lower byte of the element number.</param>
    /// <exception cref="DicomDataException">All blocks of the group are taken, or the group is not for private elements.</exception>
    public DicomTag ReservePrivateTag(ushort group, string creator, byte element)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(creator);
        if (FindPrivateTag(group, creator, element) is { } present)
            return present;
        if (!new DicomTag(group, 0x0010).IsPrivateCreator)
            throw new DicomDataException($"Group {group:X4} is not for private elements (PS3.5 7.8).");
        for (ushort block = 0x10; block <= 0xFF; block++)
        {
            var creatorTag = new DicomTag(group, block);
            if (Contains(creatorTag))
                continue;
            SetString(creatorTag, creator);
            return new DicomTag(group, (ushort)((block << 8) | element));
        }

        throw new DicomDataException($"All private blocks of group {group:X4} are reserved (PS3.5 7.8.1).");
    }

    /// <summary>
    /// The representation to write a tag in: the dictionary's, resolved by this data set where it depends on it; of a tag
    /// that no dictionary knows, what the element in place has.
    /// </summary>
    private DicomVR VRFor(DicomTag tag)
    {
        if (DicomDictionary.GetVRs(tag).Count == 0 && _elements.Find(tag) is { } present)
            return present.VR;
        return DicomDictionary.ResolveVR(tag, this);
    }

    private byte[] Encode(DicomTag tag, string[] values, DicomVR vr)
    {
        try
        {
            return CharacterSet.Encode(values, vr);
        }
        catch (DicomDataException e)
        {
            throw new DicomDataException(
                $"{e.Message} Declare one that has it in (0008,0005) first, ISO_IR 192 for Unicode.", tag, innerException: e);
        }
    }

    private DicomDataset SetInteger(DicomTag tag, long value) => SetString(tag, value.ToString(CultureInfo.InvariantCulture));

    private DicomDataset SetNumbers(DicomTag tag, DicomVR vr, string[] values)
    {
        if (!vr.IsMultiValued)
            throw new DicomDataException($"A {vr} has no text form; set its bytes.", tag);
        if (vr == DicomVR.AT)
            return SetTag(tag, [.. values.Select(v => DicomTag.TryParse(v, out var parsed) ? parsed : throw NotANumber(tag, vr))]);
        if (values is [""])
            return SetValue(tag, vr, default);
        var bytes = new byte[values.Length * vr.UnitSize];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryWrite(bytes.AsSpan(i * vr.UnitSize), vr, values[i].Trim()))
                throw NotANumber(tag, vr);
        }

        return SetValue(tag, vr, bytes);
    }

    private static DicomDataException NotANumber(DicomTag tag, DicomVR vr) =>
        new($"A value is not one that a {vr}, {vr.Name}, can hold.", tag);

    private static bool TryWrite(Span<byte> bytes, DicomVR vr, string text)
    {
        if (vr == DicomVR.FL && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single))
            return BinaryPrimitives.TryWriteSingleLittleEndian(bytes, single);
        if (vr == DicomVR.FD && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return BinaryPrimitives.TryWriteDoubleLittleEndian(bytes, number);
        if (vr == DicomVR.FL || vr == DicomVR.FD
            || !Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return false;
        }

        return TryWriteWhole(bytes, vr, whole);
    }

    /// <summary>Writes a whole number, little endian, in the size of a binary representation; false when it is out of range.</summary>
    internal static bool TryWriteWhole(Span<byte> bytes, DicomVR vr, Int128 whole)
    {
        var (lowest, highest) = vr.Code switch
        {
            "US" => ((Int128)0, (Int128)ushort.MaxValue),
            "SS" => (short.MinValue, short.MaxValue),
            "UL" => (0, uint.MaxValue),
            "SL" => (int.MinValue, int.MaxValue),
            "UV" => (0, ulong.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
        if (whole < lowest || whole > highest)
            return false;
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(wide, unchecked((ulong)whole));
        wide[..vr.UnitSize].CopyTo(bytes);
        return true;
    }

    private static string DecimalString(DicomTag tag, double value)
    {
        if (!double.IsFinite(value))
            throw new DicomDataException("A DS is a finite number (PS3.5 6.2).", tag);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        for (var digits = 16; text.Length > 16; digits--)
            text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return text;
    }
}
