using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomTransferSyntaxTests
{
    // explicit VR, big endian, deflated, encapsulated, lossy, referenced pixel data
    [Theory]
    [InlineData("1.2.840.10008.1.2", false, false, false, false, false, false)]
    [InlineData("1.2.840.10008.1.2.1", true, false, false, false, false, false)]
    [InlineData("1.2.840.10008.1.2.1.98", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.1.99", true, false, true, false, false, false)]
    [InlineData("1.2.840.10008.1.2.2", true, true, false, false, false, false)]
    [InlineData("1.2.840.10008.1.2.4.50", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.57", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.70", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.80", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.81", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.90", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.91", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.94", true, false, false, false, true, true)]
    [InlineData("1.2.840.10008.1.2.4.95", true, false, true, false, true, true)]
    [InlineData("1.2.840.10008.1.2.4.100", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.106.1", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.108", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.110", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.112", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.201", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.4.203", true, false, false, true, true, false)]
    [InlineData("1.2.840.10008.1.2.4.205", true, false, true, false, true, true)]
    [InlineData("1.2.840.10008.1.2.5", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.2.7.1", true, false, false, false, false, false)]
    [InlineData("1.2.840.10008.1.2.8.1", true, false, false, true, false, false)]
    [InlineData("1.2.840.10008.1.20", false, false, false, false, false, false)]
    public void Lookup_Uid_HasTheFlagsOfAnnexA(
        string uid, bool isExplicit, bool isBigEndian, bool isDeflated, bool isEncapsulated, bool isLossy, bool isReferenced)
    {
        var syntax = DicomTransferSyntax.Lookup(uid + "\0");

        Assert.NotNull(syntax);
        Assert.Equal(uid, syntax.UID.Value);
        Assert.Equal(
            (isExplicit, isBigEndian, isDeflated, isEncapsulated, isLossy, isReferenced),
            (syntax.IsExplicitVR, syntax.IsBigEndian, syntax.IsDeflated, syntax.IsEncapsulated, syntax.IsLossy, syntax.IsPixelDataReferenced));
    }

    [Fact]
    public void All_EveryTransferSyntaxOfPS36_IsListed()
    {
        Assert.Equal(DicomUID.All.Where(u => u.Type == DicomUIDType.TransferSyntax), DicomTransferSyntax.All.Select(s => s.UID));
        Assert.Equal(63, DicomTransferSyntax.All.Count);
        Assert.All(DicomTransferSyntax.All, s => Assert.Same(s, DicomTransferSyntax.Lookup(s.UID)));
        Assert.Equal(16, DicomTransferSyntax.All.Count(s => s.IsVideo));
    }

    [Fact]
    public void IsDatasetEncoding_MimeXmlAndRealTimeVideo_AreNot() =>
        Assert.Equal(5, DicomTransferSyntax.All.Count(s => !s.IsDatasetEncoding));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2.840.10008.1.1")]
    [InlineData("1.2.3")]
    public void Lookup_NoTransferSyntax_IsNull(string? uid) => Assert.Null(DicomTransferSyntax.Lookup(uid));
}
