using Noctis.Dicom.Data.CharacterSets;

namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// Makes the identifier of an answer from a data set that matches (PS3.4 C.4.1.1.3.2): what was asked for, the unique keys,
/// and nothing else.
/// </summary>
/// <remarks>
/// No character set is declared where the text is of the default repertoire, as PS3.4 C.4.1.1.3.2 has it; else that of the
/// question where the text fits in it, since the requestor reads that one; else the one that the data set declares, which is what the site's own equipment
/// wrote; else UTF-8 (ISO_IR 192). Bytes that mean nothing in the data set's character sets become question marks. Safe on
/// any thread.
/// </remarks>
public static class MatchingAnswer
{
    /// <summary>
    /// The answer. An attribute that was asked for and that the data set does not have is there without a value. Of a
    /// sequence there are the items that match, with what was asked for of each, or all of it where no keys were given.
    /// Unsupported keys are left out (PS3.4 C.2.2.1.3), and bulk data is empty.
    /// </summary>
    /// <param name="query">The question.</param>
    /// <param name="candidate">A data set that matches it. It is not changed, and shares no items with the answer.</param>
    /// <param name="alsoReturned">Attributes to be there whether asked for or not: <see cref="DicomQueryRetrieveModel.UniqueKeysTo"/>.</param>
    public static DicomDataset Build(MatchingQuery query, DicomDataset candidate, params IEnumerable<DicomTag> alsoReturned)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(alsoReturned);
        var answer = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, [.. DicomCharacterSet.Utf8.Terms]);
        Pick(query.Identifier, query.Keys, candidate, answer);
        foreach (var tag in alsoReturned)
        {
            if (!answer.Contains(tag))
                Put(candidate, tag, DicomDictionary.GetVR(tag), answer);
        }

        foreach (var echoed in (ReadOnlySpan<DicomTag>)[DicomTag.QueryRetrieveLevel, DicomTag.QueryRetrieveView])
        {
            if (query.Identifier.TryGetElement(echoed, out var element) && element is DicomValueElement)
                answer.AddOrUpdate(element);
        }

        return InCharacterSetOf(query.Identifier, candidate, answer);
    }

    private static void Pick(DicomDataset identifier, IReadOnlyList<MatchingKey> keys, DicomDataset candidate, DicomDataset answer)
    {
        foreach (var key in keys)
        {
            if (key is UnsupportedKey)
                continue;
            if (key is SequenceKey sequence)
                PickItems(identifier, sequence, candidate, answer);
            else
                Put(candidate, key.TagIn(candidate), key.VR, answer, key.Tag);
            if (key is CombinedRangeKey combined)
                Put(candidate, combined.TimeTag, DicomVR.TM, answer);
        }

        foreach (var element in identifier)
        {
            // A zone is told where it was asked about, and where the data set knows it.
            if (element.Tag.IsPrivateCreator && element is DicomValueElement)
                answer.AddOrUpdate(DatasetConverter.Convert(element, identifier, DicomCharacterSet.Utf8, DicomUnencodable.Replace));
            else if (element.Tag == DicomTag.TimezoneOffsetFromUTC && candidate.TryGetElement(element.Tag, out var zone) && zone is DicomValueElement)
                answer.AddOrUpdate(zone);
        }
    }

    private static void PickItems(DicomDataset identifier, SequenceKey key, DicomDataset candidate, DicomDataset answer)
    {
        var items = new List<DicomDataset>();
        foreach (var item in candidate.GetSequence(key.TagIn(candidate))?.Items ?? [])
        {
            if (!key.MatchesItem(item))
                continue;
            var picked = new DicomDataset();
            Pick(identifier.GetSequence(key.Tag)!.Items[0], key.Keys, item, picked);
            items.Add(picked);
        }

        answer.SetSequence(key.Tag, items);
    }

    private static void Put(DicomDataset candidate, DicomTag tag, DicomVR vr, DicomDataset answer, DicomTag? answerTag = null)
    {
        var place = answerTag ?? tag;
        if (!candidate.TryGetElement(tag, out var element) || element is not (DicomValueElement or DicomSequence) || IsBulk(element.VR))
        {
            answer.AddOrUpdate(vr.IsSequence ? new DicomSequence(place) : new DicomValueElement(place, vr, default));
            return;
        }

        answer.AddOrUpdate(DatasetConverter.Convert(element, candidate, DicomCharacterSet.Utf8, DicomUnencodable.Replace, place));
    }

    private static bool IsBulk(DicomVR vr) => vr.Code[0] == 'O';

    private static DicomDataset InCharacterSetOf(DicomDataset identifier, DicomDataset candidate, DicomDataset answer)
    {
        DicomCharacterSet? asked = identifier.CharacterSet, own = candidate.CharacterSet;
        foreach (var choice in (ReadOnlySpan<DicomCharacterSet?>)[DicomCharacterSet.Undeclared, IsUsable(asked) ? asked : null, IsUsable(own) ? own : null])
        {
            if (choice is not null && DatasetConverter.Fits(answer, choice))
                return answer.WithCharacterSet(choice);
        }

        return answer;
    }

    private static bool IsUsable(DicomCharacterSet set) => set.IsDeclared && set.UnknownTerms.Count == 0;
}
