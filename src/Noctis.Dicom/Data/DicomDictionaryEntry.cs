namespace Noctis.Dicom.Data;

/// <summary>What a dictionary knows of a data element.</summary>
/// <param name="Tag">The tag asked for; of a repeating group found by keyword, the first one.</param>
/// <param name="Keyword">The keyword; empty for private elements without one and for elements retired without a trace.</param>
/// <param name="Name">The name.</param>
/// <param name="VRs">The representations allowed, preferred one first; empty for items and delimiters.</param>
/// <param name="VM">How many values it may have.</param>
/// <param name="IsRetired">Whether PS3.6 marks it retired.</param>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed record DicomDictionaryEntry(
    DicomTag Tag, string Keyword, string Name, IReadOnlyList<DicomVR> VRs, DicomValueMultiplicity VM, bool IsRetired)
{
    /// <summary>The representation to write when nothing else decides: the first one allowed, UN when there is none.</summary>
    public DicomVR VR => VRs.Count == 0 ? DicomVR.UN : VRs[0];
}
