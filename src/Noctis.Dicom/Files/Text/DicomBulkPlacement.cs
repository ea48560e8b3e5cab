namespace Noctis.Dicom.Files.Text;

/// <summary>Where a value is put that could be bulk data.</summary>
public readonly record struct DicomBulkPlacement
{
    private DicomBulkPlacement(string? uri, bool isOmitted)
    {
        Uri = uri;
        IsOmitted = isOmitted;
    }

    /// <summary>Into the document itself.</summary>
    public static DicomBulkPlacement Inline => default;

    /// <summary>Nowhere: the document does not have the element at all.</summary>
    public static DicomBulkPlacement Omitted => new(null, true);

    /// <summary>The URI that stands for the value; null when it is inline or omitted.</summary>
    public string? Uri { get; }

    /// <summary>Whether the element is left out.</summary>
    public bool IsOmitted { get; }

    /// <summary>Behind a URI, where the caller serves it.</summary>
    /// <param name="uri">As it is to stand in the document, absolute or relative; "urn:uuid:..." becomes the uuid of XML.</param>
    public static DicomBulkPlacement At(string uri)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        return new(uri, false);
    }
}
