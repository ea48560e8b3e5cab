using System.Buffers;

namespace Noctis.Dicom.Data.Matching;

/// <summary>Makes keys of the elements of an identifier.</summary>
internal sealed class KeyCompiler(MatchingOptions options)
{
    private const char Undecodable = '\uFFFD';

    private static readonly SearchValues<char> UIDCharacters = SearchValues.Create("0123456789.");

    private int _count;

    /// <summary>The keys of a data set or an item.</summary>
    /// <exception cref="MatchingException">A key has no meaning, or there is too much of something.</exception>
    internal IReadOnlyList<MatchingKey> Compile(DicomDataset identifier, int depth = 0)
    {
        var keys = new List<MatchingKey>();
        foreach (var element in identifier)
        {
            if (MatchingQuery.IsNoKey(element.Tag))
                continue;
            if (++_count > options.MaxKeys)
                throw new MatchingException(element.Tag, FormattableString.Invariant($"more than {options.MaxKeys} keys"));
            keys.Add(CompileElement(identifier, element, depth));
        }

        TemporalKeys.Combine(keys, options.CombinedDateTimeMatching);
        return [.. keys];
    }

    private MatchingKey CompileElement(DicomDataset identifier, DicomElement element, int depth)
    {
        var key = element is DicomSequence sequence
            ? CompileSequence(sequence, depth)
            : CompileValue(identifier, element);
        return key with
        {
            PrivateCreator = identifier.GetPrivateCreator(element.Tag),
            MatchesUnknown = depth == 0 && options.UnknownMatches.Contains(element.Tag),
        };
    }

    private MatchingKey CompileSequence(DicomSequence sequence, int depth)
    {
        var tag = sequence.Tag;
        if (DicomDictionary.GetVRs(tag) is { Count: > 0 } allowed && !allowed.Contains(DicomVR.SQ))
            throw new MatchingException(tag, $"is {allowed[0]} and was sent as a sequence");
        if (sequence.Items.Count > 1)
            throw new MatchingException(tag, "a sequence to match has one item");
        if (sequence.Items.Count == 0)
            return new UniversalKey(tag, DicomVR.SQ);
        if (depth == options.MaxDepth)
            throw new MatchingException(tag, FormattableString.Invariant($"more than {options.MaxDepth} sequences within one another"));
        var keys = Compile(sequence.Items[0], depth + 1);
        return keys.Count == 0 ? new UniversalKey(tag, DicomVR.SQ) : new SequenceKey(tag, keys);
    }

    private MatchingKey CompileValue(DicomDataset identifier, DicomElement element)
    {
        var tag = element.Tag;
        var vr = RepresentationOf(identifier, element);
        if (element.IsEmpty)
            return new UniversalKey(tag, vr);
        if (element is not DicomValueElement value || vr.IsSequence || !(vr.IsText || vr.IsMultiValued))
            return new UnsupportedKey(tag, vr);
        var limit = vr == DicomVR.UI ? (DicomUID.MaxLength + 1L) * options.MaxUIDs : options.MaxValueLength;
        if (value.Length > limit)
            throw new MatchingException(tag, FormattableString.Invariant($"more than {limit} bytes long"));

        var values = DicomValueReader.Strings(new DicomValueElement(tag, vr, value.Value), identifier);
        if (!vr.IsText && values.Count == 0)
            throw new MatchingException(tag, $"too short for a {vr}");
        if (options.EmptyValueMatching && values is ["\"\""])
            return new EmptyValueKey(tag, vr);
        string[] given = [.. values.Where(v => v.Length > 0)];
        if (given.Length == 0 || (vr.IsText && given is [var only] && only.All(c => c == '*')))
            return new UniversalKey(tag, vr);
        if (vr.UsesSpecificCharacterSet && given.Any(v => v.Contains(Undecodable, StringComparison.Ordinal)))
            throw new MatchingException(tag, "is not in the Specific Character Set");
        return vr == DicomVR.UI ? CompileUIDs(tag, given) : CompileValues(identifier, tag, vr, given);
    }

    /// <summary>
    /// The dictionary's representation, where the sender took another one that does as well: LO for DA, or UN. Of a tag that
    /// no dictionary knows, the sender's.
    /// </summary>
    private static DicomVR RepresentationOf(DicomDataset identifier, DicomElement element)
    {
        var allowed = DicomDictionary.GetVRs(element.Tag);
        if (allowed.Count == 0 || allowed.Contains(element.VR))
            return element.VR;
        var due = DicomDictionary.ResolveVR(element.Tag, identifier);
        if (element.IsEmpty || element.VR == DicomVR.UN || (element.VR.IsText && due.IsText))
            return due;
        throw new MatchingException(element.Tag, $"is {due} and was sent as {element.VR}");
    }

    private UIDListKey CompileUIDs(DicomTag tag, string[] values)
    {
        if (values.Length > options.MaxUIDs)
            throw new MatchingException(tag, FormattableString.Invariant($"more than {options.MaxUIDs} UIDs"));

        // Components with leading zeros are met in stored objects, which must be found by what they have.
        if (!values.All(v => v.Length <= DicomUID.MaxLength && !v.AsSpan().ContainsAnyExcept(UIDCharacters)))
            throw new MatchingException(tag, "not a UID or a list of UIDs; wildcards are not allowed");
        return new UIDListKey(tag, values);
    }

    private MatchingKey CompileValues(DicomDataset identifier, DicomTag tag, DicomVR vr, string[] values)
    {
        if (values.Length == 1)
            return CompileSingle(identifier, tag, vr, values[0]);
        if (options.MultipleValues == MultipleValueMatching.Refused)
            throw new MatchingException(tag, "several values to match are not supported");
        var requiresAll = options.MultipleValues == MultipleValueMatching.All;
        var creator = identifier.GetPrivateCreator(tag);
        MatchingKey[] keys = [.. values.Distinct(StringComparer.Ordinal).Select(v => CompileSingle(identifier, tag, vr, v) with { PrivateCreator = creator })];
        if (requiresAll ? keys.All(k => k.IsUniversal) : keys.Any(k => k.IsUniversal))
            return new UniversalKey(tag, vr);
        keys = [.. keys.Where(k => !k.IsUniversal)];
        return keys.Length == 1 ? keys[0] : new MultipleValuesKey(tag, vr, keys, requiresAll);
    }

    private MatchingKey CompileSingle(DicomDataset identifier, DicomTag tag, DicomVR vr, string value)
    {
        if (vr == DicomVR.DA || vr == DicomVR.TM || vr == DicomVR.DT)
            return TemporalKeys.Parse(tag, vr, value, identifier.TimezoneOffset, options.TimezoneQueryAdjustment);
        if (vr == DicomVR.IS || vr == DicomVR.DS || !(vr.IsText || vr == DicomVR.AT))
            return CompileNumber(tag, vr, value);
        var folding = options.FoldingOf(tag, vr);
        if (vr == DicomVR.PN)
            return CompileName(tag, value, folding);
        if (!value.AsSpan().ContainsAny('*', '?'))
            return new SingleValueKey(tag, vr, value, folding);
        if (vr == DicomVR.AS)
            throw new MatchingException(tag, "wildcards are not allowed in AS");
        var pattern = TextPattern.Parse(value, folding);
        return pattern.MatchesEverything ? new UniversalKey(tag, vr) : new WildcardKey(tag, vr, pattern);
    }

    private static NumberKey CompileNumber(DicomTag tag, DicomVR vr, string value)
    {
        if (DicomValueReader.ParseDouble(value) is not { } number)
            throw new MatchingException(tag, $"not a number; wildcards are not allowed in {vr}");
        return new NumberKey(tag, vr, number, DicomValueReader.ParseInteger(value));
    }

    private static MatchingKey CompileName(DicomTag tag, string value, MatchingFolding folding)
    {
        var texts = value.Split('=').ToList();

        // "Yamada^Tarou=" says no more than "Yamada^Tarou".
        while (texts.Count > 0 && TextFolding.TrimGroup(texts[^1]).Length == 0)
            texts.RemoveAt(texts.Count - 1);
        if (texts.Count > 3)
            throw new MatchingException(tag, "a name has three component groups at most");
        IReadOnlyList<TextPattern>[] groups = [.. texts.Select(text => CompileGroup(text, folding))];
        return groups.All(g => g.Count == 0)
            ? new UniversalKey(tag, DicomVR.PN)
            : new PersonNameKey(tag, folding, groups, isAnyGroup: groups.Length == 1);
    }

    /// <summary>Alternatives for a component group; none when it may be anything. "Doe^*^*" is "Doe" or "Doe^*".</summary>
    private static IReadOnlyList<TextPattern> CompileGroup(string text, MatchingFolding folding)
    {
        var name = TextFolding.TrimGroup(text);
        var isOpen = false;
        while (name.EndsWith("^*", StringComparison.Ordinal))
        {
            isOpen = true;
            name = name[..^2].TrimEnd('^');
        }

        if (name.All(c => c == '*'))
            return [];
        var pattern = TextPattern.Parse(name, folding);
        return isOpen && !name.EndsWith('*') ? [pattern, TextPattern.Parse($"{name}^*", folding)] : [pattern];
    }
}
