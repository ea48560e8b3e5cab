using System.Globalization;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Files.Text;

/// <summary>Data sets of standard and private elements with random values that their representations can have.</summary>
internal static class RandomDatasets
{
    private const string Letters = "aZ09 äé中한<&>\"'/^=;\t\u2028😀";

    private static readonly DicomDictionaryEntry[] Known = [.. DicomDictionary.Entries.Where(e =>
        e.VRs.Count == 1 && e.Tag.Group is > 0x0002 and < 0x7FE0 && !e.Tag.IsGroupLength && e.Tag != DicomTag.SpecificCharacterSet
        && e.VR != DicomVR.UN)];

    public static DicomDataset Make(Random random, int depth = 0)
    {
        var dataset = depth > 0 ? new DicomDataset() : new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        for (var i = random.Next(0, 15); i > 0; i--)
        {
            var entry = Known[random.Next(Known.Length)];
            if (!entry.VR.IsSequence)
                dataset.AddOrUpdate(new DicomValueElement(entry.Tag, entry.VR, Value(random, entry.VR)));
            else if (depth < 4)
                dataset.AddOrUpdate(new DicomSequence(entry.Tag, Enumerable.Range(0, random.Next(0, 3)).Select(_ => Make(random, depth + 1)).ToList()));
        }

        if (random.Next(3) == 0)
        {
            foreach (var vr in DicomVR.All.Where(v => !v.IsSequence))
                dataset.SetValue(dataset.ReservePrivateTag(0x0011, "NOCTIS TEST", (byte)random.Next(256)), vr, Value(random, vr));
        }

        return dataset;
    }

    private static byte[] Value(Random random, DicomVR vr)
    {
        if (!vr.IsText)
        {
            var value = new byte[(vr == DicomVR.AT ? 4 : Math.Max(2, vr.UnitSize)) * random.Next(0, 4)];
            random.NextBytes(value);

            // A NaN is one for JSON and XML, whatever its bits.
            return vr == DicomVR.FL || vr == DicomVR.FD ? [.. value.Select(b => (byte)(b & 0x3F))] : value;
        }

        var values = Enumerable.Range(0, vr.IsMultiValued ? random.Next(0, 4) : random.Next(0, 2)).Select(_ => vr.Code switch
        {
            "DS" => (random.NextDouble() * 1000).ToString("G10", CultureInfo.InvariantCulture),
            "IS" => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
            _ when vr.UsesSpecificCharacterSet => Text(random),
            _ => new string('A', random.Next(0, 5)),
        }).ToList();
        var field = DicomCharacterSet.Utf8.Encode(values, DicomVR.UC);
        return (field.Length & 1) == 0 ? field : [.. field, vr.PaddingByte];
    }

    private static string Text(Random random)
    {
        var text = "";
        for (var i = random.Next(0, 8); i > 0; i--)
        {
            var at = random.Next(Letters.Length - 1);
            text += char.IsSurrogate(Letters[at]) ? Letters[^2..] : Letters[at].ToString();
        }

        return text;
    }
}
