namespace Noctis.Dicom.Files;

/// <summary>How Noctis names itself to those it writes files for and talks to (PS3.7 D.3.3.2, PS3.10 7.1).</summary>
public static class DicomImplementation
{
    /// <summary>Implementation Class UID: this implementation, in every version. Made of a UUID (PS3.5 B.2).</summary>
    public const string ClassUID = "2.25.36425698467254305051198254623400688829";

    /// <summary>Implementation Version Name: 16 characters at most.</summary>
    public const string VersionName = "NOCTIS_0.1";
}
