namespace Noctis.Dicom.Data.Matching;

/// <summary>What a key with several values means, other than a list of UIDs (PS3.4 C.2.2.2).</summary>
public enum MultipleValueMatching
{
    /// <summary>
    /// Any one of them matches. The standard gives such a key no meaning without negotiation; viewers that send
    /// "CT\MR" as Modalities in Study mean this, and other archives answer it.
    /// </summary>
    Any,

    /// <summary>All of them are to be among the values of the attribute: Multiple Value Matching, where it was negotiated.</summary>
    All,

    /// <summary>The key is refused.</summary>
    Refused,
}
