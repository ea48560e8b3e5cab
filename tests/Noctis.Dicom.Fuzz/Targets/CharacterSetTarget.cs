using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// Bytes as text in any combination of character sets. Decoding never fails; text that can be encoded is decoded as the same again.
/// </summary>
public sealed class CharacterSetTarget : FuzzTarget
{
    private static readonly string[] Terms =
    [
        "", "ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127", "ISO_IR 126", "ISO_IR 138", "ISO_IR 148", "ISO_IR 203",
        "ISO_IR 13", "ISO_IR 166", "ISO 2022 IR 6", "ISO 2022 IR 100", "ISO 2022 IR 13", "ISO 2022 IR 87", "ISO 2022 IR 159", "ISO 2022 IR 149",
        "ISO 2022 IR 58", "ISO_IR 192", "GB18030", "GBK", "NONSENSE",
    ];

    private static readonly DicomVR[] Representations = [DicomVR.PN, DicomVR.LO, DicomVR.SH, DicomVR.LT, DicomVR.UT, DicomVR.UC];

    private readonly Dictionary<int, DicomCharacterSet> _sets = [];

    public override string Name => "character-set";

    public override int MaxLength => 128;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        "\u001b$B"u8.ToArray(), "\u001b(B"u8.ToArray(), "\u001b(J"u8.ToArray(), "\u001b)I"u8.ToArray(), "\u001b$(D"u8.ToArray(), "\u001b$)C"u8.ToArray(),
        "\u001b$)A"u8.ToArray(), "\u001b-A"u8.ToArray(), "\u001b-F"u8.ToArray(), "\u001b-b"u8.ToArray(), "\u001b-T"u8.ToArray(), "\\"u8.ToArray(), "^"u8.ToArray(),
        "="u8.ToArray(), "山田"u8.ToArray(), [0x3B, 0x33, 0x45, 0x44], [0xB1, 0xE8], [0x81, 0x30, 0x81, 0x30],
    ];

    /// <summary>Three bytes name the terms and the representation; the rest is the value.</summary>
    public override IEnumerable<byte[]> Seeds =>
        from term in Enumerable.Range(0, Terms.Length)
        from second in new[] { 0, 16, 18, 20 }
        select (byte[])[(byte)term, (byte)second, (byte)(term % Representations.Length), .. "Yamada^Tarou=\u001b$B;3ED\u001b(B\\A"u8];

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        if (input.Length < 3)
            return;
        var bytes = input.Span;
        var (first, second) = (bytes[0] % Terms.Length, bytes[1] % Terms.Length);
        var set = SetOf(first, second);
        var vr = Representations[bytes[2] % Representations.Length];
        var values = set.DecodeValues(bytes[3..], vr);
        features.Note(2, (first << 8) | second);
        features.NoteMagnitude(3, values.Count);
        foreach (var value in values)
        {
            features.NoteMagnitude(4, value.Length);
            foreach (var character in value)
                features.Note(5, ((long)first << 32) | ((long)second << 24) | (uint)(character >> 8));
        }

        FuzzException.Unless(values.Sum(value => value.Length) <= 2 * bytes.Length, "There is more text than bytes.");
        CheckEncoding(set, vr, values, features);
    }

    private static void CheckEncoding(DicomCharacterSet set, DicomVR vr, IReadOnlyList<string> values, FeatureMap features)
    {
        _ = set.Encode(values, vr, DicomUnencodable.Replace);
        byte[] encoded;
        try
        {
            encoded = set.Encode(values, vr);
        }
        catch (DicomDataException)
        {
            features.Note(6);
            return;
        }

        // Control characters are left out of this: escape sequences among the characters would be taken for what they are.
        if (values.Any(value => value.Any(char.IsControl)) || (!set.IsDeclared && !Ascii.IsValid(string.Concat(values))))
            return;
        features.Note(7);
        var decoded = set.DecodeValues(encoded, vr);
        FuzzException.Unless(
            decoded.SequenceEqual(values) || (encoded.Length == 0 && values.All(value => value.Length == 0)), $"{set} {vr}: what was encoded is decoded as something else.");
    }

    private DicomCharacterSet SetOf(int first, int second)
    {
        var key = (first * Terms.Length) + second;
        if (!_sets.TryGetValue(key, out var set))
            _sets.Add(key, set = second == 0 ? DicomCharacterSet.Parse(Terms[first]) : DicomCharacterSet.Parse(Terms[first], Terms[second]));
        return set;
    }
}
