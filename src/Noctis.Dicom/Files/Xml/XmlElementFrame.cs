using Noctis.Dicom.Data;
using Noctis.Dicom.Files.Text;

namespace Noctis.Dicom.Files.Xml;

/// <summary>A DicomAttribute that is open.</summary>
internal sealed class XmlElementFrame(DicomTag tag, DicomVR? vr)
{
    public DicomTag Tag { get; } = tag;

    /// <summary>Null while neither document nor dictionary has told.</summary>
    public DicomVR? VR { get; set; } = vr;

    /// <summary>What it has so far.</summary>
    public OutgoingKind Kind { get; set; } = OutgoingKind.Empty;

    /// <summary>Values so far, not items.</summary>
    public int Count { get; set; }

    public DicomSequence? Sequence { get; set; }

    /// <summary>Of an inline value.</summary>
    public DicomValueElement? Value { get; set; }

    /// <summary>Of bulk data.</summary>
    public string? Uri { get; set; }

    /// <summary>The component of a name that is open.</summary>
    public int Component { get; set; }
}
