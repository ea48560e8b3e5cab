using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Seeds;

/// <summary>Makes data sets of elements of every representation, nested a little, with values that are often right.</summary>
public static class DatasetGenerator
{
    private static readonly DicomTag[] Tags =
    [
        DicomTag.SpecificCharacterSet, DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.Modality,
        DicomTag.AccessionNumber, DicomTag.PatientName, DicomTag.PatientID, DicomTag.PatientBirthDate, DicomTag.PatientAge, DicomTag.SliceThickness,
        DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.InstanceNumber, DicomTag.Rows, DicomTag.BitsAllocated,
        DicomTag.PixelRepresentation, DicomTag.SmallestImagePixelValue, DicomTag.FrameIncrementPointer, DicomTag.TimezoneOffsetFromUTC,
        DicomTag.AcquisitionDateTime, DicomTag.RedPaletteColorLookupTableData, DicomTag.LUTDescriptor, DicomTag.RetrieveURL,
        new(0x0009, 0x0010), new(0x0009, 0x1001), new(0x0011, 0x00FF), new(0x0011, 0xFF10), new(0x6002, 0x3000), new(0x0008, 0x0000),
    ];

    private static readonly DicomTag[] Sequences =
    [
        DicomTag.ReferencedImageSequence, DicomTag.ContentSequence, DicomTag.PurposeOfReferenceCodeSequence, DicomTag.ModalityLUTSequence,
        new(0x0009, 0x1002),
    ];

    private static readonly string[] Texts =
    [
        "", "A", "1.2.840.10008.1.2", "20260131", "143015.123456", "20260131143015.5+0100", "+0100", "Yamada^Tarou=Y^T=Z", "A\\B\\C", "012Y", "1.5", "-7",
        "ISO_IR 100", "\\ISO 2022 IR 87", "ISO_IR 192", "GB18030", "NOCTIS TEST", "http://a/b",
    ];

    public static byte[] Encode(DicomDataset dataset, DicomTransferSyntax syntax, DicomWriteOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        DicomWriter.WriteDataset(output, dataset, syntax, options);
        return output.WrittenSpan.ToArray();
    }

    public static DicomDataset Any(FuzzRandom random, bool isEncapsulated, int depth = 3)
    {
        var dataset = new DicomDataset();
        for (var count = random.Between(1, depth == 3 ? 12 : 4); count > 0; count--)
            dataset.AddOrUpdate(depth > 0 && random.OneIn(5) ? Sequence(random, isEncapsulated, depth) : Value(random));
        if (depth < 3 || random.OneIn(2))
            return dataset;
        return dataset.AddOrUpdate(isEncapsulated
            ? new DicomFragmentSequence(
                DicomTag.PixelData, random.Bytes(random.Below(3) * 4), [.. Enumerable.Range(0, random.Below(4)).Select(_ => (ReadOnlyMemory<byte>)random.Bytes(random.Below(12)))])
            : new DicomValueElement(DicomTag.PixelData, random.OneIn(2) ? DicomVR.OW : DicomVR.OB, random.Bytes(random.Below(20))));
    }

    private static DicomSequence Sequence(FuzzRandom random, bool isEncapsulated, int depth) => new(
        random.Of(Sequences),
        random.OneIn(6) ? DicomVR.UN : DicomVR.SQ,
        Enumerable.Range(0, random.Below(3)).Select(_ => Any(random, isEncapsulated, depth - 1)).ToList());

    private static DicomValueElement Value(FuzzRandom random)
    {
        var tag = random.Of(Tags);
        var vr = random.OneIn(3) ? random.Of(DicomVR.All) : DicomDictionary.GetVR(tag);
        if (vr.IsSequence)
            vr = DicomVR.UN;
        var value = vr.IsText && !random.OneIn(8)
            ? System.Text.Encoding.Latin1.GetBytes(random.Of(Texts))
            : random.Bytes(random.Below(4) * vr.UnitSize);
        return new DicomValueElement(tag, vr, value);
    }
}
