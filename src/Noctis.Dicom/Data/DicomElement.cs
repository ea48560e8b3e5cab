namespace Noctis.Dicom.Data;

/// <summary>One data element (PS3.5 7.1): a tag, a value representation, and a value of one of three forms.</summary>
/// <remarks>
/// The forms are <see cref="DicomValueElement"/>, <see cref="DicomSequence"/> and <see cref="DicomFragmentSequence"/>.
/// Reading is safe on many threads as long as none writes.
/// </remarks>
public abstract class DicomElement
{
    private protected DicomElement(DicomTag tag, DicomVR vr)
    {
        ArgumentNullException.ThrowIfNull(vr);
        Tag = tag;
        VR = vr;
    }

    /// <summary>The tag.</summary>
    public DicomTag Tag { get; }

    /// <summary>The value representation, as read or as given.</summary>
    public DicomVR VR { get; }

    /// <summary>Whether there is no value: zero bytes, no items, or no fragments.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Tag and representation; never the value, which may be a patient's.</summary>
    public override string ToString() => $"{Tag} {VR}";
}
