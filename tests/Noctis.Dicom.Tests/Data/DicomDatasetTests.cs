using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomDatasetTests
{
    [Fact]
    public void Enumeration_ElementsAddedInAnyOrder_IsOrderedByTag()
    {
        var random = new Random(1);
        var tags = Enumerable.Range(0, 5000).Select(i => new DicomTag((uint)(0x00090000 + i))).ToArray();
        var shuffled = tags.ToArray();
        random.Shuffle(shuffled);
        var dataset = new DicomDataset();

        foreach (var tag in shuffled)
            dataset.Add(new DicomValueElement(tag, DicomVR.UN, default));
        foreach (var tag in shuffled.Where(t => t.Value % 3 == 0))
            Assert.True(dataset.Remove(tag));

        Assert.Equal(tags.Where(t => t.Value % 3 != 0), dataset.Select(e => e.Tag));
        Assert.Equal(tags.Count(t => t.Value % 3 != 0), dataset.Count);
        Assert.All(tags, t => Assert.Equal(t.Value % 3 != 0, dataset.Contains(t)));
    }

    [Fact]
    public void SetString_DictionaryKnowsTheTag_WritesItsRepresentationPaddedToEvenLength()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.PatientID, "ABC")
            .SetString(DicomTag.SOPInstanceUID, "1.2.3")
            .SetUInt16(DicomTag.Rows, 512);

        Assert.Equal("ABC "u8.ToArray(), ((DicomValueElement)dataset[DicomTag.PatientID]).Value.ToArray());
        Assert.Equal("1.2.3\0"u8.ToArray(), ((DicomValueElement)dataset[DicomTag.SOPInstanceUID]).Value.ToArray());
        Assert.Equal([0x00, 0x02], ((DicomValueElement)dataset[DicomTag.Rows]).Value.ToArray());
        Assert.Equal(DicomVR.US, dataset[DicomTag.Rows].VR);
        Assert.Equal("ABC", dataset.GetString(DicomTag.PatientID));
        Assert.Equal("1.2.3", dataset.GetString(DicomTag.SOPInstanceUID));
        Assert.Equal(512, dataset.GetInt32(DicomTag.Rows));
    }

    [Fact]
    public void Add_TagPresentAlready_IsRefused()
    {
        var dataset = new DicomDataset().SetString(DicomTag.PatientID, "1");

        Assert.Throws<ArgumentException>(() => dataset.Add(new DicomValueElement(DicomTag.PatientID, DicomVR.LO, default)));
        Assert.Equal("1", dataset.GetString(DicomTag.PatientID));
    }
}
