using System.Globalization;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Tests.Files.Text;

/// <summary>
/// What a data set says, one line an element: what JSON and XML must keep. Characters count, not the bytes they are written
/// in; padding, group lengths, the way sequences were delimited and the spelling of numbers do not.
/// </summary>
internal static class Meaning
{
    /// <param name="dataset">The data set.</param>
    /// <param name="privateByCreator">Whether private elements are named by their creator instead of their block, as in XML.</param>
    /// <param name="asText">What a form does to text that it cannot hold.</param>
    public static List<string> Of(DicomDataset dataset, bool privateByCreator = false, Func<string, DicomVR, string>? asText = null)
    {
        var lines = new List<string>();
        List(dataset, "", lines, privateByCreator, asText ?? ((text, _) => text));
        return lines;
    }

    private static void List(DicomDataset dataset, string prefix, List<string> lines, bool byCreator, Func<string, DicomVR, string> asText)
    {
        foreach (var read in dataset)
        {
            var element = read is DicomDeferredElement deferred ? deferred.Load() : read;

            // Declared by the document in its own way.
            if (element.Tag.IsGroupLength || element.Tag == DicomTag.SpecificCharacterSet || (byCreator && IsReservation(dataset, element)))
                continue;
            var creator = byCreator ? dataset.GetPrivateCreator(element.Tag) : null;
            var place = prefix + (creator is null
                ? element.Tag.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"({element.Tag.Group:X4},{asText(creator, DicomVR.LO)},{element.Tag.Element & 0xFF:X2})"));
            switch (element)
            {
                case DicomSequence sequence:
                    lines.Add($"{place} SQ {sequence.Items.Count}");
                    for (var i = 0; i < sequence.Items.Count; i++)
                        List(sequence.Items[i], $"{place}[{i}]", lines, byCreator, asText);
                    break;
                case DicomValueElement value:
                    lines.Add($"{place} {value.VR} {string.Join('\\', Values(value, dataset, asText))}");
                    break;
                case DicomBulkDataReference reference:
                    lines.Add($"{place} {reference.VR} at {reference.Uri}");
                    break;
                case DicomFragmentSequence:
                    lines.Add($"{place} encapsulated");
                    break;
            }
        }
    }

    private static bool IsReservation(DicomDataset dataset, DicomElement element) =>
        element.Tag.IsPrivateCreator && !string.IsNullOrEmpty(dataset.GetString(element.Tag));

    private static IEnumerable<string> Values(DicomValueElement value, DicomDataset dataset, Func<string, DicomVR, string> asText)
    {
        if (value.VR == DicomVR.UN || !(value.VR.IsText || value.VR.IsMultiValued))
            return [Convert.ToHexString(Padded(value))];
        if (!value.VR.IsText && value.Length % (value.VR == DicomVR.AT ? 4 : value.VR.UnitSize) != 0)
            return [Convert.ToHexString(Padded(value))];
        var values = dataset.GetStrings(value.Tag);
        if (value.VR == DicomVR.PN)
            return values.Select(v => asText(DicomPersonName.Parse(v).ToString(), DicomVR.PN));
        return values.Select(v => value.VR == DicomVR.DS && double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : value.VR == DicomVR.IS && long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole.ToString(CultureInfo.InvariantCulture)
                : asText(v, value.VR));
    }

    private static byte[] Padded(DicomValueElement value) => (value.Length & 1) == 0
        ? value.Value.ToArray()
        : [.. value.Value.Span, value.VR.PaddingByte];
}
