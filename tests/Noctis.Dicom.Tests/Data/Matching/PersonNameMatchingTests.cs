using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;

namespace Noctis.Dicom.Tests.Data.Matching;

public class PersonNameMatchingTests
{
    private const string Yamada = "Yamada^Tarou=山田^太郎=やまだ^たろう";

    /// <summary>Key, name (null: missing), whether it matches.</summary>
    public static TheoryData<string, string?, bool> Cases => new()
    {
        { "Doe^John", "Doe^John", true },
        { "DOE^JOHN", "doe^john", true },
        { "Doe", "Doe^John", false },
        { "Doe^John", "Doe", false },
        { "Doe^John", "", false },
        { "Doe^John", null, false },
        // Empty components at the end, and spaces around components.
        { "Doe^John^^^", "Doe^John", true },
        { "Doe^John", "Doe^John^^Dr.", false },
        { "Doe^John", "Doe ^ John ^^", true },
        { "Doe", "Doe^^", true },
        { "^John", "Doe^John", false },
        // Wildcards.
        { "Doe*", "Doe^John", true },
        { "doe^j*", "DOE^JOHN", true },
        { "*John*", "Doe^John^^Dr.", true },
        { "Do?^John", "Doe^John", true },
        { "Doe^*", "Doe^John", true },
        { "Doe^*", "Doe", true },
        { "Doe^*", "Doe^", true },
        { "Doe^*", "Doering^John", false },
        { "Doe^*^*", "Doe^John", true },
        { "D*^*", "Doe", true },
        { "*^John", "Doe^John", true },
        { "*^*", null, true },
        { "*^*", "Doe", true },
        { "?*", null, false },
        { "Doe*", "", false },
        // Accents: written or not, on either side; "ue" is a way of spelling, not an accent.
        { "Müller", "MULLER", true },
        { "Muller", "Müller", true },
        { "Mueller", "Müller", false },
        { "Müller", "Mueller", false },
        { "WEISS^*", "Weiß^Anna", true },
        { "Ça*", "CAVUSOGLU", true },
        { "Иванов^Андрей", "ИВАНОВ^АНДРЕЙ", true },
        { "Андреи", "Андрей", false },
        // Component groups.
        { "Yamada^Tarou", Yamada, true },
        { "山田^太郎", Yamada, true },
        { "やまだ*", Yamada, true },
        { "ﾔﾏﾀﾞ^ﾀﾛｳ", "ヤマダ^タロウ=山田^太郎", true },
        { "やまた*", Yamada, false },
        { "山田^太郎*たろう", Yamada, false },
        { "Yamada^Tarou=山田^太郎", Yamada, true },
        { "Yamada^Tarou=山田^次郎", Yamada, false },
        { "=山田*", Yamada, true },
        { "=Yamada*", Yamada, false },
        { "==やまだ^*", Yamada, true },
        { "Yamada^Tarou==", Yamada, true },
        { "Yamada^Tarou===", Yamada, true },
        { "*=山田*", Yamada, true },
        { "Yamada*=*", Yamada, true },
        { "*=*", "Doe", true },
        { "*=*=*", null, true },
        { "==", "Doe", true },
        { "Wang^XiaoDong=王^小東", "Wang^XiaoDong", false },
        { "Wang^XiaoDong", "=王^小東", false },
        // Several names.
        { "Doe^*", "Roe^Jane\\Doe^John", true },
        { "Doe\\Roe", "Roe", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Matches_KeyAndName_AsTheTableSays(string key, string? name, bool isMatch) =>
        Assert.Equal(isMatch, MatchingCase.Matches("PatientName", key, name));

    [Theory]
    [InlineData("Doe^John", "Doe^John", true)]
    [InlineData("DOE^JOHN", "Doe^John", false)]
    [InlineData("Muller", "Müller", false)]
    [InlineData("Müller*", "Müller^Anna", true)]
    public void Matches_LiteralNames_EveryCharacterCounts(string key, string name, bool isMatch) =>
        Assert.Equal(isMatch, MatchingCase.Matches("PatientName", key, name, new() { PersonNameFolding = MatchingFolding.None }));

    [Fact]
    public void Matches_KeyAndNameInDifferentCharacterSets_CompareAsText()
    {
        var identifier = new DicomDataset().SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100").SetString(DicomTag.PatientName, "MÜLLER*");
        var utf8 = MatchingCase.With(DicomTag.PatientName, "Müller^Anna");
        var undeclared = new DicomDataset().SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72 });

        var query = MatchingQuery.Compile(identifier);

        Assert.True(query.Matches(utf8));
        Assert.True(query.Matches(undeclared));
        undeclared.FallbackCharacterSet = DicomCharacterSet.Parse("ISO_IR 144");
        Assert.False(query.Matches(undeclared));
    }

    [Fact]
    public void Compile_KeyWithBytesOutsideItsCharacterSet_IsRefused()
    {
        var identifier = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetValue(DicomTag.PatientName, DicomVR.PN, new byte[] { 0x4D, 0xFC, 0x6C, 0x6C });

        Assert.Equal(DicomTag.PatientName, MatchingCase.Refused(identifier).Tag);
    }

    [Fact]
    public void Key_OfOneGroupAndOfGroups_TellsWhatEachMustMatch()
    {
        var any = Assert.IsType<PersonNameKey>(MatchingCase.Key(DicomTag.PatientName, "Doe^*"));
        Assert.Equal(["DOE", "DOE^%"], any.AnyGroup.Select(p => p.ToLike()));
        Assert.Empty(any.Alphabetic);

        var groups = Assert.IsType<PersonNameKey>(MatchingCase.Key(DicomTag.PatientName, "=山*"));
        Assert.Empty(groups.AnyGroup);
        Assert.Empty(groups.Alphabetic);
        Assert.Equal(["山%"], groups.Ideographic.Select(p => p.ToLike()));
        Assert.Empty(groups.Phonetic);
    }
}
