using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>A record that is being built, and those below it in their order.</summary>
internal sealed class DirectoryNode(string type, DicomDataset source, DicomFileId sourceId)
{
    public string Type { get; } = type;

    /// <summary>The object that the keys are taken from.</summary>
    public DicomDataset Source { get; private set; } = source;

    /// <summary>Adds the reference to a file; null for records that have none.</summary>
    public Action<DicomDataset>? Reference { get; init; }

    public SortedDictionary<string, DirectoryNode> Children { get; } = new(StringComparer.Ordinal);

    public DicomDataset? Record { get; set; }

    /// <summary>Where the record's item begins in the file.</summary>
    public long Position { get; set; }

    private DicomFileId SourceId { get; set; } = sourceId;

    /// <summary>Offers another object as the source of the keys: that of the least File ID wins, whatever the order.</summary>
    public void Offer(DicomDataset source, DicomFileId id)
    {
        if (string.CompareOrdinal(id.ToString(), SourceId.ToString()) >= 0)
            return;
        Source = source;
        SourceId = id;
    }
}
