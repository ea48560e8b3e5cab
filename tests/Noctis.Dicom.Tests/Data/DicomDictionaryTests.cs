using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomDictionaryTests
{
    [Fact]
    public void Find_PatientName_IsWhatPS36Says()
    {
        var entry = DicomDictionary.Find(DicomTag.PatientName);

        Assert.NotNull(entry);
        Assert.Equal("PatientName", entry.Keyword);
        Assert.Equal("Patient's Name", entry.Name);
        Assert.Equal([DicomVR.PN], entry.VRs);
        Assert.Equal("1", entry.VM.ToString());
        Assert.False(entry.IsRetired);
        Assert.Equal(entry, DicomDictionary.Find("PatientName"));
    }

    [Fact]
    public void Find_EveryEntry_IsFoundByItsTagAndItsKeyword()
    {
        var entries = DicomDictionary.Entries.ToList();

        Assert.True(entries.Count > 5000);
        Assert.All(entries, e => Assert.Equal(e.Keyword, DicomDictionary.Find(e.Tag)!.Keyword));
        Assert.All(entries.Where(e => e.Keyword.Length > 0), e => Assert.Equal(e.Tag, DicomDictionary.Find(e.Keyword)!.Tag));
    }

    [Theory]
    [InlineData(0x60023000u, "OverlayData")]
    [InlineData(0x601E0010u, "OverlayRows")]
    [InlineData(0x50FE0005u, "CurveDimensions")]
    [InlineData(0x00203102u, "SourceImageIDs")]
    [InlineData(0x7F020010u, "VariablePixelData")]
    [InlineData(0x10000123u, "HuffmanTableTriplet")]
    public void Find_RepeatingGroup_IsFoundInEachOfIt(uint tag, string keyword)
    {
        Assert.Equal(keyword, DicomDictionary.Find(new DicomTag(tag))?.Keyword);
        Assert.Equal(new DicomTag(tag), DicomDictionary.Find(new DicomTag(tag))!.Tag);
    }

    [Theory]
    [InlineData(0x60013000u)]
    [InlineData(0x00091001u)]
    [InlineData(0x00080003u)]
    public void Find_TagOfNoDictionary_IsNothingAndUnknown(uint tag)
    {
        Assert.Null(DicomDictionary.Find(new DicomTag(tag)));
        Assert.Equal(DicomVR.UN, DicomDictionary.GetVR(new DicomTag(tag)));
        Assert.Equal("", DicomDictionary.GetKeyword(new DicomTag(tag)));
    }

    [Fact]
    public void Find_GroupLengthsAndPrivateCreators_AreKnown()
    {
        Assert.Equal(DicomVR.UL, DicomDictionary.GetVR(new DicomTag(0x0010, 0)));
        Assert.Equal(DicomVR.UL, DicomDictionary.GetVR(new DicomTag(0x0009, 0)));
        Assert.Equal(DicomVR.UL, DicomDictionary.GetVR(new DicomTag(0x1000, 0)));
        Assert.Equal(DicomVR.LO, DicomDictionary.GetVR(new DicomTag(0x0009, 0x0010)));
        Assert.Equal("PrivateCreator", DicomDictionary.GetKeyword(new DicomTag(0x0009, 0x00FF)));
    }

    [Fact]
    public void ResolveVR_PixelRepresentationAbove_DecidesBetweenUSAndSS()
    {
        var item = new DicomDataset();
        var root = new DicomDataset().SetSequence(DicomTag.ModalityLUTSequence, item);

        Assert.Equal(DicomVR.US, DicomDictionary.ResolveVR(DicomTag.SmallestImagePixelValue, item));
        root.SetUInt16(DicomTag.PixelRepresentation, 1);
        Assert.Equal(DicomVR.SS, DicomDictionary.ResolveVR(DicomTag.SmallestImagePixelValue, item));
        Assert.Equal(DicomVR.OW, DicomDictionary.ResolveVR(DicomTag.PixelData, item));
        Assert.Equal(DicomVR.OW, DicomDictionary.ResolveVR(DicomTag.LUTData, item));
        Assert.Equal(DicomVR.SS, DicomDictionary.ResolveVR(DicomTag.LUTDescriptor, item));
    }

    [Theory]
    [InlineData("1", 1, true)]
    [InlineData("1", 2, false)]
    [InlineData("1", 0, true)]
    [InlineData("1-3", 3, true)]
    [InlineData("1-3", 4, false)]
    [InlineData("2-n", 1, false)]
    [InlineData("2-n", 7, true)]
    [InlineData("2-2n", 6, true)]
    [InlineData("2-2n", 7, false)]
    [InlineData("3-3n", 9, true)]
    public void Multiplicity_Count_IsAllowedOrNot(string vm, int count, bool allowed)
    {
        var parsed = DicomValueMultiplicity.Parse(vm);

        Assert.Equal(allowed, parsed.Allows(count));
        Assert.Equal(vm, parsed.ToString());
    }

    [Fact]
    public void PrivateDictionary_RegisteredElement_IsFoundInAnyBlock()
    {
        var dictionary = new DicomPrivateDictionary();
        dictionary.Add("SIEMENS CSA HEADER", 0x0029, 0x10, "OB", "1", "CSA Image Header Info");

        Assert.True(dictionary.TryFind("SIEMENS CSA HEADER ", new DicomTag(0x0029, 0x1110), out var entry));
        Assert.Equal(new DicomTag(0x0029, 0x1110), entry.Tag);
        Assert.Equal(DicomVR.OB, entry.VR);
        Assert.False(dictionary.TryFind("OTHER", new DicomTag(0x0029, 0x1110), out _));
        Assert.False(dictionary.TryFind("SIEMENS CSA HEADER", new DicomTag(0x0029, 0x0010), out _));
        Assert.Throws<ArgumentException>(() => dictionary.Add("X", 0x0028, 0x10, "OB", "1", "none"));
    }
}
