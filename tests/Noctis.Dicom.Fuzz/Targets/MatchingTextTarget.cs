using System.Text;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// Patterns with wildcards against text: they match what a plain table of all prefixes says they do; folding what is folded changes
/// nothing; the forms for SQL can be made of any.
/// </summary>
public sealed class MatchingTextTarget : FuzzTarget
{
    public override string Name => "matching-text";

    public override int MaxLength => 96;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        "*"u8.ToArray(), "?"u8.ToArray(), "**"u8.ToArray(), "*?*"u8.ToArray(), [0], "ü"u8.ToArray(), "u\u0308"u8.ToArray(), "山"u8.ToArray(), "𠮷"u8.ToArray(),
        "ﾔﾏﾀﾞ"u8.ToArray(), "Ｙ"u8.ToArray(), "ß"u8.ToArray(), "İ"u8.ToArray(), "%"u8.ToArray(), "_"u8.ToArray(), "["u8.ToArray(), "\\"u8.ToArray(), "^"u8.ToArray(),
    ];

    /// <summary>A byte for the folding, the pattern, a zero, the text.</summary>
    public override IEnumerable<byte[]> Seeds { get; } =
    [
        "\u0007DOE^J*\0Doe^John"u8.ToArray(), "\u0000A?C*\0ABCD"u8.ToArray(), "\u0003*M*L*ER?\0Müllers"u8.ToArray(), "\u0007*\0"u8.ToArray(),
        "\u0004?ﾏﾀﾞ*\0ヤマダ^タロウ"u8.ToArray(), "\u0000\0"u8.ToArray(), "\u0001a*a*a*a*b\0aaaaaaaaaaaaaaaaaaaaaaaa"u8.ToArray(),
    ];

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        if (input.IsEmpty)
            return;
        var folding = (MatchingFolding)(input.Span[0] & 7);
        var parts = Encoding.UTF8.GetString(input.Span[1..]).Split('\0', 2);
        var (written, text) = (parts[0], parts.Length > 1 ? parts[1] : "");

        var pattern = TextPattern.Parse(written, folding);
        var folded = TextFolding.Fold(text, folding);
        FuzzException.Unless(TextFolding.Fold(folded, folding) == folded, "Folding what is folded changes it.");
        var matches = pattern.Matches(text);
        FuzzException.Unless(matches == pattern.MatchesFolded(folded), "Matches and MatchesFolded disagree.");
        FuzzException.Unless(matches == MatchesByTable(pattern, folded), "The pattern does not match what its parts do.");
        if (written.AsSpan().IndexOfAny('*', '?') < 0)
            FuzzException.Unless(matches == (TextFolding.Fold(written, folding) == folded), "A pattern without wildcards is not equality.");
        features.Note(2, (long)folding);
        features.NoteMagnitude(3, pattern.Segments.Count);
        features.Note(4, (matches ? 1 : 0) | (pattern.IsLiteral ? 2 : 0) | (pattern.MatchesEverything ? 4 : 0));
        features.NoteMagnitude(5, pattern.ToLike().Length);
        features.NoteMagnitude(6, pattern.ToGlob().Length);
        var name = TextFolding.FoldName(text, folding);
        features.Note(7, (name.Alphabetic.Length > 0 ? 1 : 0) | (name.Ideographic.Length > 0 ? 2 : 0) | (name.Phonetic.Length > 0 ? 4 : 0));
        foreach (var character in folded)
            features.Note(8, character >> 6);
    }

    /// <summary>Which prefixes of the text the first parts of the pattern match, part by part: slow, and plain to see.</summary>
    private static bool MatchesByTable(TextPattern pattern, string text)
    {
        int[] characters = [.. CodePoints(text)];
        var reached = new bool[characters.Length + 1];
        reached[0] = true;
        foreach (var segment in pattern.Segments)
        {
            var next = new bool[reached.Length];
            int[] literal = [.. CodePoints(segment.Text)];
            for (var at = 0; at < reached.Length; at++)
            {
                if (!reached[at])
                    continue;
                if (segment.Kind == TextPatternSegmentKind.AnyText)
                    next.AsSpan(at).Fill(true);
                else if (segment.Kind == TextPatternSegmentKind.AnyCharacter && at < characters.Length)
                    next[at + 1] = true;
                else if (segment.Kind == TextPatternSegmentKind.Literal && characters.AsSpan(at).StartsWith(literal))
                    next[at + literal.Length] = true;
            }

            reached = next;
        }

        return reached[^1];
    }

    private static IEnumerable<int> CodePoints(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                yield return char.ConvertToUtf32(text[i], text[++i]);
            else
                yield return text[i];
        }
    }
}
