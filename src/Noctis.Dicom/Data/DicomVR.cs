using System.Diagnostics.CodeAnalysis;

namespace Noctis.Dicom.Data;

/// <summary>A value representation of PS3.5 6.2, Table 6.2-1, with what a reader and a writer must know of it.</summary>
/// <remarks>There is one instance for each; compare by reference. Immutable; safe on any thread.</remarks>
public sealed class DicomVR
{
    private const byte Space = 0x20;

    private static readonly DicomVR?[] ByLetters = new DicomVR?[26 * 26];

    private static readonly List<DicomVR> AllInOrder = new(34);

    private DicomVR(string code, string name, Kind kind, int unit, int maxLength, bool longForm, byte padding)
    {
        Code = code;
        Name = name;
        IsText = kind is not (Kind.Binary or Kind.Sequence);
        UsesSpecificCharacterSet = kind is Kind.Text or Kind.SingleText;
        IsMultiValued = kind is Kind.Ascii or Kind.Text || (kind == Kind.Binary && maxLength > 0);
        IsSequence = kind == Kind.Sequence;
        UnitSize = unit;
        MaxLength = maxLength;
        Uses32BitLength = longForm;
        PaddingByte = padding;
        ByLetters[((code[0] - 'A') * 26) + code[1] - 'A'] = this;
        AllInOrder.Add(this);
    }

    private enum Kind
    {
        /// <summary>Characters of the default repertoire; backslash separates values.</summary>
        Ascii,

        /// <summary>Characters of the Specific Character Set; backslash separates values.</summary>
        Text,

        /// <summary>Characters of the Specific Character Set; one value, a backslash is a character of it.</summary>
        SingleText,

        /// <summary>Characters of the default repertoire; one value.</summary>
        SingleAscii,
        Binary,
        Sequence,
    }

    /// <summary>All value representations, in the order of their codes.</summary>
    public static IReadOnlyList<DicomVR> All => AllInOrder;

    /// <summary>Application Entity: 16 bytes at most, no backslash, no control characters.</summary>
    public static DicomVR AE { get; } = new("AE", "Application Entity", Kind.Ascii, 1, 16, false, Space);

    /// <summary>Age String: nnnD, nnnW, nnnM or nnnY.</summary>
    public static DicomVR AS { get; } = new("AS", "Age String", Kind.Ascii, 1, 4, false, Space);

    /// <summary>Attribute Tag: two 16-bit numbers.</summary>
    public static DicomVR AT { get; } = new("AT", "Attribute Tag", Kind.Binary, 2, 4, false, 0);

    /// <summary>Code String: upper case letters, digits, space and underscore; 16 bytes at most.</summary>
    public static DicomVR CS { get; } = new("CS", "Code String", Kind.Ascii, 1, 16, false, Space);

    /// <summary>Date: YYYYMMDD.</summary>
    public static DicomVR DA { get; } = new("DA", "Date", Kind.Ascii, 1, 8, false, Space);

    /// <summary>Decimal String: 16 bytes at most.</summary>
    public static DicomVR DS { get; } = new("DS", "Decimal String", Kind.Ascii, 1, 16, false, Space);

    /// <summary>Date Time: YYYYMMDDHHMMSS.FFFFFF&amp;ZZXX.</summary>
    public static DicomVR DT { get; } = new("DT", "Date Time", Kind.Ascii, 1, 26, false, Space);

    /// <summary>Floating Point Double: IEEE 754 binary64.</summary>
    public static DicomVR FD { get; } = new("FD", "Floating Point Double", Kind.Binary, 8, 8, false, 0);

    /// <summary>Floating Point Single: IEEE 754 binary32.</summary>
    public static DicomVR FL { get; } = new("FL", "Floating Point Single", Kind.Binary, 4, 4, false, 0);

    /// <summary>Integer String: 12 bytes at most, within 32 bits.</summary>
    public static DicomVR IS { get; } = new("IS", "Integer String", Kind.Ascii, 1, 12, false, Space);

    /// <summary>Long String: 64 characters at most.</summary>
    public static DicomVR LO { get; } = new("LO", "Long String", Kind.Text, 1, 64, false, Space);

    /// <summary>Long Text: 10240 characters at most, one value.</summary>
    public static DicomVR LT { get; } = new("LT", "Long Text", Kind.SingleText, 1, 10240, false, Space);

    /// <summary>Other Byte.</summary>
    public static DicomVR OB { get; } = new("OB", "Other Byte", Kind.Binary, 1, 0, true, 0);

    /// <summary>Other Double: a stream of binary64.</summary>
    public static DicomVR OD { get; } = new("OD", "Other Double", Kind.Binary, 8, 0, true, 0);

    /// <summary>Other Float: a stream of binary32.</summary>
    public static DicomVR OF { get; } = new("OF", "Other Float", Kind.Binary, 4, 0, true, 0);

    /// <summary>Other Long: a stream of 32-bit words.</summary>
    public static DicomVR OL { get; } = new("OL", "Other Long", Kind.Binary, 4, 0, true, 0);

    /// <summary>Other 64-bit Very Long: a stream of 64-bit words.</summary>
    public static DicomVR OV { get; } = new("OV", "Other 64-bit Very Long", Kind.Binary, 8, 0, true, 0);

    /// <summary>Other Word: a stream of 16-bit words.</summary>
    public static DicomVR OW { get; } = new("OW", "Other Word", Kind.Binary, 2, 0, true, 0);

    /// <summary>Person Name: up to three component groups of 64 characters each.</summary>
    public static DicomVR PN { get; } = new("PN", "Person Name", Kind.Text, 1, 64, false, Space);

    /// <summary>Short String: 16 characters at most.</summary>
    public static DicomVR SH { get; } = new("SH", "Short String", Kind.Text, 1, 16, false, Space);

    /// <summary>Signed Long: 32 bits.</summary>
    public static DicomVR SL { get; } = new("SL", "Signed Long", Kind.Binary, 4, 4, false, 0);

    /// <summary>Sequence of Items.</summary>
    public static DicomVR SQ { get; } = new("SQ", "Sequence of Items", Kind.Sequence, 1, 0, true, 0);

    /// <summary>Signed Short: 16 bits.</summary>
    public static DicomVR SS { get; } = new("SS", "Signed Short", Kind.Binary, 2, 2, false, 0);

    /// <summary>Short Text: 1024 characters at most, one value.</summary>
    public static DicomVR ST { get; } = new("ST", "Short Text", Kind.SingleText, 1, 1024, false, Space);

    /// <summary>Signed 64-bit Very Long.</summary>
    public static DicomVR SV { get; } = new("SV", "Signed 64-bit Very Long", Kind.Binary, 8, 8, true, 0);

    /// <summary>Time: HHMMSS.FFFFFF.</summary>
    public static DicomVR TM { get; } = new("TM", "Time", Kind.Ascii, 1, 14, false, Space);

    /// <summary>Unlimited Characters: several values without a limit of length.</summary>
    public static DicomVR UC { get; } = new("UC", "Unlimited Characters", Kind.Text, 1, 0, true, Space);

    /// <summary>Unique Identifier: 64 bytes at most, padded with a zero byte.</summary>
    public static DicomVR UI { get; } = new("UI", "Unique Identifier", Kind.Ascii, 1, 64, false, 0);

    /// <summary>Unsigned Long: 32 bits.</summary>
    public static DicomVR UL { get; } = new("UL", "Unsigned Long", Kind.Binary, 4, 4, false, 0);

    /// <summary>Unknown: bytes as they came, little endian (PS3.5 6.2.2).</summary>
    public static DicomVR UN { get; } = new("UN", "Unknown", Kind.Binary, 1, 0, true, 0);

    /// <summary>Universal Resource Identifier or Locator: one value.</summary>
    public static DicomVR UR { get; } = new("UR", "Universal Resource Identifier", Kind.SingleAscii, 1, 0, true, Space);

    /// <summary>Unsigned Short: 16 bits.</summary>
    public static DicomVR US { get; } = new("US", "Unsigned Short", Kind.Binary, 2, 2, false, 0);

    /// <summary>Unlimited Text: one value.</summary>
    public static DicomVR UT { get; } = new("UT", "Unlimited Text", Kind.SingleText, 1, 0, true, Space);

    /// <summary>Unsigned 64-bit Very Long.</summary>
    public static DicomVR UV { get; } = new("UV", "Unsigned 64-bit Very Long", Kind.Binary, 8, 8, true, 0);

    /// <summary>The two letters.</summary>
    public string Code { get; }

    /// <summary>The name in the standard.</summary>
    public string Name { get; }

    /// <summary>Whether values are characters.</summary>
    public bool IsText { get; }

    /// <summary>Whether Specific Character Set (0008,0005) applies: LO, LT, PN, SH, ST, UC, UT (PS3.5 6.1.2.2).</summary>
    public bool UsesSpecificCharacterSet { get; }

    /// <summary>Whether an element may hold several values: separated by a backslash, or each of <see cref="UnitSize"/> bytes (AT: of 4).</summary>
    public bool IsMultiValued { get; }

    /// <summary>Whether values are items: SQ.</summary>
    public bool IsSequence { get; }

    /// <summary>Whether explicit VR encodings carry two reserved bytes and a 32-bit length (PS3.5 7.1.2, Table 7.1-1).</summary>
    public bool Uses32BitLength { get; }

    /// <summary>Bytes that change their order together between little and big endian: 1, 2, 4 or 8 (PS3.5 7.3).</summary>
    public int UnitSize { get; }

    /// <summary>
    /// Longest value: bytes for binary and default-repertoire representations, characters for those under Specific
    /// Character Set (PN: of each component group); 0 when only the length field limits it.
    /// </summary>
    public int MaxLength { get; }

    /// <summary>The byte that makes a value's length even: space for characters, zero for UI and binary (PS3.5 6.2).</summary>
    public byte PaddingByte { get; }

    /// <summary>The representation with these two letters, as read from an explicit VR encoding; null when there is none.</summary>
    public static DicomVR? Lookup(byte first, byte second) =>
        first is >= (byte)'A' and <= (byte)'Z' && second is >= (byte)'A' and <= (byte)'Z'
            ? ByLetters[((first - 'A') * 26) + second - 'A']
            : null;

    /// <summary>The representation of this code; null when there is none. Case counts.</summary>
    public static DicomVR? Lookup(string? code) =>
        code is { Length: 2 } && char.IsAscii(code[0]) && char.IsAscii(code[1]) ? Lookup((byte)code[0], (byte)code[1]) : null;

    /// <summary>As <see cref="Lookup(string?)"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, [NotNullWhen(true)] out DicomVR? vr)
    {
        vr = Lookup(code);
        return vr is not null;
    }

    /// <summary>The two letters.</summary>
    public override string ToString() => Code;
}
