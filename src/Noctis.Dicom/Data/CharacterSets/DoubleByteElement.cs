using System.Text;

namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>
/// A set of 94 rows of 94 characters, two bytes each: JIS X 0208, JIS X 0212, KS X 1001, GB 2312. The characters come from a
/// code page of the framework that contains the set; the table is built at first use.
/// </summary>
internal sealed class DoubleByteElement : CodeElement
{
    private const int Rows = 94;

    private readonly Lazy<string> _characters;
    private readonly Lazy<Dictionary<char, ushort>> _reverse;
    private readonly Encoding? _wider;

    /// <param name="name">As registered.</param>
    /// <param name="isG1">Which half.</param>
    /// <param name="escape">The characters after ESC.</param>
    /// <param name="codePage">A code page that has the set's rows at lead bytes A1 to FE.</param>
    /// <param name="trailMask">What to set in a trail byte of 21 to 7E for that code page: 80, or 00 for JIS X 0212.</param>
    /// <param name="corrections">Pairs of a character of the code page and the one the set's own mapping has.</param>
    /// <param name="additions">Pairs of a code of the set that the code page leaves out, and its character.</param>
    /// <param name="isWider">Whether lead bytes from 81 and other trail bytes of the code page are taken too when decoding.</param>
    internal DoubleByteElement(
        string name, bool isG1, string escape, int codePage, byte trailMask = 0x80, string corrections = "",
        string additions = "", bool isWider = false)
        : base(name, isG1, escape)
    {
        _characters = new(() => Build(codePage, trailMask, corrections, additions));
        _reverse = new(() => Reverse(corrections));
        _wider = isWider ? CodePages.Replacing(codePage) : null;
    }

    internal override int Decode(ReadOnlySpan<byte> bytes, out char character)
    {
        character = Replacement;
        if (bytes.Length < 2)
            return 1;
        int row = (bytes[0] & 0x7F) - 0x21, column = (bytes[1] & 0x7F) - 0x21;
        var sameHalf = ((bytes[0] ^ bytes[1]) & 0x80) == 0 && (bytes[0] >= 0x80) == IsG1;
        if (sameHalf && row is >= 0 and < Rows && column is >= 0 and < Rows)
        {
            character = _characters.Value[(row * Rows) + column];
            if (character != Replacement || _wider is null)
                return 2;
        }

        Span<char> wide = stackalloc char[2];
        if (_wider is not null && bytes[0] is > 0x80 and < 0xFF && IsWiderTrail(bytes[1])
            && _wider.GetChars(bytes[..2], wide) == 1 && !IsPrivateUse(wide[0]))
        {
            character = wide[0];
            return 2;
        }

        // A pair of the right shape without a character goes as a whole; otherwise the second byte is on its own.
        return sameHalf && column is >= 0 and < Rows ? 2 : 1;
    }

    internal override int TryEncode(char character, Span<byte> bytes)
    {
        if (!_reverse.Value.TryGetValue(character, out var code))
            return 0;
        var half = IsG1 ? 0x8080 : 0;
        bytes[0] = (byte)((code | half) >> 8);
        bytes[1] = (byte)(code | half);
        return 2;
    }

    private static bool IsWiderTrail(byte trail) =>
        trail is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (> 0x80 and < 0xFF);

    private static bool IsPrivateUse(char c) => c is >= '\uE000' and <= '\uF8FF' || c == Replacement;

    private static string Build(int codePage, byte trailMask, string corrections, string additions)
    {
        var encoding = CodePages.Replacing(codePage);
        var characters = new char[Rows * Rows];
        Span<char> decoded = stackalloc char[4];
        Span<byte> pair = stackalloc byte[2];
        for (var i = 0; i < characters.Length; i++)
        {
            pair[0] = (byte)(0xA1 + (i / Rows));
            pair[1] = (byte)((0x21 + (i % Rows)) | trailMask);
            var c = encoding.GetChars(pair, decoded) == 1 && !IsPrivateUse(decoded[0]) ? decoded[0] : Replacement;
            var correction = corrections.IndexOf(c, StringComparison.Ordinal);
            characters[i] = correction >= 0 && correction % 2 == 0 ? corrections[correction + 1] : c;
        }

        for (var i = 0; i + 1 < additions.Length; i += 2)
            characters[(((additions[i] >> 8) - 0x21) * Rows) + (additions[i] & 0xFF) - 0x21] = additions[i + 1];
        return new string(characters);
    }

    private Dictionary<char, ushort> Reverse(string corrections)
    {
        var characters = _characters.Value;
        var reverse = new Dictionary<char, ushort>(characters.Length);
        for (var i = 0; i < characters.Length; i++)
        {
            if (characters[i] != Replacement)
                reverse.TryAdd(characters[i], (ushort)(((0x21 + (i / Rows)) << 8) | (0x21 + (i % Rows))));
        }

        // Text that came through such a code page has its character for the same sign.
        for (var i = 0; i + 1 < corrections.Length; i += 2)
        {
            if (reverse.TryGetValue(corrections[i + 1], out var code))
                reverse.TryAdd(corrections[i], code);
        }

        return reverse;
    }
}
