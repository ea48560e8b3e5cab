using System.Buffers;

namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>Text to bytes with code extensions (PS3.5 6.1.2.5): escape sequences where they are needed, and back before each delimiter.</summary>
internal sealed class Iso2022Encoder(CodeExtensions extensions, bool splits, bool isPersonName, bool replaces)
{
    private const byte Escape = 0x1B;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private CodeElement _g0 = extensions.G0;
    private CodeElement? _g1 = extensions.G1;

    /// <summary>The value field without padding.</summary>
    /// <exception cref="DicomDataException">A character is in none of the declared sets, and is not to be replaced.</exception>
    internal byte[] Encode(IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                Write((byte)'\\');
            foreach (var rune in values[i].EnumerateRunes())
            {
                if (rune.IsBmp)
                    Encode((char)rune.Value);
                else
                    Unencodable();
            }

            Reset();
        }

        return _bytes.WrittenSpan.ToArray();
    }

    /// <summary>Whether every character is in one of the declared sets.</summary>
    internal static bool CanEncode(CodeExtensions extensions, bool splits, bool isPersonName, IReadOnlyList<string> values)
    {
        Span<byte> probe = stackalloc byte[2];
        foreach (var value in values)
        {
            foreach (var character in value)
            {
                if (character != ' ' && !Delimits(character, splits, isPersonName) && !IsInAny(extensions, character, probe))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether a character stands outside the sets and brings back the initial ones: delimiters and controls (PS3.5 6.1.2.5.3).</summary>
    private static bool Delimits(char character, bool splits, bool isPersonName)
    {
        var delimits = (splits && character == '\\') || (isPersonName && character is '^' or '=') || char.IsControl(character);
        return delimits && character is < '\u007F' and not (char)Escape;
    }

    private static bool IsInAny(CodeExtensions extensions, char character, Span<byte> probe)
    {
        foreach (var element in extensions.Declared)
        {
            if (element.TryEncode(character, probe) > 0)
                return true;
        }

        return false;
    }

    private void Encode(char character)
    {
        if (Delimits(character, splits, isPersonName))
        {
            Reset();
            Write((byte)character);
        }
        else if (character == ' ')
        {
            Write((byte)' ');
        }
        else if (!TryWrite(_g0, character) && !(_g1 is not null && TryWrite(_g1, character)) && !TryDesignated(character))
        {
            Unencodable();
        }
    }

    /// <summary>What no declared set has; sets of ISO 2022 have nothing beyond the basic plane. The message does not show it: it is part of a name, often.</summary>
    private void Unencodable()
    {
        if (!replaces)
            throw new DicomDataException("A character is in none of the character sets that Specific Character Set declares.");
        Encode('?');
    }

    private bool TryDesignated(char character)
    {
        Span<byte> probe = stackalloc byte[2];
        foreach (var element in extensions.Declared)
        {
            if (element.TryEncode(character, probe) == 0)
                continue;
            Designate(element);
            return TryWrite(element, character);
        }

        return false;
    }

    private bool TryWrite(CodeElement element, char character)
    {
        Span<byte> code = stackalloc byte[2];
        var length = element.TryEncode(character, code);
        _bytes.Write(code[..length]);
        return length > 0;
    }

    private void Designate(CodeElement element)
    {
        Write(Escape);
        foreach (var c in element.Escape)
            Write((byte)c);
        if (element.IsG1)
            _g1 = element;
        else
            _g0 = element;
    }

    /// <summary>
    /// The initial sets again. Where nothing is in G1 initially, the delimiter itself ends what is there, and the next part
    /// designates anew.
    /// </summary>
    private void Reset()
    {
        if (_g0 != extensions.G0)
            Designate(extensions.G0);
        if (_g1 != extensions.G1 && extensions.G1 is { } initial)
            Designate(initial);
        _g1 = extensions.G1;
    }

    private void Write(byte b)
    {
        _bytes.GetSpan(1)[0] = b;
        _bytes.Advance(1);
    }
}
