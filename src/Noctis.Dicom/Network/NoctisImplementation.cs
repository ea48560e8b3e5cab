namespace Noctis.Dicom.Network;

/// <summary>How this implementation names itself in associations and files (PS3.7 D.3.3.2, PS3.10 7.1).</summary>
public static class NoctisImplementation
{
    /// <summary>Implementation Class UID: under 2.25, made once from a random UUID and never changed.</summary>
    public const string ClassUid = "2.25.285307513906483391034270190312640731587";

    /// <summary>Implementation Version Name, 16 characters at most.</summary>
    public const string VersionName = "NOCTIS_0_1";
}
