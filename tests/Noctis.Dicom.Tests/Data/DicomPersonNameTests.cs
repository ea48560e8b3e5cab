using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomPersonNameTests
{
    [Theory]
    [InlineData("Müller^Anna", "Müller, Anna")]
    [InlineData("Adams^John Robert Quincy^^Rev.^B.A. M.Div.", "Adams, Rev. John Robert Quincy, B.A. M.Div.")]
    [InlineData("Morrison-Jones^Susan^^^Ph.D., Chief Executive Officer", "Morrison-Jones, Susan, Ph.D., Chief Executive Officer")]
    [InlineData("Doe^John^Q", "Doe, John Q")]
    [InlineData("Doe", "Doe")]
    [InlineData("^Anna", "Anna")]
    [InlineData("^^^^", "")]
    [InlineData("", "")]
    [InlineData(" Doe ^ John ", "Doe, John")]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada, Tarou")]
    [InlineData("=山田^太郎", "山田 太郎")]
    [InlineData("==やまだ^たろう", "やまだ たろう")]
    [InlineData("Hong^Gildong=洪^吉洞=홍^길동=extra", "Hong, Gildong")]
    public void ToDisplayString_Name_IsAsReadersWriteIt(string text, string display) =>
        Assert.Equal(display, DicomPersonName.Parse(text).ToDisplayString());

    [Theory]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう", "山田 太郎 (Yamada, Tarou)")]
    [InlineData("Müller^Anna", "Müller, Anna")]
    [InlineData("=홍^길동", "홍 길동")]
    public void ToDisplayString_IdeographicFirst_HasTheRomanisedAside(string text, string display) =>
        Assert.Equal(display, DicomPersonName.Parse(text).ToDisplayString(DicomPersonNameStyle.Ideographic));

    [Theory]
    [InlineData("Müller^Anna^^^", "Müller^Anna")]
    [InlineData("Yamada^Tarou=山田^太郎=", "Yamada^Tarou=山田^太郎")]
    [InlineData("=山田^太郎", "=山田^太郎")]
    [InlineData("^^^^==", "")]
    [InlineData("A^B^C^D^E^F", "A^B^C^D^E^F")]
    [InlineData("A^B^C^D^E \0^ ^", "A^B^C^D^E")]
    public void ToString_Name_IsTheFormOfTheStandardWithoutEmptyEnds(string text, string form) =>
        Assert.Equal(form, DicomPersonName.Parse(text).ToString());

    [Fact]
    public void Equality_SameComponents_AreEqual()
    {
        Assert.Equal(DicomPersonName.Parse("A^B^^^="), new DicomPersonName("A", "B"));
        Assert.NotEqual(DicomPersonName.Parse("A^B"), DicomPersonName.Parse("A^C"));
        Assert.True(DicomPersonName.Parse("^=^").IsEmpty);
    }
}
