using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomDatasetWritingTests
{
    [Fact]
    public void Setters_EachKind_AreReadBack()
    {
        var dataset = new DicomDataset()
            .SetUInt32(DicomTag.FileMetaInformationGroupLength, 4_000_000_000)
            .SetInt32(DicomTag.InstanceNumber, -3)
            .SetInt64(DicomTag.SelectorSVValue, long.MinValue)
            .SetDouble(DicomTag.PixelSpacing, 0.1, 1.0 / 3)
            .SetDouble(DicomTag.RecommendedDisplayFrameRateInFloat, 2.5)
            .SetDate(DicomTag.StudyDate, new DateOnly(2026, 3, 4))
            .SetTime(DicomTag.StudyTime, new TimeOnly(5, 6, 7, 80))
            .SetUID(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .SetTag(DicomTag.FrameIncrementPointer, DicomTag.FrameTime, DicomTag.FrameTimeVector)
            .SetPersonName(DicomTag.PatientName, new DicomPersonName("Adams", "John"))
            .SetString(DicomTag.Rows, "512")
            .SetEmpty(DicomTag.PatientID);

        Assert.Equal(4_000_000_000, dataset.GetUInt32(DicomTag.FileMetaInformationGroupLength));
        Assert.Equal(-3, dataset.GetInt32(DicomTag.InstanceNumber));
        Assert.Equal(long.MinValue, dataset.GetInt64(DicomTag.SelectorSVValue));
        Assert.Equal(["0.1", "0.33333333333333"], dataset.GetStrings(DicomTag.PixelSpacing));
        Assert.Equal(2.5, dataset.GetDouble(DicomTag.RecommendedDisplayFrameRateInFloat));
        Assert.Equal("20260304", dataset.GetString(DicomTag.StudyDate));
        Assert.Equal("050607.080000", dataset.GetString(DicomTag.StudyTime));
        Assert.Equal(DicomUID.CTImageStorage, dataset.GetUID(DicomTag.SOPClassUID));
        Assert.Equal(DicomTag.FrameTimeVector, dataset.GetTag(DicomTag.FrameIncrementPointer, 1));
        Assert.Equal("Adams, John", dataset.GetPersonName(DicomTag.PatientName)!.ToDisplayString());
        Assert.Equal(512, dataset.GetInt32(DicomTag.Rows));
        Assert.True(dataset[DicomTag.PatientID].IsEmpty);
        Assert.All(dataset.OfType<DicomValueElement>(), e => Assert.Equal(0, e.Length % 2));
        Assert.Empty(dataset.Validate());
    }

    [Fact]
    public void SetString_UnsignedShortBeyondItsRange_IsRefused()
    {
        var dataset = new DicomDataset();

        var e = Assert.Throws<DicomDataException>(() => dataset.SetInt32(DicomTag.Rows, 65536));
        Assert.Equal(DicomTag.Rows, e.Tag);
        Assert.Contains("(0028,0010)", e.Message, StringComparison.Ordinal);
        Assert.Throws<DicomDataException>(() => dataset.SetInt32(DicomTag.Rows, -1));
        Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTag.Rows, "many"));
        Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTag.PixelData, "1"));
        Assert.Throws<DicomDataException>(() => dataset.SetDouble(DicomTag.PatientWeight, double.NaN));
        Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTag.Modality, "Ü"));
        Assert.Empty(dataset);
    }

    [Fact]
    public void SetString_TextOutsideTheDeclaredSets_NamesTagAndRemedy()
    {
        var dataset = new DicomDataset();

        var e = Assert.Throws<DicomDataException>(() => dataset.SetString(DicomTag.PatientName, "Müller^Anna"));
        Assert.Equal(DicomTag.PatientName, e.Tag);
        Assert.Contains("(0008,0005)", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ller", e.Message, StringComparison.Ordinal);

        dataset.SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100").SetString(DicomTag.PatientName, "Müller^Anna");
        Assert.Equal(Bytes.Of("M\u00fcller^Anna "), dataset.GetBytes(DicomTag.PatientName)!.Value.ToArray());
    }

    [Fact]
    public void SetString_RepresentationDependsOnTheDataSet_IsResolved()
    {
        var dataset = new DicomDataset().SetUInt16(DicomTag.PixelRepresentation, 1).SetInt32(DicomTag.SmallestImagePixelValue, -5);

        Assert.Equal(DicomVR.SS, dataset[DicomTag.SmallestImagePixelValue].VR);
        Assert.Equal(-5, dataset.GetInt32(DicomTag.SmallestImagePixelValue));
    }

    [Fact]
    public void ReservePrivateTag_BlocksTaken_TakesTheNextAndKeepsItsOwn()
    {
        var dataset = new DicomDataset().SetString(new DicomTag(0x0009, 0x0010), "SOMEONE");

        var tag = dataset.ReservePrivateTag(0x0009, "NOCTIS", 0x02);
        dataset.SetValue(tag, DicomVR.LO, "X "u8.ToArray());

        Assert.Equal(new DicomTag(0x0009, 0x1102), tag);
        Assert.Equal("NOCTIS", dataset.GetPrivateCreator(tag));
        Assert.Equal(new DicomTag(0x0009, 0x1103), dataset.ReservePrivateTag(0x0009, "NOCTIS", 0x03));
        Assert.Equal(tag, dataset.FindPrivateTag(0x0009, "NOCTIS", 0x02));
        Assert.Null(dataset.FindPrivateTag(0x0009, "NOBODY", 0x02));
        Assert.Throws<DicomDataException>(() => dataset.ReservePrivateTag(0x0008, "NOCTIS", 0x02));
        dataset.SetString(tag, "Y");
        Assert.Equal(DicomVR.LO, dataset[tag].VR);
    }
}
