using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Data;

public class DicomDatasetCharacterSetTests
{
    private static readonly byte[] Utf8Name = Bytes.Hex("4A C3 A9");

    [Fact]
    public void CharacterSet_NestedItems_InheritFromAboveUnlessTheyDeclare()
    {
        var inner = Name(Utf8Name);
        var own = Name([0x4A, 0xE9]).SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        var middle = new DicomDataset().SetSequence(DicomTag.ReferencedSeriesSequence, inner);
        var root = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 192")
            .SetSequence(DicomTag.ReferencedStudySequence, middle, own);

        Assert.Equal("Jé", inner.GetString(DicomTag.PatientName));
        Assert.Equal("Jé", own.GetString(DicomTag.PatientName));

        // Specific Character Set may change after the items were read.
        root.SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        Assert.Equal("JÃ©", inner.GetString(DicomTag.PatientName));
        root.Remove(DicomTag.SpecificCharacterSet);
        Assert.Equal("Jé", inner.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void CharacterSet_ItemsAddedBeforeTheSequenceIsInItsDataSet_InheritAllTheSame()
    {
        var sequence = new DicomSequence(DicomTag.ReferencedStudySequence);
        var root = new DicomDataset(sequence).SetString(DicomTag.SpecificCharacterSet, "ISO_IR 101");
        var late = Name([0xE6]);
        sequence.Items.Add(late);

        Assert.Equal("ć", late.GetString(DicomTag.PatientName));
        Assert.Same(sequence, late.OwnerSequence);
        Assert.Same(root.CharacterSet, late.CharacterSet);
    }

    [Fact]
    public void GetString_NothingDeclared_IsUtf8WhereValidAndLatin1Otherwise()
    {
        Assert.Equal("Jé", Name(Utf8Name).GetString(DicomTag.PatientName));
        Assert.Equal("Jé", Name([0x4A, 0xE9]).GetString(DicomTag.PatientName));
    }

    [Fact]
    public void GetString_NothingDeclaredButAFallback_IsReadByIt()
    {
        var item = Name([0xD5, 0xC5]);
        var root = Name([0xD5, 0xC5]).SetSequence(DicomTag.ReferencedStudySequence, item);

        root.FallbackCharacterSet = DicomCharacterSet.Parse("GBK");

        Assert.Equal("张", root.GetString(DicomTag.PatientName));
        Assert.Equal("张", item.GetString(DicomTag.PatientName));
        Assert.Equal([0xD5, 0xC5], root.GetBytes(DicomTag.PatientName)!.Value.ToArray());
        root.SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        Assert.Equal("ÕÅ", item.GetString(DicomTag.PatientName));
    }

    [Fact]
    public void GetPersonName_ThreeGroups_AreParted()
    {
        var dataset = Name(Bytes.Of("Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B=\u001b$B$d$^$@\u001b(B^\u001b$B$?$m$&\u001b(B"))
            .SetString(DicomTag.SpecificCharacterSet, "", "ISO 2022 IR 87");

        var name = dataset.GetPersonName(DicomTag.PatientName)!;

        Assert.Equal(("Yamada", "Tarou"), (name.Alphabetic.Family, name.Alphabetic.Given));
        Assert.Equal(("山田", "太郎"), (name.Ideographic.Family, name.Ideographic.Given));
        Assert.Equal(("やまだ", "たろう"), (name.Phonetic.Family, name.Phonetic.Given));
    }

    [Fact]
    public void Items_DataSetPutIntoItself_IsRefused()
    {
        var root = new DicomDataset().SetSequence(DicomTag.ReferencedStudySequence, new DicomDataset());

        Assert.Throws<ArgumentException>(() => root.GetSequence(DicomTag.ReferencedStudySequence)!.Items.Add(root));
    }

    private static DicomDataset Name(byte[] value) => new(new DicomValueElement(DicomTag.PatientName, DicomVR.PN, value));
}
