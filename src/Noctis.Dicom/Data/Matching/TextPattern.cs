using System.Text;

namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// Text with wildcards (PS3.4 C.2.2.2.4), folded. There is no way to write "*" or "?" themselves, as there is none in the
/// standard.
/// </summary>
/// <remarks>
/// Matching takes at most as many steps as the pattern is long times the text is long, whatever the pattern. A "?" stands
/// for one character of the folded text, surrogate pairs being one. Immutable; safe on any thread.
/// </remarks>
public sealed class TextPattern
{
    private const int AnyCharacter = -1;

    /// <summary>The code points between the "*", <see cref="AnyCharacter"/> for a "?".</summary>
    private readonly int[][] _pieces;

    private TextPattern(IReadOnlyList<TextPatternSegment> segments, MatchingFolding folding)
    {
        Segments = segments;
        Folding = folding;
        _pieces = PiecesOf(segments);
    }

    /// <summary>The parts, in order: no two literals and no two "*" side by side. None for a pattern that only empty text matches.</summary>
    public IReadOnlyList<TextPatternSegment> Segments { get; }

    /// <summary>How the literals are folded, and how text must be that they are compared with.</summary>
    public MatchingFolding Folding { get; }

    /// <summary>Whether there is no wildcard.</summary>
    public bool IsLiteral => Segments.Count == 0 || (Segments.Count == 1 && Segments[0].Kind == TextPatternSegmentKind.Literal);

    /// <summary>Whether every text matches: the pattern is "*".</summary>
    public bool MatchesEverything => Segments is [{ Kind: TextPatternSegmentKind.AnyText }];

    /// <summary>Reads a pattern.</summary>
    public static TextPattern Parse(string pattern, MatchingFolding folding = MatchingFolding.None)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var segments = new List<TextPatternSegment>();
        var at = 0;
        while (at < pattern.Length)
        {
            var wildcard = pattern.AsSpan(at).IndexOfAny('*', '?');
            var end = wildcard < 0 ? pattern.Length : at + wildcard;
            if (end > at && TextFolding.Fold(pattern[at..end], folding) is { Length: > 0 } literal)
                segments.Add(new(TextPatternSegmentKind.Literal, literal));
            if (end < pattern.Length && pattern[end] == '?')
                segments.Add(new(TextPatternSegmentKind.AnyCharacter, ""));
            else if (end < pattern.Length && (segments.Count == 0 || segments[^1].Kind != TextPatternSegmentKind.AnyText))
                segments.Add(new(TextPatternSegmentKind.AnyText, ""));
            at = end + 1;
        }

        return new TextPattern([.. segments], folding);
    }

    /// <summary>Whether the text, folded, matches as a whole.</summary>
    public bool Matches(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MatchesFolded(TextFolding.Fold(text, Folding));
    }

    /// <summary>Whether text that is folded already matches as a whole.</summary>
    public bool MatchesFolded(string folded)
    {
        ArgumentNullException.ThrowIfNull(folded);
        if (IsLiteral)
            return folded == (Segments.Count == 0 ? "" : Segments[0].Text);
        ReadOnlySpan<int> text = CodePoints(folded);
        var (first, last) = (_pieces[0], _pieces[^1]);
        if (_pieces.Length == 1)
            return text.Length == first.Length && StartsWith(text, first);
        if (text.Length < first.Length + last.Length || !StartsWith(text, first) || !StartsWith(text[^last.Length..], last))
            return false;
        text = text[first.Length..^last.Length];

        // Between the ends the earliest place for each piece leaves the most room for the others.
        foreach (var piece in _pieces.AsSpan()[1..^1])
        {
            while (text.Length >= piece.Length && !StartsWith(text, piece))
                text = text[1..];
            if (text.Length < piece.Length)
                return false;
            text = text[piece.Length..];
        }

        return true;
    }

    /// <summary>
    /// The pattern for the LIKE of SQL, to be passed as a parameter with an ESCAPE clause that names the same character. Every
    /// character that LIKE gives a meaning in PostgreSQL, SQLite or SQL Server is escaped.
    /// </summary>
    /// <param name="escape">The escape character; none of "%", "_" and "[".</param>
    /// <exception cref="ArgumentException">The escape character has a meaning of its own.</exception>
    /// <remarks>
    /// The column must hold folded text and be compared by code point: a binary or "C" collation. The LIKE of SQLite passes
    /// over the case of ASCII whatever the collation: there, use <see cref="ToGlob"/> where case counts.
    /// </remarks>
    public string ToLike(char escape = '\\')
    {
        if (escape is '%' or '_' or '[')
            throw new ArgumentException($"'{escape}' has a meaning in LIKE and cannot escape.", nameof(escape));
        var like = new StringBuilder();
        foreach (var (kind, text) in Segments)
        {
            if (kind != TextPatternSegmentKind.Literal)
            {
                like.Append(kind == TextPatternSegmentKind.AnyText ? '%' : '_');
                continue;
            }

            foreach (var c in text)
            {
                if (c is '%' or '_' or '[' || c == escape)
                    like.Append(escape);
                like.Append(c);
            }
        }

        return like.ToString();
    }

    /// <summary>The pattern for the GLOB of SQLite, where case counts. It needs no escape character.</summary>
    public string ToGlob()
    {
        var glob = new StringBuilder();
        foreach (var (kind, text) in Segments)
        {
            _ = kind switch
            {
                TextPatternSegmentKind.AnyText => glob.Append('*'),
                TextPatternSegmentKind.AnyCharacter => glob.Append('?'),
                _ => glob.Append(text.Replace("[", "[[]", StringComparison.Ordinal)),
            };
        }

        return glob.ToString();
    }

    private static int[][] PiecesOf(IReadOnlyList<TextPatternSegment> segments)
    {
        var pieces = new List<int[]>();
        var piece = new List<int>();
        foreach (var (kind, text) in segments)
        {
            switch (kind)
            {
                case TextPatternSegmentKind.Literal:
                    piece.AddRange(CodePoints(text));
                    break;
                case TextPatternSegmentKind.AnyCharacter:
                    piece.Add(AnyCharacter);
                    break;
                default:
                    pieces.Add([.. piece]);
                    piece.Clear();
                    break;
            }
        }

        pieces.Add([.. piece]);
        return [.. pieces];
    }

    private static int[] CodePoints(string text)
    {
        var points = new int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            points[count++] = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])
                ? char.ConvertToUtf32(text[i], text[++i])
                : text[i];
        }

        return count == points.Length ? points : points[..count];
    }

    private static bool StartsWith(ReadOnlySpan<int> text, int[] piece)
    {
        for (var i = 0; i < piece.Length; i++)
        {
            if (piece[i] != AnyCharacter && piece[i] != text[i])
                return false;
        }

        return true;
    }
}
