namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>
/// What a value of Specific Character Set that is not a single multi-byte encoding sets up: the elements in force at the
/// start of each value, and those that escape sequences may bring in (PS3.5 6.1.2.5).
/// </summary>
/// <param name="G0">At 21 to 7E initially, and again after each delimiter.</param>
/// <param name="G1">At A0 to FF initially, and again after each delimiter; null for nothing.</param>
/// <param name="Declared">All elements declared, in order.</param>
internal sealed record CodeExtensions(CodeElement G0, CodeElement? G1, IReadOnlyList<CodeElement> Declared)
{
    internal static CodeExtensions Of(IReadOnlyList<CharacterSetTerm> terms)
    {
        // Multi-byte elements are not allowed as the first value but met there; they take effect by escape sequence then too.
        var first = terms[0];
        var g0 = first.G0 is SingleByteElement ? first.G0 : CodeElements.Ascii;
        var g1 = first.G1 as SingleByteElement;
        var declared = new List<CodeElement> { g0 };
        foreach (var element in terms.SelectMany(t => new[] { t.G0, t.G1 }).OfType<CodeElement>())
        {
            if (!declared.Contains(element))
                declared.Add(element);
        }

        return new CodeExtensions(g0, g1, declared);
    }

    /// <summary>
    /// What high bytes are read as when nothing is designated for them: the first right half declared. Senders leave the
    /// escape sequence out after a delimiter, or altogether.
    /// </summary>
    internal CodeElement? AssumedG1 => G1 ?? Declared.FirstOrDefault(e => e.IsG1);
}
