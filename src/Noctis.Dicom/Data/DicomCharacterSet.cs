using System.Text;
using Noctis.Dicom.Data.CharacterSets;

namespace Noctis.Dicom.Data;

/// <summary>
/// How the bytes of text are characters: the meaning of Specific Character Set (0008,0005) (PS3.3 C.12.1.1.2, PS3.5 6.1).
/// Covers every defined term: single-byte sets, code extensions by ISO 2022, UTF-8, GB18030 and GBK.
/// </summary>
/// <remarks>
/// Decoding never fails: bytes that mean nothing become U+FFFD, and the element keeps the bytes themselves. Immutable; safe
/// on any thread.
/// </remarks>
public sealed class DicomCharacterSet
{
    private readonly CodeExtensions? _extensions;
    private readonly Encoding? _replacing;
    private readonly Encoding? _failing;

    private DicomCharacterSet(IReadOnlyList<string> terms, IReadOnlyList<string> unknown, IReadOnlyList<CharacterSetTerm> known)
    {
        Terms = terms;
        UnknownTerms = unknown;
        IsDeclared = terms.Count > 0;
        var whole = Whole(known);
        DefinedTerms = IsDeclared ? Defined(terms, known, whole) : [];
        if (whole is null)
        {
            _extensions = CodeExtensions.Of([.. known.Where(t => t.CodePage == 0)]);
            return;
        }

        (_replacing, _failing) = whole.CodePage == CharacterSetTerm.Utf8CodePage
            ? (new UTF8Encoding(false, false), new UTF8Encoding(false, true))
            : (CodePages.Replacing(whole.CodePage), CodePages.Failing(whole.CodePage));
    }

    /// <summary>
    /// Nothing is declared. Bytes above 127 have no meaning then (PS3.5 6.1.2.1); they are read as UTF-8 where they are valid
    /// UTF-8, and as Latin-1 otherwise. Writing is limited to the default repertoire.
    /// </summary>
    public static DicomCharacterSet Undeclared { get; } = new([], [], [CharacterSetTerm.Default]);

    /// <summary>Unicode in UTF-8, ISO_IR 192: what Noctis writes when it makes data sets of its own.</summary>
    public static DicomCharacterSet Utf8 { get; } = Parse("ISO_IR 192");

    /// <summary>Latin alphabet No. 1, ISO_IR 100.</summary>
    public static DicomCharacterSet Latin1 { get; } = Parse("ISO_IR 100");

    /// <summary>The values of Specific Character Set, as given.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>Those of <see cref="Terms"/> that are no defined terms and not a known misspelling of one. They count as the default repertoire.</summary>
    public IReadOnlyList<string> UnknownTerms { get; }

    /// <summary>Whether any set is declared at all.</summary>
    public bool IsDeclared { get; }

    /// <summary>
    /// What <see cref="Terms"/> mean, in the spelling of PS3.3 C.12.1.1.2: what to write into (0008,0005) of a data set that
    /// is encoded in this set. None when nothing is declared.
    /// </summary>
    public IReadOnlyList<string> DefinedTerms { get; }

    /// <summary>Whether bytes of ASCII without escape sequences are ASCII.</summary>
    internal bool HasAscii => _extensions is null || _extensions.G0 == CodeElements.Ascii;

    /// <summary>
    /// The meaning of these values of Specific Character Set. Common misspellings are understood: "ISO-IR 100", "iso ir 100",
    /// "ISO2022IR87", "UTF-8", "latin1". A multi-byte encoding that stands with others is used alone when it comes first or
    /// adds to the default repertoire only, and is left out otherwise.
    /// </summary>
    public static DicomCharacterSet Parse(params IEnumerable<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        string[] given = [.. terms.Select(t => t.Trim(' ', '\0'))];
        if (given.All(t => t.Length == 0))
            return Undeclared;
        var found = given.Select(t => (Term: t, Known: CharacterSetTerm.Find(t))).ToArray();
        return new(
            given,
            [.. found.Where(f => f.Known is null).Select(f => f.Term)],
            [.. found.Select(f => f.Known ?? CharacterSetTerm.Default)]);
    }

    /// <summary>
    /// The values of a field: parted at the backslashes that are delimiters, not at those that are halves of characters,
    /// when the representation has several values; else the one text. Padding is kept. Of an empty field: none.
    /// </summary>
    /// <param name="value">The value field.</param>
    /// <param name="vr">A text representation.</param>
    public IReadOnlyList<string> DecodeValues(ReadOnlySpan<byte> value, DicomVR vr)
    {
        ArgumentNullException.ThrowIfNull(vr);
        if (value.IsEmpty)
            return [];
        if (_extensions is null)
            return Part(_replacing!.GetString(value), vr);
        if (_extensions.G0 == CodeElements.Ascii && Ascii.IsValid(value) && !value.Contains((byte)0x1B))
            return Part(Encoding.ASCII.GetString(value), vr);
        return new Iso2022Decoder(_extensions, value, vr.IsMultiValued, vr == DicomVR.PN).Decode();
    }

    /// <summary>The text of a field as a whole, backslashes and all.</summary>
    public string Decode(ReadOnlySpan<byte> value) => value.IsEmpty ? "" : DecodeValues(value, DicomVR.UT)[0];

    /// <summary>
    /// The value field of these values, not padded. Escape sequences are written as the declared sets need them. A backslash
    /// in a value of a multi-valued representation delimits, as it does when read back.
    /// </summary>
    /// <param name="values">The values; joined by backslashes.</param>
    /// <param name="vr">A text representation.</param>
    /// <param name="unencodable">What to do with characters the declared sets do not have.</param>
    /// <exception cref="DicomDataException">A character is in none of the sets, and they are not to be replaced.</exception>
    public byte[] Encode(IReadOnlyList<string> values, DicomVR vr, DicomUnencodable unencodable = DicomUnencodable.Fail)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(vr);
        var replaces = unencodable == DicomUnencodable.Replace;
        if (_extensions is not null)
            return new Iso2022Encoder(_extensions, vr.IsMultiValued, vr == DicomVR.PN, replaces).Encode(values);
        var text = string.Join('\\', values);
        try
        {
            return (replaces ? WithQuestionMarks() : _failing!).GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new DicomDataException(
                $"The character at position {e.Index} cannot be written in {string.Join('\\', Terms)}.", e);
        }
    }

    /// <summary>Whether the text can be written in the declared sets.</summary>
    public bool CanEncode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CanEncode([text], DicomVR.UT);
    }

    /// <summary>Whether <see cref="Encode"/> would write these values as they are.</summary>
    public bool CanEncode(IReadOnlyList<string> values, DicomVR vr)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(vr);
        if (_extensions is not null)
            return Iso2022Encoder.CanEncode(_extensions, vr.IsMultiValued, vr == DicomVR.PN, values);
        var text = string.Join('\\', values);

        // Replacing what is missing, instead of failing at it: an answer to a query asks this for every match.
        return _replacing!.GetString(_replacing.GetBytes(text)) == text;
    }

    /// <summary>The terms, parted by backslashes.</summary>
    public override string ToString() => IsDeclared ? string.Join('\\', Terms) : "(undeclared)";

    private static string[] Part(string text, DicomVR vr) => vr.IsMultiValued ? text.Split('\\') : [text];

    /// <summary>The multi-byte encoding without code extensions that holds for everything, when there is one.</summary>
    private static CharacterSetTerm? Whole(IReadOnlyList<CharacterSetTerm> known)
    {
        if (known[0].CodePage != 0)
            return known[0];
        var whole = known.FirstOrDefault(t => t.CodePage != 0);
        return known.All(t => t == CharacterSetTerm.Default || t == whole) ? whole : null;
    }

    private static string[] Defined(
        IReadOnlyList<string> given, IReadOnlyList<CharacterSetTerm> known, CharacterSetTerm? whole)
    {
        if (whole is not null)
            return [whole.Name];
        CharacterSetTerm[] sets = [.. known.Where(t => t.CodePage == 0).Distinct()];
        if (sets.Length == 1 && !sets[0].NeedsEscape)
            return [sets[0].Name];
        string[] names = [.. sets.Select(t => t.NameWithExtensions)];

        // A set that takes effect by escape sequence only does not come first: nothing, the default repertoire, does.
        if (sets[0].NeedsEscape)
            return ["", .. names];
        if (given[0].Length == 0)
            names[0] = "";
        return names;
    }

    private Encoding WithQuestionMarks()
    {
        var encoding = (Encoding)_failing!.Clone();
        encoding.EncoderFallback = new EncoderReplacementFallback("?");
        return encoding;
    }
}
