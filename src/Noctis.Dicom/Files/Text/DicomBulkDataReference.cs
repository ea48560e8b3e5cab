using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Text;

/// <summary>
/// An element whose value is elsewhere: BulkDataURI of DICOM JSON (PS3.18 F.2.6), BulkData of native XML (PS3.19 A.1). It can
/// be written as either again, and not as binary DICOM.
/// </summary>
public sealed class DicomBulkDataReference : DicomElement
{
    /// <summary>What stands before a UUID in <see cref="Uri"/>.</summary>
    internal const string UuidPrefix = "urn:uuid:";

    /// <summary>Makes a reference.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="vr">Any representation but SQ.</param>
    /// <param name="uri">Where the value is.</param>
    /// <exception cref="ArgumentException">The representation is SQ, or the URI is empty.</exception>
    public DicomBulkDataReference(DicomTag tag, DicomVR vr, string uri) : base(tag, vr)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uri);
        if (vr.IsSequence)
            throw new ArgumentException($"{tag}: a sequence is never bulk data (PS3.18 F.2.2).", nameof(vr));
        Uri = uri;
    }

    /// <summary>As the document has it: absolute, relative to the document, or "urn:uuid:" and the uuid of XML. Not checked.</summary>
    public string Uri { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => false;

    /// <summary>The element with its value, for a resolver to return.</summary>
    /// <param name="value">The value field, little endian.</param>
    public DicomValueElement WithValue(ReadOnlyMemory<byte> value) => new(Tag, VR, value);
}
