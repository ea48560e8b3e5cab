using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>A value whose place a policy is asked for; see <see cref="DicomTextWriteOptions.PlaceBulkData"/>.</summary>
public sealed class DicomBulkValue
{
    private readonly TagPath _path;

    internal DicomBulkValue(DicomElement element, DicomDataset dataset, long length, bool isEncapsulated, TagPath path)
    {
        _path = path;
        Element = element;
        Dataset = dataset;
        Length = length;
        IsEncapsulated = isEncapsulated;
    }

    /// <summary>The element; a <see cref="DicomDeferredElement"/> is not loaded unless its value goes inline.</summary>
    public DicomElement Element { get; }

    /// <summary>The data set or item that holds it.</summary>
    public DicomDataset Dataset { get; }

    /// <summary>Bytes of the value; of compressed pixel data, of all fragments.</summary>
    public long Length { get; }

    /// <summary>Whether it is compressed pixel data (PS3.5 A.4), which cannot go inline.</summary>
    public bool IsEncapsulated { get; }

    /// <summary>
    /// The way to the element, fit for a URI: "7FE00010", or with the items it lies in, counted from 0,
    /// "00081140/0/00081155". Ask during the call only.
    /// </summary>
    public string Path => _path.ToUriPath(Element.Tag);
}
