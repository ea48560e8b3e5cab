using Noctis.Dicom.Data;

namespace Noctis.Portal.Studies;

/// <summary>What an object is, in the standard's words where it has some.</summary>
internal static class InstanceText
{
    public static string Kind(string sopClassUid)
    {
        var name = DicomUID.Find(sopClassUid)?.Name ?? sopClassUid;
        // "CT Image Storage" is an image when it lies in a study.
        return name.EndsWith(" Storage", StringComparison.Ordinal) ? name[..^" Storage".Length] : name;
    }

    public static string TransferSyntax(string uid) => DicomUID.Find(uid)?.Name ?? uid;
}
