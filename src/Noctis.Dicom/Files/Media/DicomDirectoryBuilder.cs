using System.Globalization;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>
/// Builds the DICOMDIR of a file-set (PS3.3 annex F, PS3.10 8) for general purpose media (PS3.11 annex D): explicit VR little
/// endian, with the keys of PS3.3 F.5. The same files give the same records in the same order, whatever order they come in:
/// patients by ID, studies by date and UID, series and objects by number and UID.
/// </summary>
/// <remarks>
/// Keys that objects lack and records must have get stand-ins; see docs/tolerances.md. Not safe on several threads at once.
/// </remarks>
public sealed class DicomDirectoryBuilder
{
    private readonly SortedDictionary<string, DirectoryNode> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>What each study and series lies in: none may be in two places.</summary>
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    private readonly string _fileSetId;

    /// <summary>Begins an empty directory.</summary>
    /// <param name="fileSetId">File-set ID: up to 16 characters of A to Z, 0 to 9, space and underscore; may be empty.</param>
    /// <exception cref="ArgumentException">It has others, or more.</exception>
    public DicomDirectoryBuilder(string fileSetId = "")
    {
        ArgumentNullException.ThrowIfNull(fileSetId);
        if (fileSetId.Length > 0 && DicomValueRules.Broken(DicomVR.CS, fileSetId) is { } rule)
            throw new ArgumentException($"The File-set ID is not valid: {rule}.", nameof(fileSetId));
        _fileSetId = fileSetId;
    }

    /// <summary>Files added so far.</summary>
    public int Count => _files.Count;

    /// <summary>
    /// Adds the files of a folder and of those below it, in order of their names: all that are DICOM and have names that a
    /// File ID can be made of (PS3.10 8.2). DICOMDIR itself is left out, and links are not followed.
    /// </summary>
    /// <param name="folder">The folder that the DICOMDIR will be in.</param>
    /// <returns>The files that were left out, as paths from the folder, each with its reason.</returns>
    /// <exception cref="IOException">The folder could not be read.</exception>
    public IReadOnlyList<(string Path, string Reason)> AddFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var leftOut = new List<(string, string)>();
        var enumeration = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var path in Directory.EnumerateFiles(folder, "*", enumeration).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, path);
            if (relative == DicomDirectory.FileName)
                continue;
            try
            {
                Add(DicomFile.Open(path, DicomReadOptions.WithoutPixelData), DicomFileId.Create(relative.Split(Path.DirectorySeparatorChar)));
            }
            catch (DicomDataException e)
            {
                leftOut.Add((relative, e.Message));
            }
        }

        return leftOut;
    }

    /// <summary>Adds a file. Its pixel data is not needed.</summary>
    /// <exception cref="DicomDataException">
    /// The File ID breaks PS3.10 8.2 or is taken, or the object has no SOP Class, SOP Instance, Study or Series Instance UID.
    /// </exception>
    public void Add(DicomFile file, DicomFileId id)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(id);
        if (!id.IsConformant)
            throw new DicomDataException("A File ID has at most eight components of at most eight characters of A to Z, 0 to 9 and underscore (PS3.10 8.2).", DicomTag.ReferencedFileID);
        var dataset = file.Dataset;
        var sopClass = Required(dataset, DicomTag.SOPClassUID);
        var instance = Required(dataset, DicomTag.SOPInstanceUID);
        var type = DicomDirectoryRecordType.Of(DicomUID.Parse(sopClass));
        var isAtTheRoot = DicomDirectoryRecordType.IsAtTheRoot(type);
        var study = isAtTheRoot ? "" : Required(dataset, DicomTag.StudyInstanceUID);
        var series = isAtTheRoot ? "" : Required(dataset, DicomTag.SeriesInstanceUID);
        var patient = PatientOrder(dataset, study);
        if (!isAtTheRoot && (!IsOwner(study, patient) || !IsOwner(series, study)))
            throw new DicomDataException("The study is another patient's, or the series another study's, in this file-set (PS3.3 F.5.2, F.5.3).", DicomTag.StudyInstanceUID);
        if (!_files.Add(id.ToString()))
            throw new DicomDataException("The File ID is taken by another file of the set.", DicomTag.ReferencedFileID);

        var siblings = _roots;
        if (!isAtTheRoot)
        {
            _owners[study] = patient;
            _owners[series] = study;
            siblings = Below(siblings, DicomDirectoryRecordType.Patient, patient);
            siblings = Below(siblings, DicomDirectoryRecordType.Study, $"{dataset.GetString(DicomTag.StudyDate)}\t{study}");
            siblings = Below(siblings, DicomDirectoryRecordType.Series, NumberOrder(dataset, DicomTag.SeriesNumber, series));
        }

        siblings.Add($"{type}\t{NumberOrder(dataset, DicomTag.InstanceNumber, instance)}\t{id}", new DirectoryNode(type, dataset, id)
        {
            Reference = record => record
                .SetString(DicomTag.ReferencedFileID, [.. id.Components])
                .SetString(DicomTag.ReferencedSOPClassUIDInFile, sopClass)
                .SetString(DicomTag.ReferencedSOPInstanceUIDInFile, instance)
                .SetString(DicomTag.ReferencedTransferSyntaxUIDInFile, file.TransferSyntax.UID.Value),
        });

        SortedDictionary<string, DirectoryNode> Below(SortedDictionary<string, DirectoryNode> nodes, string level, string order)
        {
            if (nodes.TryGetValue(order, out var node))
                node.Offer(dataset, id);
            else
                nodes.Add(order, node = new DirectoryNode(level, dataset, id));
            return node.Children;
        }
    }

    /// <summary>Makes the file, its offsets in place for being written from the first byte on.</summary>
    /// <param name="sopInstanceUid">The directory's own UID; null: a new one.</param>
    /// <exception cref="DicomDataException">The directory would be longer than 4 GB, which its offsets cannot say.</exception>
    public DicomFile Build(DicomUID? sopInstanceUid = null)
    {
        var records = new List<DirectoryNode>();
        Number(_roots, records);
        var dataset = new DicomDataset()
            .SetString(DicomTag.FileSetID, _fileSetId.Length == 0 ? [] : [_fileSetId])
            .SetUInt32(DicomTag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, 0)
            .SetUInt32(DicomTag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, 0)
            .SetUInt16(DicomTag.FileSetConsistencyFlag, 0)
            .SetSequence(DicomTag.DirectoryRecordSequence, records.Select(n => n.Record!));
        var file = new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian);
        file.FileMeta
            .SetString(DicomTag.MediaStorageSOPClassUID, DicomUID.MediaStorageDirectoryStorage.Value)
            .SetString(DicomTag.MediaStorageSOPInstanceUID, (sopInstanceUid ?? DicomUID.Generate()).Value);
        Locate(file, records);
        Link(_roots);
        if (_roots.Count > 0)
        {
            SetOffset(dataset, DicomTag.OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity, _roots.First().Value.Position);
            SetOffset(dataset, DicomTag.OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, _roots.Last().Value.Position);
        }

        return file;
    }

    /// <summary>Builds the file and writes it as DICOMDIR into a folder, in one step, in place of one that is there.</summary>
    /// <returns>Its path.</returns>
    public string Save(string folder, DicomUID? sopInstanceUid = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, DicomDirectory.FileName);
        Build(sopInstanceUid).Save(path);
        return path;
    }

    /// <summary>Makes the records, in the order they stand in: each before those below it. Numbers count within the level.</summary>
    private static void Number(SortedDictionary<string, DirectoryNode> nodes, List<DirectoryNode> records)
    {
        var number = 0;
        foreach (var node in nodes.Values)
        {
            node.Record = DirectoryRecordMaker.Make(node.Type, node.Source, ++number);
            node.Reference?.Invoke(node.Record);
            records.Add(node);

            // Four levels at most: patient, study, series, object.
            Number(node.Children, records);
        }
    }

    /// <summary>Where each record will stand: offsets have a fixed length, so what is written with zeros has the same places.</summary>
    private static void Locate(DicomFile file, List<DirectoryNode> records)
    {
        using var written = new MemoryStream();
        file.Save(written);
        if (written.Length > uint.MaxValue)
            throw new DicomDataException("The directory is longer than 4 GB.", DicomTag.DirectoryRecordSequence);
        written.Position = 0;
        var next = 0;
        DicomFile.Open(written, DicomReadOptions.Default, (tag, position, _) =>
        {
            if (tag == DicomTag.DirectoryRecordSequence)
                records[next++].Position = position;
        });
    }

    private static void Link(SortedDictionary<string, DirectoryNode> nodes)
    {
        DirectoryNode? previous = null;
        foreach (var node in nodes.Values)
        {
            if (previous is not null)
                SetOffset(previous.Record!, DicomTag.OffsetOfTheNextDirectoryRecord, node.Position);
            if (node.Children.Count > 0)
                SetOffset(node.Record!, DicomTag.OffsetOfReferencedLowerLevelDirectoryEntity, node.Children.First().Value.Position);
            Link(node.Children);
            previous = node;
        }
    }

    private static void SetOffset(DicomDataset dataset, DicomTag tag, long position) => dataset.SetUInt32(tag, (uint)position);

    private bool IsOwner(string uid, string owner) => !_owners.TryGetValue(uid, out var known) || known == owner;

    /// <summary>
    /// Patients without an ID are told apart by their studies: one record must not join them. All stand before other roots,
    /// whose type begins with a letter.
    /// </summary>
    private static string PatientOrder(DicomDataset dataset, string study) =>
        dataset.GetString(DicomTag.PatientID) is { } id ? $"0\t{id}" : $"1\t{study}";

    private static string NumberOrder(DicomDataset dataset, DicomTag tag, string uid) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)(dataset.GetInt32(tag) ?? int.MaxValue) - int.MinValue:D10}\t{uid}");

    private static string Required(DicomDataset dataset, DicomTag tag) => dataset.GetString(tag)
        ?? throw new DicomDataException($"The object has no {DicomDictionary.GetKeyword(tag)}, which a directory needs.", tag);
}
