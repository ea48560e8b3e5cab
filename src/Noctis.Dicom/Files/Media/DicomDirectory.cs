using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>The directory of a file-set on media, the file DICOMDIR (PS3.3 annex F, PS3.10 8), as the tree it means.</summary>
/// <remarks>
/// Offsets that lead nowhere, in circles or to a record twice are not followed and reported in <see cref="Warnings"/>; see
/// docs/tolerances.md. Reading is safe on many threads.
/// </remarks>
public sealed class DicomDirectory
{
    /// <summary>The name that the file has (PS3.10 8.6).</summary>
    public const string FileName = "DICOMDIR";

    private DicomDirectory(DicomFile file, IReadOnlyList<DicomDirectoryRecord> records, string? folder)
    {
        File = file;
        Folder = folder;
        var tree = new DirectoryTree(file.Dataset, records);
        Roots = tree.Roots;
        Unreached = tree.Unreached;
        Warnings = tree.Warnings;
    }

    /// <summary>The file as it was read. Its records refer to each other by byte offsets: do not write it anew in another form.</summary>
    public DicomFile File { get; }

    /// <summary>File-set ID (0004,1130); null when there is none.</summary>
    public string? FileSetId => File.Dataset.GetString(DicomTag.FileSetID);

    /// <summary>The folder that the directory was read from, where its files are; null when it was read from a stream.</summary>
    public string? Folder { get; }

    /// <summary>The records of the root directory entity, in order.</summary>
    public IReadOnlyList<DicomDirectoryRecord> Roots { get; }

    /// <summary>Records that are in the file but that no offset leads to, in the order of the file.</summary>
    public IReadOnlyList<DicomDirectoryRecord> Unreached { get; }

    /// <summary>What was wrong with the offsets, in the order it was met; empty when nothing was.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Every record of the tree, each before those below it.</summary>
    public IEnumerable<DicomDirectoryRecord> Records
    {
        get
        {
            var stack = new Stack<DicomDirectoryRecord>(Roots.Reverse());
            while (stack.TryPop(out var record))
            {
                yield return record;
                foreach (var child in record.Children.Reverse())
                    stack.Push(child);
            }
        }
    }

    /// <summary>Reads a DICOMDIR.</summary>
    /// <param name="path">The file, or the folder that has one named DICOMDIR.</param>
    /// <param name="options">Limits; null: <see cref="DicomReadOptions.Default"/>.</param>
    /// <exception cref="DicomDataException">It is no DICOMDIR, not valid DICOM, or goes past a limit.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    public static DicomDirectory Open(string path, DicomReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = PathOf(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Read(stream, Path.GetDirectoryName(path), options);
    }

    /// <summary>As <see cref="Open(string, DicomReadOptions?)"/>, without blocking.</summary>
    public static async Task<DicomDirectory> OpenAsync(
        string path, DicomReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = PathOf(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, FileOptions.Asynchronous);
        await using var _ = stream.ConfigureAwait(false);
        var records = new List<DicomDirectoryRecord>();
        var file = await DicomFile.OpenAsync(stream, OptionsOf(options), Collect(records), cancellationToken).ConfigureAwait(false);
        return Of(file, records, Path.GetDirectoryName(path));
    }

    /// <summary>Reads a DICOMDIR from a stream that stands at its first byte. The stream is left open.</summary>
    /// <exception cref="DicomDataException">As <see cref="Open(string, DicomReadOptions?)"/>.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    public static DicomDirectory Open(Stream stream, DicomReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, null, options);
    }

    /// <summary>The file that a record refers to; null when it refers to none, or the file is not there.</summary>
    /// <exception cref="DicomDataException">The reference could lead out of the folder, so it is not followed.</exception>
    /// <exception cref="InvalidOperationException">The directory was read from a stream: the folder is not known.</exception>
    public string? FindFile(DicomDirectoryRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var folder = Folder ?? throw new InvalidOperationException("The directory was read from a stream; the folder of its files is not known.");
        if (record.FileId is { } id)
            return id.Find(folder);
        return record.HasFile && record.Keys.GetStrings(DicomTag.ReferencedFileID).Count > 0
            ? throw new DicomDataException("The File ID does not name a file within the folder of the directory.", DicomTag.ReferencedFileID)
            : null;
    }

    private static DicomDirectory Read(Stream stream, string? folder, DicomReadOptions? options)
    {
        var records = new List<DicomDirectoryRecord>();
        return Of(DicomFile.Open(stream, OptionsOf(options), Collect(records)), records, folder);
    }

    private static string PathOf(string path)
    {
        path = Path.GetFullPath(path);
        return Directory.Exists(path)
            ? DicomFileId.Create(FileName).Find(path) ?? throw new FileNotFoundException($"The folder has no {FileName}.", path)
            : path;
    }

    private static DicomReadOptions OptionsOf(DicomReadOptions? options) => (options ?? DicomReadOptions.Default) with { DeferValuesAbove = null };

    private static Action<DicomTag, long, DicomDataset> Collect(List<DicomDirectoryRecord> records) => (tag, position, item) =>
    {
        if (tag == DicomTag.DirectoryRecordSequence)
            records.Add(new DicomDirectoryRecord(item, position));
    };

    private static DicomDirectory Of(DicomFile file, List<DicomDirectoryRecord> records, string? folder)
    {
        if (!file.Dataset.Contains(DicomTag.DirectoryRecordSequence))
            throw new DicomDataException("The file is no DICOMDIR: it has no Directory Record Sequence.", DicomTag.DirectoryRecordSequence);
        if (file.TransferSyntax.IsDeflated)
            throw new DicomDataException("The directory is deflated, so its offsets mean nothing (PS3.10 8.6).", DicomTag.TransferSyntaxUID);
        return new DicomDirectory(file, records, folder);
    }
}
