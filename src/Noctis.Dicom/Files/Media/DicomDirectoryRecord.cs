using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>One record of a DICOMDIR (PS3.3 F.3.2.2): a patient, a study, a series, an object, or something else.</summary>
/// <remarks>Reading is safe on many threads as long as none writes to its keys.</remarks>
public sealed class DicomDirectoryRecord
{
    private readonly List<DicomDirectoryRecord> _children = [];

    internal DicomDirectoryRecord(DicomDataset keys, long position)
    {
        Keys = keys;
        Position = position;
    }

    /// <summary>Directory Record Type (0004,1430): see <see cref="DicomDirectoryRecordType"/>; empty when it is missing.</summary>
    public string Type => Keys.GetString(DicomTag.DirectoryRecordType) ?? "";

    /// <summary>Whether the record is in use (0004,1410); one that is not is to be passed over, with all below it (PS3.3 F.3.2.2).</summary>
    public bool IsInUse => Keys.GetUInt16(DicomTag.RecordInUseFlag) != 0;

    /// <summary>The keys, and the elements that make it a record.</summary>
    public DicomDataset Keys { get; }

    /// <summary>The record this one is below; null for those at the root.</summary>
    public DicomDirectoryRecord? Parent { get; private set; }

    /// <summary>The records of the lower-level directory entity, in order.</summary>
    public IReadOnlyList<DicomDirectoryRecord> Children => _children;

    /// <summary>Whether the record refers to a file, however badly.</summary>
    public bool HasFile => Keys.Contains(DicomTag.ReferencedFileID);

    /// <summary>
    /// Referenced File ID (0004,1500); null when there is none, and when it could lead out of the folder of the directory.
    /// </summary>
    public DicomFileId? FileId => DicomFileId.TryCreate(Keys.GetStrings(DicomTag.ReferencedFileID), out var id) ? id : null;

    /// <summary>Where its item begins in the file it was read from, in bytes from the first.</summary>
    internal long Position { get; }

    /// <summary>Type and position; never a key, which may be a patient's.</summary>
    public override string ToString() => FormattableString.Invariant($"{Type} at byte {Position}");

    internal void Add(DicomDirectoryRecord child)
    {
        child.Parent = this;
        _children.Add(child);
    }
}
