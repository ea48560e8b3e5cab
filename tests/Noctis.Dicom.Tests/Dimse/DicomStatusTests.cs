using Noctis.Dicom.Dimse;

namespace Noctis.Dicom.Tests.Dimse;

public class DicomStatusTests
{
    [Theory]
    [InlineData(0x0000, DicomStatusCategory.Success)]
    [InlineData(0xFF00, DicomStatusCategory.Pending)]
    [InlineData(0xFF01, DicomStatusCategory.Pending)]
    [InlineData(0xFE00, DicomStatusCategory.Cancel)]
    [InlineData(0x0001, DicomStatusCategory.Warning)]
    [InlineData(0x0107, DicomStatusCategory.Warning)]
    [InlineData(0x0116, DicomStatusCategory.Warning)]
    [InlineData(0xB000, DicomStatusCategory.Warning)]
    [InlineData(0xBFFF, DicomStatusCategory.Warning)]
    [InlineData(0x0110, DicomStatusCategory.Failure)]
    [InlineData(0xA700, DicomStatusCategory.Failure)]
    [InlineData(0xA900, DicomStatusCategory.Failure)]
    [InlineData(0xC123, DicomStatusCategory.Failure)]
    [InlineData(0x4242, DicomStatusCategory.Failure)]
    public void Category_OfACode_IsThatOfAnnexC(int code, DicomStatusCategory expected)
    {
        var status = new DicomStatus((ushort)code);

        Assert.Equal(expected, status.Category);
        Assert.Equal(expected is DicomStatusCategory.Success or DicomStatusCategory.Warning, status.IsSuccessOrWarning);
    }

    [Theory]
    [InlineData(0x0000, "0000 Success")]
    [InlineData(0xA712, "A712 Refused: Out of Resources")]
    [InlineData(0xA9FF, "A9FF Error: Data Set Does Not Match SOP Class")]
    [InlineData(0xCFFF, "CFFF Error: Cannot Understand")]
    [InlineData(0x0122, "0122 Refused: SOP Class Not Supported")]
    public void ToString_GivesCodeAndName(int code, string expected) => Assert.Equal(expected, new DicomStatus((ushort)code).ToString());

    [Fact]
    public void Equality_IsThatOfTheCodes()
    {
        Assert.True(new DicomStatus(0xA700) == DicomStatus.OutOfResources);
        Assert.True(DicomStatus.Success != DicomStatus.Pending);
        Assert.Equal(default, DicomStatus.Success);
    }
}
