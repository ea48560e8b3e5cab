using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>What must hold of a data set that was read, whatever it was read from.</summary>
internal static class DatasetChecks
{
    /// <summary>Tags and item heads, to be put anywhere.</summary>
    public static IReadOnlyList<byte[]> Tokens(DicomTransferSyntax syntax) =>
    [
        Turn([0xFE, 0xFF, 0x00, 0xE0, 0, 0, 0, 0], syntax), Turn([0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF], syntax),
        Turn([0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0], syntax), Turn([0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0], syntax),
        Turn([0x08, 0x00, 0x40, 0x11, 0xFF, 0xFF, 0xFF, 0xFF], syntax), Turn([0x08, 0x00, 0x05, 0x00, 2, 0, 0, 0], syntax),
        Turn([0x28, 0x00, 0x03, 0x01, 2, 0, 0, 0], syntax), Turn([0xE0, 0x7F, 0x10, 0x00, 0xFF, 0xFF, 0xFF, 0xFF], syntax),
        Turn([0x09, 0x00, 0x10, 0x00, 2, 0, 0, 0], syntax),
        "SQ\0\0\xFF\xFF\xFF\xFF"u8.ToArray(), "UN\0\0"u8.ToArray(), "OB\0\0"u8.ToArray(), "OW\0\0"u8.ToArray(), "PN"u8.ToArray(), "SQ"u8.ToArray(),
        "UN"u8.ToArray(), "US"u8.ToArray(), "UT\0\0"u8.ToArray(), "ISO 2022 IR 87"u8.ToArray(), [0x1B, 0x24, 0x42], [0x1B, 0x28, 0x42],
    ];

    /// <summary>Asks each element for its value in every way: none of them throws, whatever the bytes are.</summary>
    public static void ReadEveryValue(DicomDataset dataset, FeatureMap features, int depth = 0)
    {
        features.NoteMagnitude(20, depth);
        features.NoteMagnitude(21, dataset.Count);
        var previous = new DicomTag(0);
        foreach (var element in dataset)
        {
            FuzzException.Unless(previous < element.Tag || previous.Value == 0, "The elements are not in order.");
            previous = element.Tag;
            var tag = element.Tag;
            features.Note(22, ((long)element.VR.Code[0] << 16) | ((long)element.VR.Code[1] << 8) | (long)Math.Min(depth, 7) << 4 | (element switch
            {
                DicomValueElement value => (long)System.Numerics.BitOperations.Log2((uint)value.Length + 1),
                DicomSequence => 14,
                _ => 15,
            }));
            if (element is DicomSequence sequence)
            {
                FuzzException.Unless(dataset.GetSequence(tag) == sequence, "A sequence is not found under its tag.");
                foreach (var item in sequence.Items)
                    ReadEveryValue(item, features, depth + 1);
                continue;
            }

            if (element is DicomFragmentSequence fragments)
            {
                features.NoteMagnitude(23, fragments.Fragments.Count);
                _ = fragments.GetOffsets();
                continue;
            }

            ReadValue(dataset, tag);
        }

        features.NoteMagnitude(24, dataset.CharacterSet.Terms.Count);
    }

    private static void ReadValue(DicomDataset dataset, DicomTag tag)
    {
        var texts = dataset.GetStrings(tag);
        FuzzException.Unless((dataset.GetString(tag) ?? "") == (texts.Count > 0 ? texts[0] : ""), "GetString and GetStrings disagree.");
        _ = dataset.GetPersonName(tag)?.ToDisplayString();
        _ = dataset.GetInt32(tag);
        _ = dataset.GetUInt16(tag, 1);
        _ = dataset.GetInt64(tag);
        _ = dataset.GetUInt64(tag);
        _ = dataset.GetDouble(tag);
        _ = dataset.GetDoubles(tag);
        _ = dataset.GetDate(tag);
        _ = dataset.GetTime(tag);
        _ = dataset.GetDateTime(tag)?.ToDateTimeOffset(TimeSpan.FromHours(1));
        _ = dataset.GetAge(tag);
        _ = dataset.GetTag(tag);
        _ = dataset.GetUID(tag)?.Name;
        _ = dataset.GetUri(tag);
        _ = dataset.GetPrivateCreator(tag);
        _ = dataset.GetBytes(tag);
    }

    private static byte[] Turn(byte[] header, DicomTransferSyntax syntax)
    {
        if (syntax.IsBigEndian)
        {
            header.AsSpan(0, 2).Reverse();
            header.AsSpan(2, 2).Reverse();
            header.AsSpan(4).Reverse();
        }

        return header;
    }
}
