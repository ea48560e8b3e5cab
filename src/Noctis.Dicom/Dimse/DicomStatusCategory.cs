namespace Noctis.Dicom.Dimse;

/// <summary>What kind of answer a status is (PS3.7 annex C).</summary>
public enum DicomStatusCategory
{
    /// <summary>Done (PS3.7 C.1).</summary>
    Success,

    /// <summary>More responses follow (PS3.7 C.2).</summary>
    Pending,

    /// <summary>Ended because it was cancelled (PS3.7 C.3).</summary>
    Cancel,

    /// <summary>Done, with a reservation (PS3.7 C.4).</summary>
    Warning,

    /// <summary>Not done (PS3.7 C.5).</summary>
    Failure,
}
