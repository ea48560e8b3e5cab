using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>
/// Puts together the value field of one element after another, from values as a document has them. Text is encoded in
/// UTF-8, numbers in little endian.
/// </summary>
internal sealed class ValueFieldBuilder(TextLimits limits)
{
    private const int KeptCapacity = 1024 * 1024;

    private const byte Escape = 0x1B;

    private ArrayBufferWriter<byte> _field = new(256);
    private DicomTag _tag;
    private DicomVR _vr = DicomVR.UN;
    private int _count;

    /// <summary>Whether any text so far needs Specific Character Set.</summary>
    public bool HasUnicode { get; private set; }

    public void Begin(DicomTag tag, DicomVR vr)
    {
        // A great value must not be held on to for the sake of small ones.
        if (_field.Capacity > KeptCapacity)
            _field = new(256);
        else
            _field.ResetWrittenCount();
        _tag = tag;
        _vr = vr;
        _count = 0;
    }

    /// <summary>Adds an empty value.</summary>
    public void AddEmpty()
    {
        if (!_vr.IsText)
            throw limits.Fault($"A {_vr} has no empty values among others.", _tag);
        Separate();
    }

    /// <summary>Adds a value given as text. Digits are good for numbers, and eight hexadecimal ones for a tag.</summary>
    public void AddText(ReadOnlySpan<byte> utf8)
    {
        limits.CheckText(utf8.Length, _tag);
        if (_vr.IsText)
        {
            Separate();
            if (_vr.UsesSpecificCharacterSet)
                AppendText(utf8);
            else
                AppendAscii(utf8);
            return;
        }

        _count++;
        if (_vr == DicomVR.AT)
            AppendTag(utf8);
        else if (_vr.IsMultiValued)
            AppendNumber(utf8);
        else
            throw limits.Fault($"A {_vr} has its bytes as base64 or as bulk data, not as values.", _tag);
    }

    /// <summary>Adds a value that a document gives as a number.</summary>
    public void AddNumber(ReadOnlySpan<byte> literal)
    {
        if (_vr == DicomVR.DS || _vr == DicomVR.IS)
            AddText(Encoding.ASCII.GetBytes(NumberText.FromJson(Encoding.ASCII.GetString(literal), _vr)));
        else if (_vr == DicomVR.AT)
            throw limits.Fault("An AT is eight hexadecimal digits, not a number.", _tag);
        else
            AddText(literal);
    }

    /// <summary>The element; of no values, or of one empty value, it is empty.</summary>
    public DicomValueElement ToElement()
    {
        var value = new byte[_field.WrittenCount + (_field.WrittenCount & 1)];
        _field.WrittenSpan.CopyTo(value);
        if (value.Length > _field.WrittenCount)
            value[^1] = _vr.PaddingByte;
        return new DicomValueElement(_tag, _vr, value);
    }

    /// <summary>An element of a value field given in base64, padded to an even length. The text is overwritten.</summary>
    public DicomValueElement FromBase64(DicomTag tag, DicomVR vr, Span<byte> base64)
    {
        limits.CheckInline(base64.Length, tag);
        if (vr.IsSequence)
            throw limits.Fault("A sequence has items, not bytes.", tag);
        if (Base64.DecodeFromUtf8InPlace(base64, out var length) != OperationStatus.Done)
            throw limits.Fault("The inline value is not base64.", tag);
        var value = new byte[length + (length & 1)];
        base64[..length].CopyTo(value);
        if (value.Length > length)
            value[^1] = vr.PaddingByte;
        if (vr.UsesSpecificCharacterSet && (!Ascii.IsValid(base64[..length]) || base64[..length].Contains(Escape)))
            HasUnicode = true;
        return new DicomValueElement(tag, vr, value);
    }

    /// <summary>Declares UTF-8 in a finished data set: in place of what is declared, and in a root whose text needs it.</summary>
    public void DeclareCharacterSet(DicomDataset dataset, bool isRoot)
    {
        var declares = dataset.TryGetElement(DicomTag.SpecificCharacterSet, out var declared) && !declared.IsEmpty;
        if (declares || (isRoot && HasUnicode))
            dataset.SetString(DicomTag.SpecificCharacterSet, TextCharacterSet.Term);
    }

    private void Separate()
    {
        if (_count++ == 0)
            return;
        if (!_vr.IsMultiValued)
            throw limits.Fault($"A {_vr} has one value.", _tag);
        _field.GetSpan(1)[0] = (byte)'\\';
        _field.Advance(1);
    }

    private void AppendText(ReadOnlySpan<byte> utf8)
    {
        // Where nothing is declared an escape character would begin another character set.
        if (!Ascii.IsValid(utf8) || utf8.Contains(Escape))
            HasUnicode = true;
        _field.Write(utf8);
    }

    /// <summary>
    /// Representations of the default repertoire. Characters of Latin-1 become the bytes that were read as them; see
    /// docs/tolerances.md.
    /// </summary>
    private void AppendAscii(ReadOnlySpan<byte> utf8)
    {
        if (Ascii.IsValid(utf8))
        {
            _field.Write(utf8);
            return;
        }

        while (!utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out var rune, out var length);
            if (rune.Value > 0xFF)
                throw limits.Fault($"A {_vr} has characters of the default repertoire only (PS3.5 6.2).", _tag);
            _field.GetSpan(1)[0] = (byte)rune.Value;
            _field.Advance(1);
            utf8 = utf8[length..];
        }
    }

    private void AppendTag(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length != 8 || !uint.TryParse(utf8, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw limits.Fault("An AT is eight hexadecimal digits (PS3.18 F.2.3, PS3.19 A.1.5).", _tag);
        var bytes = _field.GetSpan(4);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(value >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], (ushort)value);
        _field.Advance(4);
    }

    private void AppendNumber(ReadOnlySpan<byte> utf8)
    {
        var bytes = _field.GetSpan(8);
        var fits = _vr == DicomVR.FL || _vr == DicomVR.FD
            ? TryWriteFloating(bytes, utf8)
            : TryParseWhole(utf8, out var whole) && TryWriteWhole(bytes, whole);
        if (!fits)
            throw limits.Fault($"A value is not one that a {_vr}, {_vr.Name}, can hold.", _tag);
        _field.Advance(_vr.UnitSize);
    }

    private bool TryWriteFloating(Span<byte> bytes, ReadOnlySpan<byte> utf8)
    {
        if (_vr == DicomVR.FD)
            return NumberText.TryParseFloating(utf8, out var number) && BinaryPrimitives.TryWriteDoubleLittleEndian(bytes, number);

        // Straight to binary32: by way of a double some numbers would be rounded twice.
        if (float.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var single))
            return BinaryPrimitives.TryWriteSingleLittleEndian(bytes, single);
        return NumberText.TryParseFloating(utf8, out var other) && BinaryPrimitives.TryWriteSingleLittleEndian(bytes, (float)other);
    }

    private static bool TryParseWhole(ReadOnlySpan<byte> utf8, out Int128 whole)
    {
        if (Int128.TryParse(utf8, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out whole))
            return true;

        // JSON does not tell 5.0 and 5e0 from 5.
        if (!double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || Math.Floor(number) != number || Math.Abs(number) > NumberText.MaxExact)
        {
            return false;
        }

        whole = (Int128)number;
        return true;
    }

    private bool TryWriteWhole(Span<byte> bytes, Int128 whole) => DicomDataset.TryWriteWhole(bytes, _vr, whole);
}
