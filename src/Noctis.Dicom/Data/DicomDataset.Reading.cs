namespace Noctis.Dicom.Data;

public sealed partial class DicomDataset
{
    // All of these are tolerant: what is missing, empty, of another kind or unreadable is null, never an exception. Elements
    // read as UN are taken for what the dictionary says of their tag.

    /// <summary>
    /// One value as text: decoded, without padding; numbers in invariant notation, tags as "(gggg,eeee)". Null when the
    /// element is missing, is empty or has no such value, and for bulk binary and sequences.
    /// </summary>
    /// <param name="tag">The tag.</param>
    /// <param name="index">Which value, from 0.</param>
    public string? GetString(DicomTag tag, int index = 0)
    {
        var values = GetStrings(tag);
        return index >= 0 && index < values.Count && values[index].Length > 0 ? values[index] : null;
    }

    /// <summary>
    /// All values as text, as <see cref="GetString"/>; empty ones kept as "", so that positions hold. No values when the
    /// element is missing, empty, bulk binary or a sequence.
    /// </summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag) =>
        Value(tag) is { } element ? DicomValueReader.Strings(element, this) : [];

    /// <summary>A person name, one value of a PN; null when missing or empty.</summary>
    public DicomPersonName? GetPersonName(DicomTag tag, int index = 0) =>
        GetString(tag, index) is { } text && DicomPersonName.Parse(text) is { IsEmpty: false } name ? name : null;

    /// <summary>A whole number of any numeric or text representation; null when missing, not whole or out of range.</summary>
    public int? GetInt32(DicomTag tag, int index = 0) =>
        Integer(tag, index) is { } value && value >= int.MinValue && value <= int.MaxValue ? (int)value : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public long? GetInt64(DicomTag tag, int index = 0) =>
        Integer(tag, index) is { } value && value >= long.MinValue && value <= long.MaxValue ? (long)value : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public ushort? GetUInt16(DicomTag tag, int index = 0) =>
        Integer(tag, index) is { } value && value >= 0 && value <= ushort.MaxValue ? (ushort)value : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public uint? GetUInt32(DicomTag tag, int index = 0) =>
        Integer(tag, index) is { } value && value >= 0 && value <= uint.MaxValue ? (uint)value : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public ulong? GetUInt64(DicomTag tag, int index = 0) =>
        Integer(tag, index) is { } value && value >= 0 && value <= ulong.MaxValue ? (ulong)value : null;

    /// <summary>
    /// A number of any numeric or text representation; null when missing or not a number. A decimal comma makes a DS not a
    /// number, and so do infinities written as text.
    /// </summary>
    public double? GetDouble(DicomTag tag, int index = 0) => DicomValueReader.Number(Value(tag), this, index);

    /// <summary>All numbers of an element, as <see cref="GetDouble"/>; none when any of them is not a number.</summary>
    public IReadOnlyList<double> GetDoubles(DicomTag tag)
    {
        if (Value(tag) is not { } element)
            return [];
        var vr = DicomValueReader.EffectiveVR(element, this);
        if (!vr.IsText)
        {
            var numbers = new double[DicomValueReader.Count(element, vr)];
            for (var i = 0; i < numbers.Length; i++)
            {
                if (DicomValueReader.Number(element, this, i) is not { } number)
                    return [];
                numbers[i] = number;
            }

            return numbers;
        }

        var parsed = DicomValueReader.Strings(element, this).Select(DicomValueReader.ParseDouble).ToArray();
        return parsed.All(n => n is not null) ? [.. parsed.Select(n => n!.Value)] : [];
    }

    /// <summary>A date: a DA in any form that <see cref="DicomTemporal.TryParseDate"/> reads, or the date of a DT.</summary>
    public DateOnly? GetDate(DicomTag tag, int index = 0) =>
        DicomTemporal.TryParseDate(GetString(tag, index), out var date) ? date : null;

    /// <summary>A time of day: a TM in any form that <see cref="DicomTemporal.TryParseTime"/> reads.</summary>
    public TimeOnly? GetTime(DicomTag tag, int index = 0) =>
        DicomTemporal.TryParseTime(GetString(tag, index), out var time) ? time : null;

    /// <summary>
    /// A moment: a DT, with the data set's Timezone Offset From UTC (0008,0201) where it has no offset of its own.
    /// </summary>
    public DicomDateTime? GetDateTime(DicomTag tag, int index = 0)
    {
        if (!DicomTemporal.TryParseDateTime(GetString(tag, index), out var value))
            return null;
        return value.Offset is null ? value with { Offset = TimezoneOffset } : value;
    }

    /// <summary>
    /// A moment from a DA and a TM, such as Study Date and Study Time; the start of the day when the time is missing or
    /// unreadable, null when the date is.
    /// </summary>
    public DicomDateTime? GetDateTime(DicomTag dateTag, DicomTag timeTag)
    {
        if (GetDate(dateTag) is not { } date)
            return null;
        return GetTime(timeTag) is { } time
            ? new DicomDateTime(date.ToDateTime(time), TimezoneOffset, DicomDateTimePrecision.Fraction)
            : new DicomDateTime(date.ToDateTime(TimeOnly.MinValue), TimezoneOffset, DicomDateTimePrecision.Day);
    }

    /// <summary>An age, AS.</summary>
    public DicomAge? GetAge(DicomTag tag, int index = 0) => DicomAge.TryParse(GetString(tag, index), out var age) ? age : null;

    /// <summary>A tag, AT.</summary>
    public DicomTag? GetTag(DicomTag tag, int index = 0) => DicomValueReader.Tag(Value(tag), this, index);

    /// <summary>A UID, UI, not checked: see <see cref="DicomUID.IsValid"/>.</summary>
    public DicomUID? GetUID(DicomTag tag, int index = 0) => GetString(tag, index) is { } text ? DicomUID.Parse(text) : null;

    /// <summary>An address, UR; null when it is not a URI.</summary>
    public Uri? GetUri(DicomTag tag) =>
        GetString(tag) is { } text && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : null;

    /// <summary>The value field as it is, little endian, padding included; null when missing, a sequence or encapsulated.</summary>
    public ReadOnlyMemory<byte>? GetBytes(DicomTag tag) => Value(tag)?.Value;

    /// <summary>The sequence of this tag; null when there is none, or it is not a sequence.</summary>
    public DicomSequence? GetSequence(DicomTag tag) => _elements.Find(tag) as DicomSequence;

    /// <summary>The Private Creator that reserved the block of a private data element; null when there is none.</summary>
    public string? GetPrivateCreator(DicomTag tag) => tag.PrivateCreatorTag is { } creator ? GetString(creator) : null;

    /// <summary>
    /// Where this data set has a private element: its tag in the block that the creator reserved in the group; null when the
    /// creator has none there.
    /// </summary>
    /// <param name="group">An odd group.</param>
    /// <param name="creator">The private creator's identification.</param>
    /// <param name="element">The lower byte of the element number.</param>
    public DicomTag? FindPrivateTag(ushort group, string creator, byte element)
    {
        for (ushort block = 0x10; block <= 0xFF; block++)
        {
            if (GetString(new DicomTag(group, block)) == creator)
                return new DicomTag(group, (ushort)((block << 8) | element));
        }

        return null;
    }

    /// <summary>Timezone Offset From UTC (0008,0201), here or above.</summary>
    internal TimeSpan? TimezoneOffset
    {
        get
        {
            for (var dataset = this; dataset is not null; dataset = dataset.OwnerSequence?.Owner)
            {
                if (DicomTemporal.TryParseOffset(dataset.GetString(DicomTag.TimezoneOffsetFromUTC), out var offset))
                    return offset;
            }

            return null;
        }
    }

    private Int128? Integer(DicomTag tag, int index) => DicomValueReader.Integer(Value(tag), this, index);

    private DicomValueElement? Value(DicomTag tag) => _elements.Find(tag) as DicomValueElement;
}
