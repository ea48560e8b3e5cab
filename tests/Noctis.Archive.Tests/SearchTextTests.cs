namespace Noctis.Archive.Tests;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Müller  Anna ", "MULLER ANNA")]
    [InlineData("straße", "STRASSE")]
    [InlineData("Ørsted", "ORSTED")]
    [InlineData("Łódź", "LODZ")]
    [InlineData("ＡＢＣ", "ABC")]
    [InlineData("e\u0301cole", "ECOLE")]
    [InlineData("山田^太郎", "山田^太郎")]
    [InlineData("Διονυσίου", "ΔΙΟΝΥΣΙΟΥ")]
    [InlineData("a\u0000b", "AB")]
    [InlineData(" \t ", "")]
    [InlineData(null, "")]
    public void Fold_OfText_IsUpperCaseWithoutDiacritics(string? text, string expected) => Assert.Equal(expected, SearchText.Fold(text));

    [Fact]
    public void Fold_OfDamagedText_DoesNotThrow() => Assert.Equal("A\ufffdB", SearchText.Fold("a\ud800b"));

    [Theory]
    [InlineData("Müller Anna")]
    [InlineData("ﬁne ß")]
    [InlineData("각")]
    public void Fold_OfFoldedText_IsTheSame(string text) => Assert.Equal(SearchText.Fold(text), SearchText.Fold(SearchText.Fold(text)));
}
