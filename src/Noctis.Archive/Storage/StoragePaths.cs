using System.Security.Cryptography;
using System.Text;

namespace Noctis.Archive.Storage;

/// <summary>
/// Where things lie on disk. Everything of a facility is below its own folder:
/// <code>
/// facilities/&lt;facility id&gt;/incoming/&lt;version&gt;.&lt;run&gt;.part
/// facilities/&lt;facility id&gt;/studies/&lt;study&gt;/&lt;series&gt;/&lt;object&gt;.&lt;version&gt;.dcm
/// runs/&lt;run&gt;.lock
/// </code>
/// Each received object is a version with a name of its own, so that two objects never share a file and a newer copy never
/// replaces an older one in place.
/// </summary>
public sealed class StoragePaths
{
    internal const string PartExtension = ".part";
    internal const string MarkerExtension = ".placed";
    internal const string StudiesFolder = "studies";
    private const int LongestName = 64;
    private const int HashCharacters = 40;

    public StoragePaths(string root)
    {
        Root = Path.GetFullPath(root);
        Facilities = Path.Combine(Root, "facilities");
        Runs = Path.Combine(Root, "runs");
    }

    public string Root { get; }

    public string Facilities { get; }

    public string Runs { get; }

    public string Facility(Guid facilityId) => Path.Combine(Facilities, facilityId.ToString("N"));

    public string Incoming(Guid facilityId) => Path.Combine(Facility(facilityId), "incoming");

    /// <summary>The path of an object below its facility's folder, with forward slashes on every system: it is kept in the index.</summary>
    public static string Relative(string studyInstanceUid, string seriesInstanceUid, string sopInstanceUid, Guid version) =>
        $"{StudiesFolder}/{SafeName(studyInstanceUid)}/{SafeName(seriesInstanceUid)}/{SafeName(sopInstanceUid)}.{version:N}.dcm";

    /// <summary>The full path of what <see cref="Relative"/> names; throws when it would leave the facility's folder.</summary>
    public string Resolve(Guid facilityId, string relative)
    {
        string folder = Facility(facilityId) + Path.DirectorySeparatorChar;
        string full = Path.GetFullPath(Path.Combine(folder, relative));
        if (!full.StartsWith(folder, StringComparison.Ordinal) || full.Length == folder.Length)
            throw new InvalidOperationException("A storage path leads out of its facility's folder.");
        return full;
    }

    /// <summary>
    /// A file name for an identifier that came from outside. A well-formed UID is used as it is; anything else is replaced by
    /// its hash. The two cannot meet: a UID has digits and dots only, a hashed name begins with <c>x-</c>.
    /// </summary>
    public static string SafeName(string identifier)
    {
        if (IsPlainUid(identifier)) return identifier;
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(identifier));
        return "x-" + Convert.ToHexStringLower(hash)[..HashCharacters];
    }

    private static bool IsPlainUid(string value)
    {
        if (value.Length is 0 or > LongestName) return false;
        char before = '.';
        foreach (char c in value)
        {
            if (!char.IsAsciiDigit(c) && (c != '.' || before == '.')) return false;
            before = c;
        }

        return before != '.';
    }
}
