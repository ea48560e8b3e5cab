using Noctis.Archive.Facilities;

namespace Noctis.Archive.Tests.Facilities;

public sealed class AETitleTests
{
    [Theory]
    [InlineData("Central Hospital", "CENTRALHOSP")]
    [InlineData("St. Mary's 2", "STMARYS2")]
    [InlineData("Müller & Söhne", "MULLERSOHNE")]
    [InlineData("Großkrankenhaus", "GROSSKRANKE")]
    [InlineData("Ørsted Klinikk", "ORSTEDKLINI")]
    [InlineData("Łódź Æther", "LODZAETHER")]
    [InlineData("İstanbul ışık", "ISTANBULISI")]
    [InlineData("Nguyễn Đình", "NGUYENDINH")]
    [InlineData("Больница № 1", "BOLNITSANO1")]
    [InlineData("Щукино", "SHCHUKINO")]
    [InlineData("Київ", "KIIV")]
    [InlineData("Νοσοκομείο", "NOSOKOMEIO")]
    [InlineData("ＭＲＩ ４２", "MRI42")]
    [InlineData("مركز ٣", "3")]
    [InlineData("東京病院", "FACILITY")]
    [InlineData("مستشفى", "FACILITY")]
    [InlineData("बीजिंग", "FACILITY")]
    [InlineData("🏥", "FACILITY")]
    [InlineData("\ud800", "FACILITY")]
    [InlineData("", "FACILITY")]
    [InlineData(null, "FACILITY")]
    public void Proposal_FromAName_IsItsLettersAndFourHexDigits(string? name, string expected)
    {
        var proposal = AETitleProposer.Propose(name);

        Assert.Equal(expected, proposal[..^4]);
        Assert.Matches("^[0-9A-F]{4}$", proposal[^4..]);
        Assert.Null(AETitleRules.Fault(proposal));
    }

    [Fact]
    public void Proposal_ForTheSameName_Differs() =>
        Assert.True(Enumerable.Range(0, 50).Select(_ => AETitleProposer.Propose("Central Hospital")).Distinct().Count() > 1);

    [Theory]
    [InlineData("CT1")]
    [InlineData("A")]
    [InlineData("SIXTEEN_CHARS_16")]
    [InlineData("  PADDED_TO_SIXTN  ")]
    [InlineData("CT 1")]
    [InlineData("lower~!\"#'")]
    public void Title_WithinTheRepresentation_HasNoFault(string title) => Assert.Null(AETitleRules.Fault(title));

    [Theory]
    [InlineData(null, "at least one character")]
    [InlineData("", "at least one character")]
    [InlineData("    ", "at least one character")]
    [InlineData("CT\\1", "backslash")]
    [InlineData("CT\t1", "control characters")]
    [InlineData("CT\u007f", "cannot hold")]
    [InlineData("MÜLLER", "\"Ü\"")]
    [InlineData("SEVENTEEN_CHARS17", "at most 16")]
    public void Title_OutsideTheRepresentation_IsExplained(string? title, string reason) => Assert.Contains(reason, AETitleRules.Fault(title), StringComparison.Ordinal);

    [Fact]
    public void Title_Normalized_IsUpperCaseWithoutPadding() => Assert.Equal("CT 1", AETitleRules.Normalize("  ct 1 "));
}
