using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Media;
using Noctis.Dicom.Fuzz.Engine;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>DICOMDIR. Whatever its offsets say, each record is in the tree once or among those that were not reached.</summary>
public sealed class DirectoryTarget : FuzzTarget
{
    public override string Name => "dicomdir";

    public override int Cost => 4;

    public override IReadOnlyList<byte[]> Tokens { get; } =
    [
        [4, 0, 0, 0x14, (byte)'U', (byte)'L', 4, 0], [4, 0, 0x20, 0x14, (byte)'U', (byte)'L', 4, 0], [4, 0, 0, 0x12, (byte)'U', (byte)'L', 4, 0],
        [0xFE, 0xFF, 0x00, 0xE0], "..\\"u8.ToArray(), "PATIENT "u8.ToArray(), [0x6E, 0x01, 0, 0], [0, 0, 0, 0],
    ];

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(14);
            for (var i = 0; i < 20; i++)
                yield return Generate(random);
        }
    }

    public override byte[] Generate(FuzzRandom random)
    {
        var builder = new DicomDirectoryBuilder("FUZZ");
        for (var i = random.Between(1, 6); i > 0; i--)
        {
            var dataset = new DicomDataset()
                .SetString(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                .SetString(DicomTag.SOPInstanceUID, $"1.4.{i}")
                .SetString(DicomTag.PatientID, "P")
                .SetString(DicomTag.StudyInstanceUID, $"1.2.{random.Below(2)}")
                .SetString(DicomTag.SeriesInstanceUID, $"1.3.{i}");
            builder.Add(new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian), DicomFileId.Create($"F{i}"));
        }

        using var stream = new MemoryStream();
        builder.Build(DicomUID.Parse("1.5")).Save(stream);
        return stream.ToArray();
    }

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        DicomDirectory directory;
        try
        {
            directory = DicomDirectory.Open(new MemoryStream(input.ToArray()), new DicomReadOptions { MaxInflatedBytes = 64 * 1024 });
        }
        catch (DicomDataException exception)
        {
            features.NoteRefusal(exception);
            return;
        }

        var reached = directory.Records.ToList();
        FuzzException.Unless(reached.Distinct().Count() == reached.Count, "A record is in the tree twice.");
        FuzzException.Unless(!directory.Unreached.Any(reached.Contains), "A record is in the tree and among those not reached.");
        foreach (var record in reached)
            features.Note(40, record.FileId is null ? 0 : record.FileId.IsConformant ? 1 : 2);
        features.NoteMagnitude(41, reached.Count);
        features.NoteMagnitude(42, directory.Warnings.Count);
        features.NoteMagnitude(43, directory.Unreached.Count);
    }
}
