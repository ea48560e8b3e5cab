namespace Noctis.Dicom.Data;

/// <summary>One component group of a person name: five components, parted by "^" (PS3.5 6.2.1.1).</summary>
/// <param name="Family">Family name complex.</param>
/// <param name="Given">Given name complex.</param>
/// <param name="Middle">Middle name.</param>
/// <param name="Prefix">Name prefix: "Dr.".</param>
/// <param name="Suffix">Name suffix: "M.Div.".</param>
/// <remarks>Equal when all components are. Immutable; safe on any thread.</remarks>
public sealed record DicomPersonNameGroup(string Family, string Given, string Middle, string Prefix, string Suffix)
{
    /// <summary>A group that is not there.</summary>
    public static DicomPersonNameGroup Empty { get; } = new("", "", "", "", "");

    /// <summary>Whether every component is empty.</summary>
    public bool IsEmpty => Family.Length + Given.Length + Middle.Length + Prefix.Length + Suffix.Length == 0;

    private bool IsEastAsian => IsEastAsianText(Family) && IsEastAsianText(Given);

    /// <summary>Reads "Family^Given^Middle^Prefix^Suffix"; components may be missing at the end.</summary>
    public static DicomPersonNameGroup Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('^', 5);
        return new(At(0), At(1), At(2), At(3), At(4).TrimEnd('^', ' ', '\0'));

        string At(int i) => i < parts.Length ? AsciiText.Trim(parts[i]) : "";
    }

    /// <summary>
    /// For a reader: "Müller, Anna", "Adams, Rev. John Quincy, B.A. M.Div."; names in East Asian scripts without a comma:
    /// "山田 太郎".
    /// </summary>
    public string ToDisplayString()
    {
        var given = Join(" ", Prefix, Given, Middle);
        return Join(", ", Join(IsEastAsian ? " " : ", ", Family, given), Suffix);
    }

    /// <summary>The form of the standard, empty components at the end left out: "Müller^Anna".</summary>
    public override string ToString() => string.Join('^', Family, Given, Middle, Prefix, Suffix).TrimEnd('^');

    private static string Join(string separator, params ReadOnlySpan<string> parts)
    {
        var joined = "";
        foreach (var part in parts)
            joined = joined.Length == 0 ? part : part.Length == 0 ? joined : joined + separator + part;
        return joined;
    }

    /// <summary>Kana, Hangul, or CJK ideographs, those of the supplementary planes by their surrogates.</summary>
    private static bool IsEastAsianText(string text) => text.All(c => c is ' '
        or (>= '\u1100' and <= '\u11FF') or (>= '\u2E80' and <= '\u9FFF') or (>= '\uAC00' and <= '\uDFFF')
        or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFFEF'));
}
