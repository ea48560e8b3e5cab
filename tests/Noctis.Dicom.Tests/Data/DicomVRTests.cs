using System.Text;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomVRTests
{
    [Fact]
    public void All_Representations_AreThe34OfPS35InOrder()
    {
        var codes = DicomVR.All.Select(v => v.Code).ToArray();

        Assert.Equal(34, codes.Length);
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.All(DicomVR.All, v => Assert.Same(v, DicomVR.Lookup(v.Code)));
        Assert.All(DicomVR.All, v => Assert.Same(v, DicomVR.Lookup((byte)v.Code[0], (byte)v.Code[1])));
    }

    [Fact]
    public void Uses32BitLength_Representations_AreThoseOfTable71() => Assert.Equal(
        ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"],
        DicomVR.All.Where(v => v.Uses32BitLength).Select(v => v.Code));

    [Fact]
    public void UsesSpecificCharacterSet_Representations_AreThoseOfPS356122() => Assert.Equal(
        ["LO", "LT", "PN", "SH", "ST", "UC", "UT"],
        DicomVR.All.Where(v => v.UsesSpecificCharacterSet).Select(v => v.Code));

    [Fact]
    public void IsMultiValued_Representations_AreAllButTextsAndBulk() => Assert.Equal(
        ["LT", "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "ST", "UN", "UR", "UT"],
        DicomVR.All.Where(v => !v.IsMultiValued).Select(v => v.Code));

    [Theory]
    [InlineData("AT OW SS US", 2)]
    [InlineData("FL OF OL SL UL", 4)]
    [InlineData("FD OD OV SV UV", 8)]
    [InlineData("OB UN UI PN CS SQ", 1)]
    public void UnitSize_Representation_IsWhatSwaps(string codes, int size) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(size, DicomVR.Lookup(code)!.UnitSize));

    [Fact]
    public void PaddingByte_Representation_IsSpaceForTextButUI() => Assert.All(
        DicomVR.All, v => Assert.Equal(v.IsText && v != DicomVR.UI ? (byte)' ' : 0, v.PaddingByte));

    [Theory]
    [InlineData("")]
    [InlineData("pn")]
    [InlineData("XX")]
    [InlineData("P")]
    [InlineData("PNX")]
    [InlineData("Ü1")]
    [InlineData(null)]
    public void Lookup_NoRepresentation_IsNull(string? code) => Assert.Null(DicomVR.Lookup(code));

    [Fact]
    public void Lookup_AnyTwoBytes_NeverFails()
    {
        var found = 0;
        for (var first = 0; first < 256; first++)
        {
            for (var second = 0; second < 256; second++)
                found += DicomVR.Lookup((byte)first, (byte)second) is null ? 0 : 1;
        }

        Assert.Equal(34, found);
        Assert.Equal("PN", Encoding.ASCII.GetString([(byte)DicomVR.PN.ToString()[0], (byte)DicomVR.PN.ToString()[1]]));
    }
}
