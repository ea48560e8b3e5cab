namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>
/// A set of graphic characters that an escape sequence designates as G0 (bytes 21 to 7E) or G1 (bytes A0 to FF)
/// (ISO/IEC 2022, PS3.5 6.1.2.5, PS3.3 Tables C.12-3 and C.12-4).
/// </summary>
internal abstract class CodeElement(string name, bool isG1, string escape)
{
    /// <summary>The mark of what cannot be decoded.</summary>
    internal const char Replacement = '\uFFFD';

    internal string Name { get; } = name;

    /// <summary>Whether it is designated as G1; else as G0.</summary>
    internal bool IsG1 { get; } = isG1;

    /// <summary>The characters after ESC that designate it.</summary>
    internal string Escape { get; } = escape;

    /// <summary>
    /// Decodes one character from bytes of this element's half of the code table.
    /// </summary>
    /// <param name="bytes">At least one byte, the first one of this half.</param>
    /// <param name="character">The character; <see cref="Replacement"/> when there is none for the bytes.</param>
    /// <returns>Bytes used up, one or two.</returns>
    internal abstract int Decode(ReadOnlySpan<byte> bytes, out char character);

    /// <summary>Encodes one character into one or two bytes; 0 when this set does not have it.</summary>
    internal abstract int TryEncode(char character, Span<byte> bytes);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
