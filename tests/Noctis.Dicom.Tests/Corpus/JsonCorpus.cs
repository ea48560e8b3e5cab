using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Files.Json;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>
/// Every readable file of the corpus as JSON written by pydicom, and our JSON of it turned into DICOM by pydicom. Made once
/// for the class, because starting Python for each file would take most of the time.
/// </summary>
public sealed class JsonCorpus : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-json-").FullName;
    private readonly Lazy<IReadOnlyList<string>> _failures;

    public JsonCorpus() => _failures = new(Run);

    /// <summary>What pydicom could not do, one line each.</summary>
    public IReadOnlyList<string> Failures => _failures.Value;

    /// <summary>pydicom's JSON of a file; null where it has none to give.</summary>
    public byte[]? OfPydicom(string file) => ReadIfThere(Path(file, "theirs.json"));

    /// <summary>The data set that pydicom reads from our JSON of a file, written by it as DICOM; null where it could not.</summary>
    public DicomDataset? OursThroughPydicom(string file) =>
        ReadIfThere(Path(file, "ours.json.dcm")) is { } bytes ? DicomFile.Open(new MemoryStream(bytes)).Dataset : null;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[]? ReadIfThere(string path)
    {
        _ = _failures.Value;
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private string Path(string file, string name) => System.IO.Path.Combine(_folder, file.Replace('/', '_') + "." + name);

    private List<string> Run()
    {
        var lines = new List<string>();
        foreach (var file in CorpusFolder.Readable)
        {
            using var stream = File.Create(Path(file, "ours.json"));
            DicomJsonWriter.WriteDataset(stream, DicomFile.Open(CorpusFolder.FullPath(file)).Dataset);
            lines.Add($"{CorpusFolder.FullPath(file)}\t{Path(file, "theirs.json")}\t{Path(file, "ours.json")}");
        }

        return [.. Pydicom.Run("json_with_pydicom.py", lines).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
