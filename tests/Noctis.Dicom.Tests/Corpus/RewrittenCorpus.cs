using Noctis.Dicom.Data;
using Noctis.Dicom.Files;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>
/// Every readable file of the corpus, written again in each form that its pixel data allows, and all of them as pydicom
/// reads them. Made once for the class, because starting Python for each file would take most of the time.
/// </summary>
public sealed class RewrittenCorpus : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-corpus-").FullName;
    private readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<ListedElement>>> _read;

    public RewrittenCorpus() => _read = new(() =>
    {
        var files = CorpusFolder.Readable.ToList();
        foreach (var file in files)
            Rewrite(file);
        return Pydicom.Read(files.Select(CorpusFolder.FullPath)
            .Concat(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)));
    });

    /// <summary>The forms a file is written in: as it was read, and, where its pixels are not compressed, in each other syntax.</summary>
    public static IEnumerable<(string Name, DicomTransferSyntax Syntax, DicomWriteOptions Options)> FormsOf(DicomFile file)
    {
        yield return ("as-read", file.TransferSyntax, DicomWriteOptions.Default);
        yield return ("undefined-lengths", file.TransferSyntax, new DicomWriteOptions { UndefinedSequenceLengths = true });
        if (file.TransferSyntax.IsEncapsulated)
            yield break;
        yield return ("implicit-le", DicomTransferSyntax.ImplicitVRLittleEndian, DicomWriteOptions.Default);
        yield return ("explicit-le", DicomTransferSyntax.ExplicitVRLittleEndian, DicomWriteOptions.Default);
        yield return ("explicit-be", DicomTransferSyntax.ExplicitVRBigEndian, DicomWriteOptions.Default);
        yield return ("deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian, DicomWriteOptions.Default);
    }

    public IReadOnlyList<ListedElement> PydicomOfOriginal(string file) => _read.Value[CorpusFolder.FullPath(file)];

    public IReadOnlyList<ListedElement> PydicomOf(string file, string form) => _read.Value[PathOf(file, form)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Rewrite(string file)
    {
        var read = DicomFile.Open(CorpusFolder.FullPath(file));
        foreach (var (name, syntax, options) in FormsOf(read))
        {
            var path = PathOf(file, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            read.WithTransferSyntax(syntax).Save(path, options);
        }
    }

    private string PathOf(string file, string form) => Path.Combine(_folder, form, file);
}
