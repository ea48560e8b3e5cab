using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomTagTests
{
    [Theory]
    [InlineData("(0010,0010)")]
    [InlineData("0010,0010")]
    [InlineData("00100010")]
    [InlineData("PatientName")]
    public void Parse_EachNotation_IsTheTag(string text) => Assert.Equal(DicomTag.PatientName, DicomTag.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0010")]
    [InlineData("(0010;0010)")]
    [InlineData("+0100010")]
    [InlineData("patientname")]
    [InlineData("Müller")]
    public void Parse_Anything_IsRefused(string text)
    {
        Assert.Throws<FormatException>(() => DicomTag.Parse(text));
        Assert.False(DicomTag.TryParse(text, out _));
    }

    [Fact]
    public void Parts_LowerCaseHexadecimal_AreReadAndPrintedInUpperCase()
    {
        var tag = DicomTag.Parse("(7fe0,00aB)");

        Assert.Equal(0x7FE0, tag.Group);
        Assert.Equal(0x00AB, tag.Element);
        Assert.Equal("(7FE0,00AB)", tag.ToString());
        Assert.Equal("7FE000AB", tag.ToJsonString());
    }

    [Theory]
    [InlineData(0x0009, 0x1001, true)]
    [InlineData(0x0008, 0x1001, false)]
    [InlineData(0x0007, 0x1001, false)]
    [InlineData(0xFFFF, 0x1001, false)]
    [InlineData(0x50FF, 0x0010, true)]
    public void IsPrivate_Group_FollowsItsOddness(int group, int element, bool isPrivate) =>
        Assert.Equal(isPrivate, new DicomTag((ushort)group, (ushort)element).IsPrivate);

    [Fact]
    public void PrivateCreatorTag_ElementOfABlock_IsTheOneThatReservesIt()
    {
        Assert.Equal(new DicomTag(0x0029, 0x0011), new DicomTag(0x0029, 0x1108).PrivateCreatorTag);
        Assert.True(new DicomTag(0x0029, 0x0011).IsPrivateCreator);
        Assert.Null(new DicomTag(0x0029, 0x0011).PrivateCreatorTag);
        Assert.Null(new DicomTag(0x0028, 0x1108).PrivateCreatorTag);
    }

    [Fact]
    public void Order_Tags_IsByGroupThenElement()
    {
        Assert.True(DicomTag.SOPInstanceUID < DicomTag.PatientName);
        Assert.True(DicomTag.PatientID >= DicomTag.PatientName);
        Assert.True(new DicomTag(0xFFFE, 0) > DicomTag.PixelData);
    }
}
