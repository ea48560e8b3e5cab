using System.Security.Cryptography;
using System.Text;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// Who is the same patient within a facility: the same Patient ID of the same issuer. Without a Patient ID, the study stands in
/// for it: two people without an ID must not become one. A hash, so that an ID of any length makes a key of one length.
/// </summary>
internal static class PatientKey
{
    public static string For(string? patientId, string? issuer, string studyInstanceUid) =>
        string.IsNullOrWhiteSpace(patientId) ? Hash("study", studyInstanceUid) : Hash("id", patientId.Trim() + '\\' + issuer?.Trim());

    // A backslash parts values in DICOM, so that none can be inside an ID.
    private static string Hash(string kind, string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind + '\\' + value)))[..Patient.KeyLength];
}
