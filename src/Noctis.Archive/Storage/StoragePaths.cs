using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Noctis.Archive.Storage;

/// <summary>
/// Where things lie on disk. Everything of a facility is below its own folder:
/// <code>
/// facilities/&lt;facility id&gt;/incoming/&lt;version&gt;.&lt;run&gt;.&lt;placement&gt;.part
/// facilities/&lt;facility id&gt;/studies/&lt;study&gt;/&lt;series&gt;/&lt;name&gt;.&lt;version&gt;.dcm       layout Series
/// facilities/&lt;facility id&gt;/studies/&lt;study&gt;/&lt;name&gt;.&lt;version&gt;.dcm                Study
/// facilities/&lt;facility id&gt;/patients/&lt;patient&gt;/&lt;study&gt;/&lt;name&gt;.&lt;version&gt;.dcm     Patient
/// facilities/&lt;facility id&gt;/dates/&lt;year&gt;/&lt;month&gt;/&lt;day&gt;/&lt;study&gt;/&lt;name&gt;.&lt;version&gt;.dcm   Date
/// facilities/&lt;facility id&gt;/objects/&lt;name&gt;.&lt;version&gt;.dcm                      Flat
/// facilities/&lt;facility id&gt;/quarantine/&lt;object&gt;.&lt;version&gt;.dcm                 whatever the layout
/// runs/&lt;run&gt;.lock
/// </code>
/// Each received object is a version with a name of its own, so that two objects never share a file and a newer copy never
/// replaces an older one in place.
/// </summary>
public sealed class StoragePaths
{
    internal const string PartExtension = ".part";
    internal const string MarkerExtension = ".placed";
    internal const string ObjectExtension = ".dcm";
    internal const string IncomingFolder = "incoming";
    internal const string StudiesFolder = "studies";
    internal const string QuarantineFolder = "quarantine";
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

    public string Incoming(Guid facilityId) => Path.Combine(Facility(facilityId), IncomingFolder);

    /// <summary>The path of an object below its facility's folder, with forward slashes on every system: it is kept in the index.</summary>
    internal static string Relative(Placement placement, ObjectIdentity identity, Guid version) => placement.IsQuarantine
        ? $"{QuarantineFolder}/{SafeName(identity.SopInstanceUid)}.{version:N}{ObjectExtension}"
        : $"{Folder(placement.Layout, identity, version)}/{Name(placement, identity, version)}.{version:N}{ObjectExtension}";

    /// <summary>Whether a path is of an object that is set apart.</summary>
    internal static bool IsQuarantined(string relative) => relative.StartsWith(QuarantineFolder + "/", StringComparison.Ordinal);

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

    private static string Folder(StorageLayout layout, ObjectIdentity identity, Guid version)
    {
        string study = SafeName(identity.StudyInstanceUid);
        return layout switch
        {
            StorageLayout.Series => $"{StudiesFolder}/{study}/{SafeName(identity.SeriesInstanceUid)}",
            StorageLayout.Study => $"{StudiesFolder}/{study}",
            StorageLayout.Patient => $"patients/{identity.PatientKey}/{study}",
            StorageLayout.Date => string.Create(CultureInfo.InvariantCulture, $"dates/{TimeOf(version):yyyy/MM/dd}/{study}"),
            StorageLayout.Flat => "objects",
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, null),
        };
    }

    private static string Name(Placement placement, ObjectIdentity identity, Guid version) => placement.Naming switch
    {
        FileNaming.SopInstanceUid => SafeName(identity.SopInstanceUid),
        // A name that begins with a dash is an option to whatever command it is given to.
        FileNaming.InstanceNumber => string.Create(CultureInfo.InvariantCulture, $"{identity.InstanceNumber ?? 0:000000;minus000000}"),
        FileNaming.Timestamp => string.Create(CultureInfo.InvariantCulture, $"{TimeOf(version):yyyyMMdd'T'HHmmssfff}"),
        FileNaming.Sequence => string.Create(CultureInfo.InvariantCulture, $"{placement.Sequence:D9}"),
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement.Naming, null),
    };

    /// <summary>When a version was drawn: a UUID of version 7 begins with the milliseconds since 1970 (RFC 9562 5.7).</summary>
    private static DateTime TimeOf(Guid version)
    {
        Span<byte> bytes = stackalloc byte[16];
        version.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = ((long)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        return DateTime.UnixEpoch.AddMilliseconds(milliseconds);
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
