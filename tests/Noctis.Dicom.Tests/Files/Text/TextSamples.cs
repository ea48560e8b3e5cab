using Noctis.Dicom.Data;

namespace Noctis.Dicom.Tests.Files.Text;

/// <summary>Data sets with something of every representation.</summary>
internal static class TextSamples
{
    /// <summary>An element of a private block, for representations that few standard elements have.</summary>
    public static DicomTag Private(byte element) => new(0x0009, (ushort)(0x1000 | element));

    public static DicomDataset EveryVR()
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetString(DicomTag.ImageType, "ORIGINAL", "", "AXIAL")
            .SetString(DicomTag.SOPInstanceUID, "2.25.7")
            .SetString(DicomTag.StudyDate, "20260102")
            .SetString(DicomTag.StudyTime, "101112.5")
            .SetString(DicomTag.AcquisitionDateTime, "20260102101112+0100")
            .SetString(DicomTag.RetrieveAETitle, "NOCTIS")
            .SetString(DicomTag.RetrieveURL, "http://example.org/a?b=c&d")
            .SetString(DicomTag.AccessionNumber, "A<1>")
            .SetString(DicomTag.StudyDescription, "Übersicht")
            .SetString(DicomTag.PatientName, "Müller^Anna^^Dr.")
            .SetString(DicomTag.PatientAge, "042Y")
            .SetString(DicomTag.PatientComments, "  two lines\r\nand a \\ backslash")
            .SetString(DicomTag.PixelSpacing, "0.50", "+1.25")
            .SetString(DicomTag.SeriesNumber, "-7")
            .SetString(DicomTag.LongCodeValue, "unlimited")
            .SetString(DicomTag.TextValue, "text")
            .SetUInt16(DicomTag.Rows, 512)
            .SetTag(DicomTag.FrameIncrementPointer, DicomTag.FrameTime, DicomTag.Rows)
            .SetDouble(DicomTag.RealWorldValueSlope, 0.1)
            .SetSequence(DicomTag.ReferencedImageSequence, new DicomDataset().SetString(DicomTag.ReferencedSOPInstanceUID, "2.25.8"), [])
            .SetEmpty(DicomTag.PatientID)
            .SetEmpty(DicomTag.ReferencedStudySequence)
            .SetString(new DicomTag(0x0009, 0x0010), "NOCTIS TEST");
        byte element = 1;
        foreach (var (vr, hex) in new (DicomVR, string)[]
        {
            (DicomVR.SS, "FEFF 0700"), (DicomVR.SL, "FEFFFFFF"), (DicomVR.UL, "FFFFFFFF"),
            (DicomVR.SV, "FFFFFFFFFFFFFFFF 0000000000000080"), (DicomVR.UV, "0100000000000000 FFFFFFFFFFFFFFFF"),
            (DicomVR.FL, "CDCCCC3D"), (DicomVR.FL, "0000C07F 0000807F 000080FF"), (DicomVR.FD, "000000000000F03F"),
            (DicomVR.FD, "000000000000F87F 000000000000F07F 000000000000F0FF"),
            (DicomVR.OB, "010203FF"), (DicomVR.OW, "01020304"), (DicomVR.OF, "0000803F"), (DicomVR.OD, "000000000000F03F"),
            (DicomVR.OL, "01000000"), (DicomVR.OV, "0100000000000000"), (DicomVR.UN, "C0FFEE00"), (DicomVR.UL, "010002000300"),
        })
        {
            dataset.AddOrUpdate(new DicomValueElement(Private(element++), vr, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));
        }

        return dataset.SetString(DicomTag.ReferringPhysicianName, "", "A^B");
    }
}
