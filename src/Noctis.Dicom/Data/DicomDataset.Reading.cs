namespace Noctis.Dicom.Data;

public sealed partial class DicomDataset
{
    /// <summary>
    /// One value as text: decoded, without padding; numbers in invariant notation, tags as "(gggg,eeee)". Null when the
    /// element is missing, is empty or has no such value, and for bulk binary and sequences.
    /// </summary>
    /// <param name="tag">The tag.</param>
    /// <param name="index">Which value, from 0.</param>
    public string? GetString(DicomTag tag, int index = 0)
    {
        var values = GetStrings(tag);
        return index < values.Count && index >= 0 && values[index].Length > 0 ? values[index] : null;
    }

    /// <summary>
    /// All values as text, as <see cref="GetString"/>; empty ones kept as "", so that positions hold. No values when the
    /// element is missing, empty, bulk binary or a sequence.
    /// </summary>
    public IReadOnlyList<string> GetStrings(DicomTag tag) =>
        _elements.Find(tag) is DicomValueElement element ? DicomValueReader.Strings(element, this) : [];

    /// <summary>
    /// The person name, one value of a PN; null when missing or empty.
    /// </summary>
    public DicomPersonName? GetPersonName(DicomTag tag, int index = 0) =>
        GetString(tag, index) is { } text ? DicomPersonName.Parse(text) : null;

    /// <summary>An integer; null when missing, not a number, not whole or out of range.</summary>
    public int? GetInt32(DicomTag tag, int index = 0) => GetInt64(tag, index) is { } v and >= int.MinValue and <= int.MaxValue ? (int)v : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public long? GetInt64(DicomTag tag, int index = 0) => DicomValueReader.Integer(Value(tag), this, index) is { } v
        && v >= long.MinValue && v <= long.MaxValue ? (long)v : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public ulong? GetUInt64(DicomTag tag, int index = 0) => DicomValueReader.Integer(Value(tag), this, index) is { } v
        && v >= 0 && v <= ulong.MaxValue ? (ulong)v : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public ushort? GetUInt16(DicomTag tag, int index = 0) => GetInt64(tag, index) is { } v and >= 0 and <= ushort.MaxValue ? (ushort)v : null;

    /// <summary>As <see cref="GetInt32"/>.</summary>
    public uint? GetUInt32(DicomTag tag, int index = 0) => GetInt64(tag, index) is { } v and >= 0 and <= uint.MaxValue ? (uint)v : null;

    /// <summary>A number; null when missing or not a number.</summary>
    public double? GetDouble(DicomTag tag, int index = 0) => DicomValueReader.Number(Value(tag), this, index);

    /// <summary>A date (DA, or the date of a DT); null when missing or none.</summary>
    public DateOnly? GetDate(DicomTag tag, int index = 0) => GetString(tag, index) is { } text && DicomDateParser.TryParseDate(text, out var d) ? d : null;

    /// <summary>A time of day (TM); null when missing or none.</summary>
    public TimeOnly? GetTime(DicomTag tag, int index = 0) => GetString(tag, index) is { } text && DicomDateParser.TryParseTime(text, out var t) ? t : null;

    /// <summary>The sequence of this tag; null when there is none, or it is not a sequence.</summary>
    public DicomSequence? GetSequence(DicomTag tag) => _elements.Find(tag) as DicomSequence;

    private DicomValueElement? Value(DicomTag tag) => _elements.Find(tag) as DicomValueElement;
}
