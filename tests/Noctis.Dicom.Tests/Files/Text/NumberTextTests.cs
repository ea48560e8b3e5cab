using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Tests.Files.Text;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1.50", "-1.50")]
    [InlineData("+05", "5")]
    [InlineData("007", "7")]
    [InlineData("-0", "-0")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("5.", "5")]
    [InlineData("1E5", "1E5")]
    [InlineData("1.0e-05", "1.0e-05")]
    [InlineData("1e+3", "1e+3")]
    public void ToJson_DecimalString_KeepsItsDigits(string text, string expected) =>
        Assert.Equal(expected, NumberText.ToJson(text, DicomVR.DS));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1,5")]
    [InlineData("1 2")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("e5")]
    [InlineData("1.2.3")]
    [InlineData("1E999")]
    [InlineData("12 \"")]
    public void ToJson_NoNumber_IsNull(string text) => Assert.Null(NumberText.ToJson(text, DicomVR.DS));

    /// <summary>Found by fuzzing: as a number it came back with fewer digits.</summary>
    [Theory]
    [InlineData("3194285165677429084")]
    [InlineData("0.12345678901234567")]
    public void ToJson_DecimalStringThatIsTooLong_IsNull(string text) => Assert.Null(NumberText.ToJson(text, DicomVR.DS));

    [Theory]
    [InlineData("-.12345678901234")]
    [InlineData(".123456789012345")]
    [InlineData("1.23456789012345")]
    [InlineData("-1.234567890E-10")]
    public void FromJson_OfADecimalStringThatFits_HasItsDigits(string text) =>
        Assert.Equal(text, NumberText.FromJson(NumberText.ToJson(text, DicomVR.DS)!, DicomVR.DS));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1.")]
    public void ToJson_FractionInIntegerString_IsNull(string text) => Assert.Null(NumberText.ToJson(text, DicomVR.IS));

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("0.12345678901234", "0.12345678901234")]
    [InlineData("0.123456789012345", ".123456789012345")]
    [InlineData("-0.12345678901234", "-.12345678901234")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("3.141592653589793116", "3.14159265358979")]
    [InlineData("-1.2345678901234567E-100", "-1.234567890E-100", "-1.23456789E-100")]
    public void FromJson_DecimalString_FitsSixteenCharacters(string literal, params string[] expected)
    {
        var text = NumberText.FromJson(literal, DicomVR.DS);

        Assert.Contains(text, expected);
        Assert.InRange(text.Length, 1, 16);
    }

    [Theory]
    [InlineData("5.0", "5")]
    [InlineData("1e3", "1000")]
    [InlineData("-7", "-7")]
    [InlineData("1.5", "1.5")]
    public void FromJson_IntegerString_IsSpelledOut(string literal, string expected) =>
        Assert.Equal(expected, NumberText.FromJson(literal, DicomVR.IS));

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("nan", double.NaN)]
    [InlineData("INF", double.PositiveInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("1.5e300", 1.5e300)]
    public void TryParseFloating_NamesOfXmlSchemaAndOthers_AreRead(string text, double expected)
    {
        Assert.True(NumberText.TryParseFloating(Encoding.ASCII.GetBytes(text), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("+-inf")]
    [InlineData("infinite")]
    [InlineData("1,5")]
    public void TryParseFloating_Else_IsFalse(string text) =>
        Assert.False(NumberText.TryParseFloating(Encoding.ASCII.GetBytes(text), out _));
}
