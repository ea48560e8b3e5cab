using System.Globalization;
using Noctis.Dicom.Data;
using Noctis.Testing.Dicom;

namespace Noctis.Benchmarks.Filling;

/// <summary>A study of nobody, with all that the index keeps of it but the pixels.</summary>
internal sealed class MadeUpStudy
{
    private static readonly Kind[] Kinds =
    [
        new("CT", DicomUID.CTImageStorage, 526_000, ["Chest CT", "Abdomen and pelvis", "Head without contrast", "Cardiac CTA"]),
        new("CT", DicomUID.CTImageStorage, 526_000, ["Chest low dose", "Spine", "Sinuses", "Thorax follow-up"]),
        new("MR", DicomUID.MRImageStorage, 270_000, ["Brain MRI", "Knee left", "Lumbar spine", "Prostate"]),
        new("US", DicomUID.UltrasoundImageStorage, 920_000, ["Abdomen ultrasound", "Thyroid", "Carotids"]),
        new("DX", DicomUID.DigitalXRayImageStorageForPresentation, 8_400_000, ["Chest PA and lateral", "Hand", "Pelvis"]),
    ];

    private readonly Random _random;
    private readonly PhantomImage _image;
    private readonly Kind _kind;
    private readonly string _station;

    /// <param name="number">Its number; the same number makes the same study, but for its UIDs.</param>
    /// <param name="patients">How many patients the facility has.</param>
    /// <param name="arrival">When its first image came.</param>
    public MadeUpStudy(int number, int patients, DateTime arrival)
    {
        _random = new Random(number);
        _kind = Kinds[_random.Next(Kinds.Length)];
        _station = string.Create(CultureInfo.InvariantCulture, $"{_kind.Modality}{_random.Next(1, 4)}");
        var patient = _random.Next(patients);
        var person = new Random(patient);
        _image = new PhantomImage
        {
            SOPClassUID = _kind.SopClass.Value,
            Modality = _kind.Modality,
            PatientName = MadeUpNames.Patient(person),
            PatientID = string.Create(CultureInfo.InvariantCulture, $"P{patient:D7}"),
            PatientBirthDate = new DateTime(1930, 1, 1).AddDays(person.Next(33_000)).ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            PatientSex = person.Next(2) == 0 ? "F" : "M",
            StudyDate = arrival.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            StudyTime = arrival.ToString("HHmmss", CultureInfo.InvariantCulture),
            StudyID = string.Create(CultureInfo.InvariantCulture, $"{number}"),
            AccessionNumber = string.Create(CultureInfo.InvariantCulture, $"A{number:D8}"),
            StudyDescription = MadeUpNames.Pick(_kind.Descriptions, _random),
            ReferringPhysicianName = MadeUpNames.Physician(_random),
            PixelBytes = 2,
        };
    }

    public string Modality => _kind.Modality;

    public string StudyInstanceUID => _image.StudyInstanceUID;

    /// <summary>The length of each image's file.</summary>
    public long FileBytes => _kind.FileBytes;

    /// <summary>The images, in one to three series; the data set is the same object each time, with other values.</summary>
    public IEnumerable<DicomDataset> Images(int count)
    {
        var series = Math.Min(_random.Next(1, 4), count);
        for (var number = 1; number <= series; number++)
        {
            var dataset = (_image with { SeriesInstanceUID = DicomUID.Generate().Value, SeriesNumber = number, SeriesDescription = $"{_image.StudyDescription} {number}" })
                .ToDataset()
                .SetString(DicomTag.StationName, _station)
                .SetUInt16(DicomTag.Rows, 512)
                .SetUInt16(DicomTag.Columns, 512);
            for (var image = 1; image <= (count * number / series) - (count * (number - 1) / series); image++)
            {
                yield return dataset
                    .SetString(DicomTag.SOPInstanceUID, DicomUID.Generate().Value)
                    .SetUInt32(DicomTag.InstanceNumber, (uint)image);
            }
        }
    }

    private sealed record Kind(string Modality, DicomUID SopClass, long FileBytes, string[] Descriptions);
}
