namespace Noctis.Archive.Storage;

/// <summary>What an object's header says that its path is made of.</summary>
/// <param name="StudyInstanceUid">(0020,000D).</param>
/// <param name="SeriesInstanceUid">(0020,000E).</param>
/// <param name="SopInstanceUid">(0008,0018).</param>
/// <param name="PatientKey">The hash by which its patient is told from others; an ID itself would end up in logs and error messages.</param>
/// <param name="InstanceNumber">(0020,0013), if it has one.</param>
internal sealed record ObjectIdentity(string StudyInstanceUid, string SeriesInstanceUid, string SopInstanceUid, string PatientKey, int? InstanceNumber);
