using System.Globalization;
using System.Text;

namespace Noctis.Dicom.Data;

/// <summary>Holds a data set to PS3.5 and PS3.6, element by element. What attributes an object must have is PS3.3's matter, not its.</summary>
internal static class DicomDatasetValidator
{
    internal static void Validate(DicomDataset dataset, string path, List<DicomValidationIssue> issues)
    {
        foreach (var element in dataset)
        {
            var at = path + element.Tag;
            void Report(string message) => issues.Add(new(at, element.Tag, Named(element.Tag, message)));

            ValidateTag(dataset, element, Report);
            switch (element)
            {
                case DicomSequence sequence:
                    for (var i = 0; i < sequence.Items.Count; i++)
                        Validate(sequence.Items[i], string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]."), issues);
                    break;
                case DicomValueElement value:
                    ValidateValue(dataset, value, Report);
                    break;
                case DicomFragmentSequence fragments:
                    if (fragments.OffsetTable.Length % 4 != 0)
                        Report("the Basic Offset Table is no list of 32-bit offsets (PS3.5 A.4)");
                    break;
            }
        }
    }

    private static string Named(DicomTag tag, string message) =>
        DicomDictionary.GetKeyword(tag) is { Length: > 0 } keyword ? $"{keyword}: {message}." : $"{message}.";

    private static void ValidateTag(DicomDataset dataset, DicomElement element, Action<string> report)
    {
        var tag = element.Tag;
        if (tag.Group is 0x0001 or 0x0003 or 0x0005 or 0x0007 or 0xFFFF)
            report($"group {tag.Group:X4} is not to be used (PS3.5 7.1)");
        if (tag.IsPrivate && !tag.IsPrivateCreator && !tag.IsGroupLength && dataset.GetPrivateCreator(tag) is null)
            report("a private element has no Private Creator that reserves its block (PS3.5 7.8.1)");
        var allowed = DicomDictionary.GetVRs(tag);
        if (allowed.Count > 0 && element.VR != DicomVR.UN && !allowed.Contains(element.VR))
            report($"its representation is {string.Join(" or ", allowed)}, not {element.VR} (PS3.6 6)");
    }

    private static void ValidateValue(DicomDataset dataset, DicomValueElement element, Action<string> report)
    {
        var vr = element.VR;
        if ((element.Length & 1) == 1)
            report("its length is odd (PS3.5 7.1.1)");
        if (vr == DicomVR.UN || element.IsEmpty)
            return;
        var unit = vr == DicomVR.AT ? 4 : vr.UnitSize;
        if (element.Length % unit != 0 && unit > 1)
            report($"its length is no multiple of {unit} (PS3.5 6.2)");
        var count = vr.IsText ? ValidateText(dataset, element, report) : vr.IsMultiValued ? element.Length / unit : 1;
        if (DicomDictionary.Find(element.Tag) is { } entry && !entry.VM.Allows(count))
            report(string.Create(CultureInfo.InvariantCulture, $"it has {count} values where {entry.VM} are allowed (PS3.6 6)"));
    }

    private static int ValidateText(DicomDataset dataset, DicomValueElement element, Action<string> report)
    {
        var vr = element.VR;
        var bytes = element.Value.Span;
        var values = vr.UsesSpecificCharacterSet
            ? dataset.CharacterSet.DecodeValues(bytes, vr)
            : vr.IsMultiValued ? Encoding.Latin1.GetString(bytes).Split('\\') : [Encoding.Latin1.GetString(bytes)];
        if (vr.UsesSpecificCharacterSet && !dataset.CharacterSet.IsDeclared && !Ascii.IsValid(bytes))
            report("it has bytes above 127 and no Specific Character Set is declared (PS3.5 6.1.2.1)");
        else if (vr.UsesSpecificCharacterSet && values.Any(v => v.Contains('\uFFFD', StringComparison.Ordinal)))
            report("it has bytes that mean nothing in the declared character sets (PS3.5 6.1.2)");
        if (element.Tag == DicomTag.SpecificCharacterSet && dataset.CharacterSet.UnknownTerms.Count > 0)
            report("a value is no defined term (PS3.3 C.12.1.1.2)");
        for (var i = 0; i < values.Count; i++)
        {
            var value = i < values.Count - 1 ? values[i] : values[i].TrimEnd(vr == DicomVR.UI ? '\0' : ' ');

            // Spaces alone are no value at all, except for an AE, where they are not allowed.
            var isToCheck = value.Length > 0 || (vr == DicomVR.AE && values[i].Length > 0);
            if (isToCheck && DicomValueRules.Broken(vr, value) is { } rule)
                report(values.Count == 1 ? rule : string.Create(CultureInfo.InvariantCulture, $"value {i + 1}: {rule}"));
        }

        return values.Count;
    }
}
