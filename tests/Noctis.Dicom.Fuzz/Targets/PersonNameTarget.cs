using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>Person names: any text is one, and written and read again it is the same.</summary>
public sealed class PersonNameTarget : FuzzTarget
{
    public override string Name => "person-name";

    public override int MaxLength => 96;

    public override IReadOnlyList<byte[]> Tokens { get; } = ["^"u8.ToArray(), "="u8.ToArray(), "==="u8.ToArray(), "^^^^^^"u8.ToArray(), " "u8.ToArray(), "山"u8.ToArray()];

    public override IEnumerable<byte[]> Seeds { get; } =
        ["Yamada^Tarou=山田^太郎=やまだ^たろう"u8.ToArray(), "Adams^John Robert Quincy^^Rev.^B.A. M.Div."u8.ToArray(), "=="u8.ToArray(), ""u8.ToArray()];

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        var name = DicomPersonName.Parse(Encoding.UTF8.GetString(input.Span));
        var text = name.ToString();
        var again = DicomPersonName.Parse(text);
        FuzzException.Unless(again == name, "A name that was written is read as another.");
        FuzzException.Unless(again.ToString() == text, "A name is written differently the second time.");
        features.NoteMagnitude(2, text.Length);
        features.NoteMagnitude(3, text.Count(c => c == '^'));
        features.Note(4, (name.Alphabetic.IsEmpty ? 1 : 0) | (name.Ideographic.IsEmpty ? 2 : 0) | (name.Phonetic.IsEmpty ? 4 : 0));
        foreach (var style in Enum.GetValues<DicomPersonNameStyle>())
            features.NoteMagnitude(5 + (int)style, name.ToDisplayString(style).Length);
    }
}
