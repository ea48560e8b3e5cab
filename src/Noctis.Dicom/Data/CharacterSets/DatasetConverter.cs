using System.Text;

namespace Noctis.Dicom.Data.CharacterSets;

/// <summary>Data sets from one character set to another, items included.</summary>
internal static class DatasetConverter
{
    private const char Undecodable = '\uFFFD';

    /// <summary>A copy in the character set, Specific Character Set (0008,0005) at its top and nowhere else.</summary>
    /// <exception cref="DicomDataException">A text does not fit and is not to be replaced.</exception>
    internal static DicomDataset Convert(DicomDataset source, DicomCharacterSet target, DicomUnencodable unencodable)
    {
        var copy = CopyOf(source, target, unencodable);
        if (target.IsDeclared)
            copy.SetString(DicomTag.SpecificCharacterSet, [.. target.DefinedTerms]);
        return copy;
    }

    /// <summary>A copy of an element of a data set in the character set, under another tag if one is given.</summary>
    /// <exception cref="DicomDataException">A text does not fit and is not to be replaced.</exception>
    internal static DicomElement Convert(
        DicomElement element, DicomDataset owner, DicomCharacterSet target, DicomUnencodable unencodable, DicomTag? place = null)
    {
        var tag = place ?? element.Tag;
        switch (element)
        {
            case DicomSequence sequence:
                return new DicomSequence(tag, sequence.VR, sequence.Items.Select(item => CopyOf(item, target, unencodable)));
            case DicomValueElement value when TextVR(value, owner) is { } vr:
                return Text(value, vr, owner, target, unencodable, tag);
            case DicomValueElement value:
                return tag == value.Tag ? value : new DicomValueElement(tag, value.VR, value.Value);
            default:
                // Fragments are no text. A value that was left in its file may be; it would be declared as what it is not.
                return element.VR.UsesSpecificCharacterSet && !element.IsEmpty
                    ? throw new DicomDataException("A text that was left in its file cannot be converted; load it first.", tag)
                    : element;
        }
    }

    /// <summary>Whether every text of a data set, its items' included, can be written in the character set.</summary>
    internal static bool Fits(DicomDataset dataset, DicomCharacterSet target)
    {
        foreach (var element in dataset)
        {
            if (element is DicomSequence sequence && !sequence.Items.All(item => Fits(item, target)))
                return false;
            if (element is not DicomValueElement value || TextVR(value, dataset) is not { } vr)
                continue;
            if (IsTheSame(value.Value.Span, dataset.CharacterSet, target))
                continue;
            var values = dataset.CharacterSet.DecodeValues(value.Value.Span, vr);
            if (values.Any(v => v.Contains(Undecodable, StringComparison.Ordinal)) || !target.CanEncode(values, vr))
                return false;
        }

        return true;
    }

    private static DicomDataset CopyOf(DicomDataset source, DicomCharacterSet target, DicomUnencodable unencodable)
    {
        var copy = new DicomDataset();
        foreach (var element in source)
        {
            if (element.Tag != DicomTag.SpecificCharacterSet)
                copy.Add(Convert(element, source, target, unencodable));
        }

        return copy;
    }

    /// <summary>What a text is written as: elements of UN that the dictionary knows are no longer UN, so that they are read rightly.</summary>
    private static DicomVR? TextVR(DicomValueElement value, DicomDataset owner)
    {
        var vr = DicomValueReader.EffectiveVR(value, owner);
        return vr.UsesSpecificCharacterSet && !value.IsEmpty ? vr : null;
    }

    private static DicomValueElement Text(
        DicomValueElement value, DicomVR vr, DicomDataset owner, DicomCharacterSet target, DicomUnencodable unencodable, DicomTag tag)
    {
        if (IsTheSame(value.Value.Span, owner.CharacterSet, target))
            return tag == value.Tag && vr == value.VR ? value : new DicomValueElement(tag, vr, value.Value);
        var values = owner.CharacterSet.DecodeValues(value.Value.Span, vr);
        try
        {
            if (values.Any(v => v.Contains(Undecodable, StringComparison.Ordinal)))
            {
                if (unencodable == DicomUnencodable.Fail)
                    throw new DicomDataException($"There are bytes that mean nothing in {owner.CharacterSet}.");
                values = [.. values.Select(v => v.Replace(Undecodable, '?'))];
            }

            // The padding was decoded with the rest, and may be too much or too little for what is written.
            string[] unpadded = [.. values.SkipLast(1), values[^1].TrimEnd(' ', '\0')];
            var bytes = target.Encode(unpadded, vr, unencodable);
            return new DicomValueElement(tag, vr, (bytes.Length & 1) == 0 ? bytes : [.. bytes, vr.PaddingByte]);
        }
        catch (DicomDataException e)
        {
            throw new DicomDataException(e.Message, tag, innerException: e);
        }
    }

    /// <summary>Whether the bytes are the same text in both: ASCII without escape sequences, where both have ASCII in the left half.</summary>
    private static bool IsTheSame(ReadOnlySpan<byte> value, DicomCharacterSet source, DicomCharacterSet target) =>
        source.HasAscii && target.HasAscii && Ascii.IsValid(value) && !value.Contains((byte)0x1B);
}
