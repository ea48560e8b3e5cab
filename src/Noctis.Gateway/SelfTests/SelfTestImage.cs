using System.Buffers;
using System.Globalization;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Gateway.SelfTests;

/// <summary>The image of a self-test: a secondary capture of a CT with a test pattern, under UIDs that nobody else has.</summary>
internal sealed record SelfTestImage(string SopInstanceUid, byte[] Dataset)
{
    public const string PatientName = "NOCTIS^SELFTEST";

    public static DicomUID SopClass => DicomUID.SecondaryCaptureImageStorage;

    public static DicomTransferSyntax Syntax => DicomTransferSyntax.ExplicitVRLittleEndian;

    private const int Size = 128;

    public static SelfTestImage Create(DateTime nowUtc)
    {
        var uid = DicomUID.Generate().Value;
        var dataset = new DicomDataset()
            .SetString(DicomTag.ImageType, "DERIVED", "SECONDARY")
            .SetString(DicomTag.SOPClassUID, SopClass.Value)
            .SetString(DicomTag.SOPInstanceUID, uid)
            .SetString(DicomTag.StudyDate, nowUtc.ToString("yyyyMMdd", CultureInfo.InvariantCulture))
            .SetString(DicomTag.StudyTime, nowUtc.ToString("HHmmss", CultureInfo.InvariantCulture))
            .SetString(DicomTag.AccessionNumber, "")
            .SetString(DicomTag.Modality, "CT")
            .SetString(DicomTag.ConversionType, "SYN")
            .SetString(DicomTag.Manufacturer, "Noctis")
            .SetString(DicomTag.StudyDescription, "Self-test")
            .SetString(DicomTag.PatientName, PatientName)
            .SetString(DicomTag.PatientID, "NOCTIS-SELFTEST")
            .SetString(DicomTag.PatientBirthDate, "")
            .SetString(DicomTag.PatientSex, "O")
            .SetString(DicomTag.StudyInstanceUID, DicomUID.Generate().Value)
            .SetString(DicomTag.SeriesInstanceUID, DicomUID.Generate().Value)
            .SetString(DicomTag.StudyID, "SELFTEST")
            .SetUInt32(DicomTag.SeriesNumber, 1)
            .SetUInt32(DicomTag.InstanceNumber, 1)
            .SetUInt16(DicomTag.SamplesPerPixel, 1)
            .SetString(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .SetUInt16(DicomTag.Rows, Size)
            .SetUInt16(DicomTag.Columns, Size)
            .SetUInt16(DicomTag.BitsAllocated, 8)
            .SetUInt16(DicomTag.BitsStored, 8)
            .SetUInt16(DicomTag.HighBit, 7)
            .SetUInt16(DicomTag.PixelRepresentation, 0)
            .AddOrUpdate(new DicomValueElement(DicomTag.PixelData, DicomVR.OW, Pattern()));
        var bytes = new ArrayBufferWriter<byte>((Size * Size) + 2048);
        DicomWriter.WriteDataset(bytes, dataset, Syntax);
        return new SelfTestImage(uid, bytes.WrittenSpan.ToArray());
    }

    /// <summary>A grey ramp under a chequerboard.</summary>
    private static byte[] Pattern()
    {
        var pixels = new byte[Size * Size];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
                pixels[(y * Size) + x] = (byte)(((x / 16) + (y / 16)) % 2 == 0 ? x * 2 : 255 - (x * 2));
        }

        return pixels;
    }
}
