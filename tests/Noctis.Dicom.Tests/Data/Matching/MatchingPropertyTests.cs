using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class MatchingPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    /// <summary>Few letters, so that patterns and texts meet.</summary>
    private static Gen<string> Text(string alphabet, int longest) =>
        from length in Gen.Choose(0, longest)
        from letters in Gen.ArrayOf(Gen.Elements(alphabet.ToCharArray()), length)
        select new string(letters);

    private static Gen<string> AnyText =>
        from letters in Gen.ListOf(Gen.OneOf(
            Gen.Choose(0x20, 0x24F), Gen.Choose(0x300, 0x5FF), Gen.Choose(0x1E00, 0x2020), Gen.Choose(0x3000, 0x30FF),
            Gen.Choose(0xAC00, 0xAC20), Gen.Choose(0xD7F0, 0xE010), Gen.Choose(0xFF00, 0xFFEF)))
        select new string([.. letters.Select(c => (char)c)]);

    [Fact]
    public void Pattern_AgainstTheDefinitionOfWildcards_Agrees() => Prop.ForAll(
        Arb.From(from pattern in Text("ab*?", 9) from text in Text("ab", 12) select (pattern, text)),
        sample => TextPattern.Parse(sample.pattern).Matches(sample.text) == IsMatch(sample.pattern, sample.text)).Check(Many);

    [Fact]
    public void Like_OfAPattern_MeansTheSame() => Prop.ForAll(
        Arb.From(from pattern in Text("a%_[]!\\*?", 8) from text in Text("a%_[]!\\", 9) from escape in Gen.Elements('\\', '!', 'a', '~') select (pattern, text, escape)),
        sample =>
        {
            var pattern = TextPattern.Parse(sample.pattern);
            return LikeInterpreter.IsLike(sample.text, pattern.ToLike(sample.escape), sample.escape) == pattern.Matches(sample.text);
        }).Check(Many);

    [Fact]
    public void Fold_OfFoldedText_ChangesNothing() => Prop.ForAll(
        Arb.From(AnyText),
        text => Enumerable.Range(0, 8).Select(i => (MatchingFolding)i).All(folding =>
        {
            var once = TextFolding.Fold(text, folding);
            return TextFolding.Fold(once, folding) == once;
        })).Check(Many);

    [Fact]
    public void Name_AgainstItself_Matches() => Prop.ForAll(
        Arb.From(Text("aÄ ^=ﾀﾞが", 12)),
        name => name.Count(c => c == '=') > 2 || TextFolding.FoldName(name, MatchingFolding.None) == ("", "", "")
            || MatchingCase.Matches("PatientName", name, name))
        .Check(Many);

    [Fact]
    public void TimeRange_InMemoryAndAsText_HoldsTheSameTimes() => Prop.ForAll(
        Arb.From(from value in Time from a in Time from b in Time from open in Gen.Choose(0, 3) select (value, a, b, open)),
        sample =>
        {
            // The first moment of each, for the order; the last of the upper end decides.
            var (from, to) = Compare(First(sample.a), First(sample.b)) <= 0 ? (sample.a, sample.b) : (sample.b, sample.a);
            var key = sample.open switch { 0 => $"{from}-", 1 => $"-{to}", 2 => from, _ => $"{from}-{to}" };
            var low = sample.open == 1 ? "000000.000000" : First(from);
            var high = sample.open == 0 ? "235959.999999" : Last(sample.open == 2 ? from : to);
            var expected = Compare(First(sample.value), low) >= 0 && Compare(First(sample.value), high) <= 0;

            var range = (TimeRangeKey)MatchingCase.Key(DicomTag.StudyTime, key);
            var asText = (range.FromText is null || Compare(sample.value, range.FromText) >= 0)
                && (range.ToText is null || Compare(sample.value, range.ToText) <= 0);

            return expected == range.Matches(MatchingCase.With(DicomTag.StudyTime, sample.value)) && expected == asText;
        }).Check(Many);

    [Fact]
    public void DateRange_AgainstDateComparison_Agrees() => Prop.ForAll(
        Arb.From(from value in Gen.Choose(0, 900) from a in Gen.Choose(0, 900) from b in Gen.Choose(0, 900) select (value, a, b)),
        sample =>
        {
            var first = new DateOnly(2024, 1, 1);
            var (value, from, to) = (first.AddDays(sample.value), first.AddDays(Math.Min(sample.a, sample.b)), first.AddDays(Math.Max(sample.a, sample.b)));
            var range = (DateRangeKey)MatchingCase.Key(DicomTag.StudyDate, $"{DicomTemporal.Format(from)}-{DicomTemporal.Format(to)}");
            var text = DicomTemporal.Format(value);
            var asText = Compare(text, range.FromText!) >= 0 && Compare(text, range.ToText!) <= 0;

            return (value >= from && value <= to) == range.Matches(MatchingCase.With(DicomTag.StudyDate, text)) && asText == (value >= from && value <= to);
        }).Check(Many);

    [Fact]
    public void DateTimeRange_AgainstMoments_Agrees() => Prop.ForAll(
        Arb.From(from value in Moment from a in Moment from b in Moment select (value, a, b)),
        sample =>
        {
            var (from, to) = sample.a <= sample.b ? (sample.a, sample.b) : (sample.b, sample.a);
            var key = MatchingCase.Key(DicomTag.AcquisitionDateTime, $"{Format(from)}-{Format(to)}");

            return (sample.value >= from && sample.value <= to)
                == key.Matches(MatchingCase.With(DicomTag.AcquisitionDateTime, Format(sample.value)));
        }).Check(Many);

    [Fact]
    public void Compile_AnyKeyInAnyRepresentation_IsAKeyOrARefusal()
    {
        DicomTag[] tags =
        [
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.Modality, DicomTag.StudyDate, DicomTag.StudyTime,
            DicomTag.AcquisitionDateTime, DicomTag.StudyInstanceUID, DicomTag.SeriesNumber, DicomTag.SliceThickness, DicomTag.PatientAge,
            DicomTag.Rows, DicomTag.FrameIncrementPointer, DicomTag.InstitutionAddress, DicomTag.RetrieveURL, DicomTag.PixelData,
        ];
        DicomVR[] representations = [DicomVR.UN, DicomVR.LO, DicomVR.CS, DicomVR.US, DicomVR.FD, DicomVR.OB, DicomVR.DT];
        Prop.ForAll(
            Arb.From(
                from tag in Gen.Elements(tags)
                from vr in Gen.Elements([DicomDictionary.GetVR(tag), DicomDictionary.GetVR(tag), .. representations])
                from bytes in Gen.ArrayOf(Gen.OneOf(Gen.Elements("0123456789-*?\\^=.+ \"".Select(c => (byte)c).ToArray()), Gen.Choose(0, 255).Select(b => (byte)b)))
                select (tag, vr, bytes)),
            sample =>
            {
                var identifier = new DicomDataset(new DicomValueElement(sample.tag, sample.vr, sample.bytes));
                try
                {
                    MatchingQuery.Compile(identifier).Matches(identifier);
                }
                catch (MatchingException e)
                {
                    Assert.Equal(sample.tag, e.Tag);
                    Assert.InRange(e.Comment.Length, 1, 64);
                }
            }).Check(Many);
    }

    [Fact]
    public void Pattern_MadeToGoBackAllTheTime_EndsSoon()
    {
        // A matcher that tries every split of the text between the stars would not end in this universe.
        var pattern = TextPattern.Parse(string.Concat(Enumerable.Repeat("a*", 500)) + "b");

        Assert.False(pattern.Matches(new string('a', 10_000)));
    }

    private static Gen<string> Time =>
        from ticks in Gen.Choose(0, 86_399)
        from length in Gen.Elements(2, 4, 6, 8, 13)
        from micro in Gen.Choose(0, 999_999)
        select (new TimeOnly(ticks * TimeSpan.TicksPerSecond).ToString("HHmmss", CultureInfo.InvariantCulture) + "." + micro.ToString("D6", CultureInfo.InvariantCulture))[..length];

    private static Gen<DateTimeOffset> Moment =>
        from minutes in Gen.Choose(0, 5000)
        from zone in Gen.Choose(-14, 14)
        select new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes).ToOffset(TimeSpan.FromHours(zone));

    private static string Format(DateTimeOffset moment) =>
        moment.ToString("yyyyMMddHHmmss.ffffff", CultureInfo.InvariantCulture) + moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static int Compare(string left, string right) => string.CompareOrdinal(left, right);

    private static string First(string time) => time + "000000.000000"[time.Length..];

    /// <summary>A fraction means itself; anything coarser reaches to its end.</summary>
    private static string Last(string time) => time.Length > 6 ? First(time) : time + "235959.999999"[time.Length..];

    private static bool IsMatch(string pattern, string text) => pattern.Length == 0 ? text.Length == 0 : pattern[0] switch
    {
        '*' => Enumerable.Range(0, text.Length + 1).Any(i => IsMatch(pattern[1..], text[i..])),
        '?' => text.Length > 0 && IsMatch(pattern[1..], text[1..]),
        var c => text.Length > 0 && text[0] == c && IsMatch(pattern[1..], text[1..]),
    };
}
