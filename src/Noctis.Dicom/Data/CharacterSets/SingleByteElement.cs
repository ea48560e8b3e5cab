namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>A set of one byte a character: the left half of ASCII or of JIS X 0201, or the right half of another.</summary>
internal sealed class SingleByteElement : CodeElement
{
    private readonly string _characters;
    private readonly byte _first;
    private readonly Lazy<Dictionary<char, byte>> _reverse;

    /// <param name="name">As registered.</param>
    /// <param name="isG1">Which half.</param>
    /// <param name="escape">The characters after ESC.</param>
    /// <param name="first">The byte of the first character.</param>
    /// <param name="characters">What the bytes from there on mean.</param>
    internal SingleByteElement(string name, bool isG1, string escape, byte first, string characters) : base(name, isG1, escape)
    {
        _first = first;
        _characters = characters;
        _reverse = new(Reverse);
    }

    internal override int Decode(ReadOnlySpan<byte> bytes, out char character)
    {
        var at = bytes[0] - _first;
        character = at >= 0 && at < _characters.Length ? _characters[at]
            // The C1 controls are the same in all of these sets.
            : bytes[0] is >= 0x80 and < 0xA0 ? (char)bytes[0]
            : Replacement;
        return 1;
    }

    internal override int TryEncode(char character, Span<byte> bytes)
    {
        if (_reverse.Value.TryGetValue(character, out bytes[0]))
            return 1;

        // Text of Windows' code page under the name of Latin-1 has these bytes; it goes back as it came.
        if (!IsG1 || character is < '\u0080' or >= '\u00A0')
            return 0;
        bytes[0] = (byte)character;
        return 1;
    }

    private Dictionary<char, byte> Reverse()
    {
        var reverse = new Dictionary<char, byte>(_characters.Length);
        for (var i = 0; i < _characters.Length; i++)
        {
            if (_characters[i] != Replacement)
                reverse.TryAdd(_characters[i], (byte)(_first + i));
        }

        return reverse;
    }
}
