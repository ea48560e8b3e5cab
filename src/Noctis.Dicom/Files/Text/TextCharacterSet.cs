using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>
/// Specific Character Set (0008,0005) of a document, whose text is Unicode whatever the data set was in (PS3.18 F.2, PS3.19
/// A.1.5): ISO_IR 192 where one is declared, and also where none is and the text needs one.
/// </summary>
internal static class TextCharacterSet
{
    public const string Term = "ISO_IR 192";

    private const byte Escape = 0x1B;

    /// <summary>Whether an element declares a character set, and so is written as ISO_IR 192.</summary>
    public static bool IsDeclaration(DicomElement element) =>
        element.Tag == DicomTag.SpecificCharacterSet && element is DicomValueElement { IsEmpty: false };

    /// <summary>Whether a root data set declares nothing, but has text, however deep, that is not plain ASCII.</summary>
    public static bool IsMissing(DicomDataset root) =>
        !(root.TryGetElement(DicomTag.SpecificCharacterSet, out var declared) && !declared.IsEmpty) && NeedsOne(root, 0);

    private static bool NeedsOne(DicomDataset dataset, int depth)
    {
        // The writer refuses what is deeper, with the place.
        if (depth > TextLimits.MaxWrittenDepth)
            return false;
        foreach (var element in dataset)
        {
            var needs = element switch
            {
                DicomSequence sequence => sequence.Items.Any(item => NeedsOne(item, depth + 1)),
                DicomValueElement value when value.VR.UsesSpecificCharacterSet => !IsPlain(value.Value.Span, dataset),
                DicomDeferredElement deferred => deferred.VR.UsesSpecificCharacterSet,
                _ => false,
            };
            if (needs)
                return true;
        }

        return false;
    }

    /// <summary>Under a fallback even bytes of ASCII can be other characters: 5C is the yen sign in ISO_IR 13.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> value, DicomDataset dataset) =>
        !dataset.CharacterSet.IsDeclared
            ? System.Text.Ascii.IsValid(value) && !value.Contains(Escape)
            : System.Text.Ascii.IsValid(dataset.CharacterSet.Decode(value));
}
