namespace Noctis.Dicom.Dimse.Services;

/// <summary>An object that is to be kept, or is (PS3.4 J.3.2).</summary>
/// <param name="SOPClassUID">UID of its SOP class.</param>
/// <param name="SOPInstanceUID">UID of its SOP instance.</param>
public sealed record StorageCommitmentReference(string SOPClassUID, string SOPInstanceUID);
