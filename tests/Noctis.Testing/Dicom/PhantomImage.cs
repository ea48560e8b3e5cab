using System.Buffers.Binary;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Testing.Dicom;

/// <summary>A made-up CT image, whole enough for any archive or viewer. Its pixels follow from its size alone.</summary>
public sealed record PhantomImage
{
    public string StudyInstanceUID { get; init; } = DicomUID.Generate().Value;

    public string SeriesInstanceUID { get; init; } = DicomUID.Generate().Value;

    public string SOPInstanceUID { get; init; } = DicomUID.Generate().Value;

    public string SOPClassUID { get; init; } = DicomUID.CTImageStorage.Value;

    public string PatientName { get; init; } = "Phantom^Paula";

    public string PatientID { get; init; } = "PH-0001";

    public string PatientBirthDate { get; init; } = "19700101";

    public string PatientSex { get; init; } = "O";

    public string StudyDate { get; init; } = "20260102";

    public string StudyTime { get; init; } = "101500";

    public string StudyID { get; init; } = "1";

    public string StudyDescription { get; init; } = "Phantom study";

    public string SeriesDescription { get; init; } = "Axial";

    public string AccessionNumber { get; init; } = "A0001";

    public string ReferringPhysicianName { get; init; } = "Referrer^Rita";

    public string Modality { get; init; } = "CT";

    public int SeriesNumber { get; init; } = 1;

    public int InstanceNumber { get; init; } = 1;

    /// <summary>Null: the default repertoire.</summary>
    public string? SpecificCharacterSet { get; init; } = "ISO_IR 192";

    public DicomTransferSyntax TransferSyntax { get; init; } = DicomTransferSyntax.ExplicitVRLittleEndian;

    /// <summary>Bytes of pixel data, rounded up to whole rows. In a compressed syntax: of one fragment, which no decoder can read.</summary>
    public int PixelBytes { get; init; } = 32 * 1024;

    public static PhantomImage Create(
        string studyUid, string seriesUid, string sopUid, string patientName = "Phantom^Paula", int pixelBytes = 32 * 1024) => new()
        {
            StudyInstanceUID = studyUid,
            SeriesInstanceUID = seriesUid,
            SOPInstanceUID = sopUid,
            PatientName = patientName,
            PixelBytes = pixelBytes,
        };

    /// <summary>A series of images that differ in instance number and UID.</summary>
    public static IEnumerable<PhantomImage> CreateSeries(PhantomImage first, int count) => Enumerable.Range(0, count)
        .Select(i => i == 0 ? first : first with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = first.InstanceNumber + i });

    public DicomDataset ToDataset()
    {
        var dataset = new DicomDataset();
        if (SpecificCharacterSet is not null)
            dataset.SetString(DicomTag.SpecificCharacterSet, SpecificCharacterSet);
        dataset
            .SetString(DicomTag.ImageType, "ORIGINAL", "PRIMARY", "AXIAL")
            .SetString(DicomTag.SOPClassUID, SOPClassUID)
            .SetString(DicomTag.SOPInstanceUID, SOPInstanceUID)
            .SetString(DicomTag.StudyDate, StudyDate)
            .SetString(DicomTag.StudyTime, StudyTime)
            .SetString(DicomTag.AccessionNumber, AccessionNumber)
            .SetString(DicomTag.Modality, Modality)
            .SetString(DicomTag.Manufacturer, "Noctis")
            .SetString(DicomTag.ReferringPhysicianName, ReferringPhysicianName)
            .SetString(DicomTag.StudyDescription, StudyDescription)
            .SetString(DicomTag.SeriesDescription, SeriesDescription)
            .SetSequence(DicomTag.ReferencedStudySequence, ReferencedStudy())
            .SetString(DicomTag.PatientName, PatientName)
            .SetString(DicomTag.PatientID, PatientID)
            .SetString(DicomTag.PatientBirthDate, PatientBirthDate)
            .SetString(DicomTag.PatientSex, PatientSex)
            .SetString(DicomTag.SliceThickness, "1.25")
            .SetString(DicomTag.StudyInstanceUID, StudyInstanceUID)
            .SetString(DicomTag.SeriesInstanceUID, SeriesInstanceUID)
            .SetString(DicomTag.StudyID, StudyID)
            .SetUInt32(DicomTag.SeriesNumber, (uint)SeriesNumber)
            .SetUInt32(DicomTag.InstanceNumber, (uint)InstanceNumber)
            .SetString(DicomTag.ImagePositionPatient, "-160", "-160", FormattableString.Invariant($"{InstanceNumber * 1.25}"))
            .SetString(DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");
        return AddPixels(dataset);
    }

    public DicomFile ToFile() => new(ToDataset(), TransferSyntax);

    /// <summary>The image as a Part 10 file.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream(PixelBytes + 4096);
        ToFile().Save(stream);
        return stream.ToArray();
    }

    /// <summary>Writes the image as a file of this name, and its folders.</summary>
    public string Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        ToFile().Save(path);
        return path;
    }

    private static DicomDataset ReferencedStudy() => new DicomDataset()
        .SetString(DicomTag.ReferencedSOPClassUID, "1.2.840.10008.3.1.2.3.1")
        .SetString(DicomTag.ReferencedSOPInstanceUID, "2.25.1");

    private DicomDataset AddPixels(DicomDataset dataset)
    {
        var columns = PixelBytes <= 32 * 1024 * 1024 ? 256 : 32768;
        var rows = Math.Clamp((PixelBytes + (columns * 2) - 1) / (columns * 2), 1, ushort.MaxValue);
        var pixels = new byte[TransferSyntax.IsEncapsulated ? PixelBytes + (PixelBytes & 1) : rows * columns * 2];
        for (var at = 0; at + 2 <= pixels.Length; at += 2)
            BinaryPrimitives.WriteInt16LittleEndian(pixels.AsSpan(at), (short)((at * 7 / 2 % 4096) - 1024));
        dataset
            .SetUInt16(DicomTag.SamplesPerPixel, 1)
            .SetString(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .SetUInt16(DicomTag.Rows, (ushort)rows)
            .SetUInt16(DicomTag.Columns, (ushort)columns)
            .SetString(DicomTag.PixelSpacing, "0.625", "0.625")
            .SetUInt16(DicomTag.BitsAllocated, 16)
            .SetUInt16(DicomTag.BitsStored, 16)
            .SetUInt16(DicomTag.HighBit, 15)
            .SetUInt16(DicomTag.PixelRepresentation, 1)
            .SetString(DicomTag.WindowCenter, "40")
            .SetString(DicomTag.WindowWidth, "400")
            .SetString(DicomTag.RescaleIntercept, "0")
            .SetString(DicomTag.RescaleSlope, "1");
        return dataset.AddOrUpdate(TransferSyntax.IsEncapsulated
            ? new DicomFragmentSequence(DicomTag.PixelData, ReadOnlyMemory<byte>.Empty, [pixels])
            : new DicomValueElement(DicomTag.PixelData, DicomVR.OW, pixels));
    }
}
