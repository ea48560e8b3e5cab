using System.Text.RegularExpressions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Media;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>The DICOMDIR of the corpus, and DICOMDIR files that we build of the corpus, as pydicom and dcmtk read them.</summary>
public sealed class MediaCorpusTests : IDisposable
{
    private const string Original = "dicomdir/DICOMDIR";

    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-media-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [CorpusFact]
    public async Task OpenAsync_RealDirectory_IsTheSame()
    {
        var directory = await DicomDirectory.OpenAsync(Path.GetDirectoryName(CorpusFolder.FullPath(Original))!);

        Assert.Equal(DicomDirectory.Open(CorpusFolder.FullPath(Original)).Records.Select(r => r.Position), directory.Records.Select(r => r.Position));
    }

    [CorpusFact]
    public void Open_RealDirectory_IsWholeAndFindsItsFiles()
    {
        var directory = DicomDirectory.Open(CorpusFolder.FullPath(Original));

        Assert.Empty(directory.Warnings);
        Assert.Equal("PYDICOM_TEST", directory.FileSetId);
        Assert.Equal(2, directory.Roots.Count);
        Assert.Equal(directory.File.Dataset.GetSequence(DicomTag.DirectoryRecordSequence)!.Items.Count, directory.Records.Count());
        var found = directory.Records.Where(r => r.HasFile).Select(r => (Record: r, Path: directory.FindFile(r))).Where(f => f.Path is not null).ToList();
        Assert.Equal(7, found.Count);
        Assert.All(found, f => Assert.Equal(
            f.Record.Keys.GetString(DicomTag.ReferencedSOPInstanceUIDInFile), DicomFile.Open(f.Path!).Dataset.GetString(DicomTag.SOPInstanceUID)));
    }

    [PydicomFact]
    public void Build_WholeCorpus_IsReadByPydicomAsTheSame()
    {
        if (CorpusFolder.Path is null)
            return;

        // Annotations came into the standard after this pydicom, which fails on their records.
        var path = BuildOfCorpus(isWanted: file => DicomDirectoryRecordType.Of(file.Dataset.GetUID(DicomTag.SOPClassUID) ?? DicomUID.CTImageStorage) != "ANNOTATION");
        var directory = DicomDirectory.Open(path);

        var lines = Pydicom.Run("fileset_with_pydicom.py", [path]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("F NOCTIS", lines[0]);
        var ours = directory.Records.Where(r => r.HasFile && r.Parent is not null).Select(r => string.Join(
            ' ',
            "I",
            r.FileId,
            r.Parent!.Parent!.Parent!.Keys.GetString(DicomTag.PatientID),
            r.Parent.Parent.Keys.GetString(DicomTag.StudyInstanceUID),
            r.Parent.Keys.GetString(DicomTag.SeriesInstanceUID),
            r.Keys.GetString(DicomTag.ReferencedSOPInstanceUIDInFile),
            r.Type)).ToList();
        Assert.True(ours.Count > 80, $"{ours.Count} files.");
        Assert.Equal(ours.Order(StringComparer.Ordinal), lines.Skip(1).Order(StringComparer.Ordinal));
    }

    [DcmtkCorpusTheory]
    [InlineData("NOCTIS")]
    public async Task Build_WholeCorpus_HasTheOffsetsDcmtkCounts(string fileSetId)
    {
        var path = BuildOfCorpus(fileSetId);

        var (code, dump) = await DcmtkTool.RunAsync("dcmdump", path);

        Assert.True(code == 0, dump);
        Assert.DoesNotContain("E: ", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("W: ", dump, StringComparison.Ordinal);
        var counted = Regex.Matches(dump, @"offset=\$(\d+)").Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(DicomDirectory.Open(path).Records.Select(r => r.Position), counted);
    }

    [DcmtkCorpusTheory]
    [InlineData("dicomdir")]
    public async Task Build_RealFileSet_HasTheRecordsThatDcmmkdirMakes(string folder)
    {
        CopyTo(Path.Combine(CorpusFolder.Path!, folder, "77654033"), Path.Combine(_folder, "77654033"));
        var builder = new DicomDirectoryBuilder("NOCTIS");
        Assert.Empty(builder.AddFolder(_folder));
        var ours = DicomDirectory.Open(builder.Save(_folder));

        var (code, output) = await DcmtkTool.RunAsync("dcmmkdir", "-q", "+D", Path.Combine(_folder, "THEIRS"), "+id", _folder, "+r", "77654033");

        Assert.True(code == 0, output);
        var theirs = DicomDirectory.Open(Path.Combine(_folder, "THEIRS"));
        Assert.Equal(Keys(theirs).Order(StringComparer.Ordinal), Keys(ours).Order(StringComparer.Ordinal));
    }

    /// <summary>The keys that both must have: what identifies a record, and the type 1 and 2 keys of its type.</summary>
    private static IEnumerable<string> Keys(DicomDirectory directory) => directory.Records.Select(r => $"{r.Type}|{r.Parent?.Type}|" + string.Join(
        '|',
        new[]
        {
            DicomTag.PatientID, DicomTag.PatientName, DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.StudyID,
            DicomTag.AccessionNumber, DicomTag.StudyDescription, DicomTag.SeriesInstanceUID, DicomTag.SeriesNumber, DicomTag.Modality,
            DicomTag.InstanceNumber, DicomTag.ReferencedFileID, DicomTag.ReferencedSOPClassUIDInFile,
            DicomTag.ReferencedSOPInstanceUIDInFile, DicomTag.ReferencedTransferSyntaxUIDInFile,
        }.Select(tag => string.Join('\\', r.Keys.GetStrings(tag)))));

    /// <summary>Every readable file under a name that media allow, and the directory of all of them.</summary>
    private string BuildOfCorpus(string fileSetId = "NOCTIS", Func<DicomFile, bool>? isWanted = null)
    {
        var number = 0;
        foreach (var file in CorpusFolder.Readable)
        {
            if (isWanted?.Invoke(DicomFile.Open(CorpusFolder.FullPath(file), DicomReadOptions.WithoutPixelData)) == false)
                continue;
            var folder = Directory.CreateDirectory(Path.Combine(_folder, $"DIR{number / 20}")).FullName;
            File.Copy(CorpusFolder.FullPath(file), Path.Combine(folder, $"F{number++:D6}"));
        }

        var builder = new DicomDirectoryBuilder(fileSetId);
        builder.AddFolder(_folder);
        return builder.Save(_folder);
    }

    private static void CopyTo(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(source))
            CopyTo(folder, Path.Combine(target, Path.GetFileName(folder)));
    }
}
