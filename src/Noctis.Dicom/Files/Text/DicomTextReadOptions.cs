using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>
/// What a data set read from DICOM JSON or from native XML may take, and where its bulk data is. Going past a limit is a
/// <see cref="DicomDataException"/>, before the memory is taken.
/// </summary>
/// <remarks>Immutable; safe on any thread as long as the resolver is.</remarks>
public sealed record DicomTextReadOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DicomTextReadOptions Default { get; } = new();

    /// <summary>Sequences within sequences. 64, as <see cref="DicomReadOptions.MaxDepth"/>.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Elements and items, nested ones included. 1 000 000, as <see cref="DicomReadOptions.MaxElementCount"/>.</summary>
    public int MaxElementCount { get; init; } = 1_000_000;

    /// <summary>Bytes of one text value, in UTF-8. 16 MB: some thousand pages.</summary>
    public int MaxTextLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes of one InlineBinary, decoded. 128 MB; what is greater belongs into bulk data.</summary>
    public int MaxInlineLength { get; init; } = 128 * 1024 * 1024;

    /// <summary>Bytes (of XML: characters) that one data set is written in. 256 MB.</summary>
    public int MaxDatasetLength { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Finds the value that a BulkDataURI names: the element to put in the reference's place, or null to keep the reference.
    /// Null, the default, keeps every reference. Nothing is ever fetched but by this delegate; what it may fetch is for it to
    /// decide, since the URI comes from whoever wrote the document.
    /// </summary>
    public Func<DicomBulkDataReference, DicomElement?>? ResolveBulkData { get; init; }
}
