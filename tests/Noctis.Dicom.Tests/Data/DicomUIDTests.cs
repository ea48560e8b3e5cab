using System.Globalization;
using System.Numerics;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomUIDTests
{
    [Theory]
    [InlineData("1.2.840.10008.1.1", true)]
    [InlineData("0.0", true)]
    [InlineData("1", true)]
    [InlineData("1.02", false)]
    [InlineData("1..2", false)]
    [InlineData(".1", false)]
    [InlineData("1.", false)]
    [InlineData("1.2 ", false)]
    [InlineData("1.a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("1.2345678901234567890123456789012345678901234567890123456789012.4", false)]
    [InlineData("1.2345678901234567890123456789012345678901234567890123456789012", true)]
    public void IsValid_Text_FollowsPS35(string? text, bool valid) => Assert.Equal(valid, DicomUID.IsValid(text));

    [Fact]
    public void Generate_Twice_GivesTwoValidUidsUnder225()
    {
        var uids = Enumerable.Range(0, 200).Select(_ => DicomUID.Generate().Value).ToHashSet();

        Assert.Equal(200, uids.Count);
        Assert.All(uids, uid =>
        {
            Assert.True(DicomUID.IsValid(uid));
            Assert.StartsWith("2.25.", uid, StringComparison.Ordinal);
            var number = BigInteger.Parse(uid[5..], CultureInfo.InvariantCulture);
            Assert.True(number < BigInteger.Pow(2, 128));

            // Version 4 of a UUID stands in bits 76 to 79.
            Assert.Equal(4, (int)((number >> 76) & 0xF));
        });
    }

    [Fact]
    public void Registered_Uid_ComesWithItsName()
    {
        var uid = DicomUID.Parse("1.2.840.10008.5.1.4.1.1.2\0");

        Assert.Same(DicomUID.CTImageStorage, uid);
        Assert.Equal("CT Image Storage", uid.Name);
        Assert.Equal("CTImageStorage", uid.Keyword);
        Assert.Equal(DicomUIDType.SopClass, uid.Type);
        Assert.True(uid.IsStorageSopClass);
        Assert.False(uid.IsRetired);
        Assert.Equal(DicomUIDType.Unknown, DicomUID.Parse("1.2.3").Type);
        Assert.Equal("1.2.3", DicomUID.Parse("1.2.3").Name);
        Assert.Null(DicomUID.Find("1.2.3"));
        Assert.Null(DicomUID.Find(new string('1', 5000)));
    }

    [Fact]
    public void All_EveryRegisteredUid_IsValidAndFound()
    {
        Assert.True(DicomUID.All.Count > 480);
        Assert.All(DicomUID.All, u => Assert.True(DicomUID.IsValid(u.Value)));
        Assert.All(DicomUID.All, u => Assert.Same(u, DicomUID.Find(u.Value)));
    }

    [Fact]
    public void StorageSopClasses_List_IsThatOfPS34AnnexB()
    {
        Assert.Equal(170, DicomUID.StorageSopClasses.Count);
        Assert.Contains(DicomUID.SecondaryCaptureImageStorage, DicomUID.StorageSopClasses);
        Assert.DoesNotContain(DicomUID.Verification, DicomUID.StorageSopClasses);
        Assert.False(DicomUID.Parse("1.2.840.10008.5.1.4.1.2.2.1").IsStorageSopClass);
    }
}
