using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Files;

/// <summary>A small data set that has something of every form, in every encoding.</summary>
internal static class Samples
{
    /// <summary>Every encoding, with sequences of known and of undefined length.</summary>
    public static IEnumerable<(string Name, DicomTransferSyntax Syntax, byte[] Bytes)> All
    {
        get
        {
            DicomTransferSyntax[] syntaxes =
            [
                DicomTransferSyntax.ImplicitVRLittleEndian,
                DicomTransferSyntax.ExplicitVRLittleEndian,
                DicomTransferSyntax.ExplicitVRBigEndian,
                DicomTransferSyntax.DeflatedExplicitVRLittleEndian,
                DicomTransferSyntax.RLELossless,
            ];
            foreach (var syntax in syntaxes)
            {
                foreach (var undefined in new[] { false, true })
                {
                    var bytes = Encode(Dataset(syntax), syntax, new DicomWriteOptions { UndefinedSequenceLengths = undefined });
                    yield return ($"{syntax.Name}, {(undefined ? "undefined" : "known")} lengths", syntax, bytes);
                }
            }
        }
    }

    public static TheoryData<string> Names => [.. All.Select(s => s.Name)];

    public static (DicomTransferSyntax Syntax, byte[] Bytes) Get(string name)
    {
        var (_, syntax, bytes) = All.Single(s => s.Name == name);
        return (syntax, bytes);
    }

    public static byte[] Encode(DicomDataset dataset, DicomTransferSyntax syntax, DicomWriteOptions? options = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        DicomWriter.WriteDataset(buffer, dataset, syntax, options);
        return buffer.WrittenSpan.ToArray();
    }

    public static DicomDataset Dataset(DicomTransferSyntax syntax)
    {
        var inner = new DicomDataset()
            .SetString(DicomTag.CodeValue, "121071")
            .SetString(DicomTag.CodingSchemeDesignator, "DCM");
        var item = new DicomDataset()
            .SetString(DicomTag.ReferencedSOPInstanceUID, "2.25.7")
            .SetSequence(DicomTag.PurposeOfReferenceCodeSequence, inner, []);
        var unknown = new DicomSequence(new DicomTag(0x0009, 0x1010), DicomVR.UN, [new DicomDataset().SetString(DicomTag.PatientID, "N1")]);
        var dataset = new DicomDataset()
            .SetString(DicomTag.SpecificCharacterSet, "ISO_IR 100")
            .SetString(DicomTag.SOPInstanceUID, "2.25.1")
            .SetString(DicomTag.StudyDate, "20260102")
            .SetSequence(DicomTag.ReferencedImageSequence, item)
            .SetSequence(DicomTag.ReferencedStudySequence)
            .SetString(new DicomTag(0x0009, 0x0010), "NOCTIS TEST")
            .SetString(DicomTag.PatientName, "Müller^Anna")
            .SetString(DicomTag.PatientID, "")
            .SetUInt16(DicomTag.Rows, 2)
            .SetUInt16(DicomTag.PixelRepresentation, 1)
            .SetValue(DicomTag.SmallestImagePixelValue, DicomVR.SS, new byte[] { 0xFE, 0xFF })
            .SetValue(DicomTag.FrameIncrementPointer, DicomVR.AT, new byte[] { 0x18, 0, 0x63, 0x10 })
            .SetValue(DicomTag.RedPaletteColorLookupTableData, DicomVR.OW, new byte[] { 1, 2, 3, 4 })
            .SetValue(DicomTag.RealWorldValueSlope, DicomVR.FD, BitConverter.GetBytes(1.5));
        if (syntax.IsExplicitVR)
            dataset.AddOrUpdate(unknown);
        return dataset.AddOrUpdate(syntax.IsEncapsulated
            ? new DicomFragmentSequence(DicomTag.PixelData, new byte[4], [new byte[] { 1, 2, 3, 4 }, new byte[] { 5, 6 }])
            : new DicomValueElement(DicomTag.PixelData, DicomVR.OW, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }));
    }
}
