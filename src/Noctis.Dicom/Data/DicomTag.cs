using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Noctis.Dicom.Data;

/// <summary>
/// A data element tag: group and element number, ordered as data elements are (PS3.5 7.1). Every keyword of PS3.6 and
/// of PS3.7 annex E is a static property; of a repeating group it is the first group.
/// </summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public readonly partial struct DicomTag : IEquatable<DicomTag>, IComparable<DicomTag>
{
    /// <summary>Makes a tag from its two halves.</summary>
    public DicomTag(ushort group, ushort element) => Value = ((uint)group << 16) | element;

    /// <summary>Makes a tag from one number, group in the upper half: 0x00100010 is Patient's Name.</summary>
    public DicomTag(uint value) => Value = value;

    /// <summary>Group in the upper 16 bits, element in the lower 16.</summary>
    public uint Value { get; }

    /// <summary>Group number.</summary>
    public ushort Group => (ushort)(Value >> 16);

    /// <summary>Element number within the group.</summary>
    public ushort Element => (ushort)Value;

    /// <summary>
    /// Whether the group is one for private elements: odd, and none of 0001, 0003, 0005, 0007 and FFFF (PS3.5 7.8).
    /// </summary>
    public bool IsPrivate => (Group & 1) == 1 && Group is > 0x0007 and < 0xFFFF;

    /// <summary>Whether this is a Private Creator, (gggg,0010) to (gggg,00FF) of a private group (PS3.5 7.8.1).</summary>
    public bool IsPrivateCreator => IsPrivate && Element is >= 0x0010 and <= 0x00FF;

    /// <summary>Whether this is a group length, (gggg,0000) (PS3.5 7.2).</summary>
    public bool IsGroupLength => Element == 0;

    /// <summary>
    /// Of a private data element (gggg,xxee): the tag of the Private Creator (gggg,00xx) that reserves its block; null for
    /// any other tag, also for those outside a block (PS3.5 7.8.1).
    /// </summary>
    public DicomTag? PrivateCreatorTag =>
        IsPrivate && Element >= 0x1000 ? new DicomTag(Group, (ushort)(Element >> 8)) : null;

    /// <summary>The same element in another group: <c>DicomTag.OverlayData.InGroup(0x6002)</c> is the second overlay.</summary>
    public DicomTag InGroup(ushort group) => new(group, Element);

    /// <summary>The group length element of this tag's group.</summary>
    public DicomTag GroupLength => new(Group, 0);

    /// <summary>
    /// Reads "(0010,0010)", "0010,0010", "00100010" (hexadecimal, either case) or a keyword such as "PatientName".
    /// </summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static DicomTag Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var tag)
            ? tag
            : throw new FormatException($"'{text}' is not a tag; write (gggg,eeee), ggggeeee or a keyword of PS3.6.");
    }

    /// <summary>As <see cref="Parse"/>, but false for what is no tag.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DicomTag tag)
    {
        tag = default;
        if (string.IsNullOrEmpty(text))
            return false;
        Span<char> digits = stackalloc char[8];
        scoped var rest = text.AsSpan();
        if (rest is ['(', .., ')'])
            rest = rest[1..^1];
        if (rest.Length == 9 && rest[4] == ',')
        {
            rest[..4].CopyTo(digits);
            rest[5..].CopyTo(digits[4..]);
            rest = digits;
        }

        if (rest.Length == 8 && uint.TryParse(rest, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            tag = new DicomTag(value);
            return true;
        }

        var entry = DicomDictionary.Find(text);
        if (entry is null)
            return false;
        tag = entry.Tag;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DicomTag other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DicomTag other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;

    /// <inheritdoc/>
    public int CompareTo(DicomTag other) => Value.CompareTo(other.Value);

    /// <summary>The form of the standard: "(0010,0010)", hexadecimal in upper case.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Group:X4},{Element:X4})");

    /// <summary>The form of the DICOM JSON model: "00100010" (PS3.18 F.2.2).</summary>
    public string ToJsonString() => Value.ToString("X8", CultureInfo.InvariantCulture);

    /// <summary>Whether both are the same tag.</summary>
    public static bool operator ==(DicomTag left, DicomTag right) => left.Value == right.Value;

    /// <summary>Whether the tags differ.</summary>
    public static bool operator !=(DicomTag left, DicomTag right) => left.Value != right.Value;

    /// <summary>Whether the left tag comes before the right one in a data set.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.Value < right.Value;

    /// <summary>Whether the left tag comes after the right one in a data set.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.Value > right.Value;

    /// <summary>Whether the left tag is the right one or comes before it.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Value <= right.Value;

    /// <summary>Whether the left tag is the right one or comes after it.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Value >= right.Value;
}
