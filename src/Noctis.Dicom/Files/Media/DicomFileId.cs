using System.Diagnostics.CodeAnalysis;
using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>The File ID of a file on media: the way to it from the folder of the DICOMDIR (PS3.10 8.2).</summary>
/// <remarks>
/// Made only of components that name something below the folder they are looked up in: none is empty, "." or "..", and none
/// has a separator, a colon or a control character. Equal when the components are. Immutable; safe on any thread.
/// </remarks>
public sealed class DicomFileId : IEquatable<DicomFileId>
{
    /// <summary>Components that a File ID may have (PS3.10 8.2).</summary>
    public const int MaxComponents = 8;

    /// <summary>Characters that a component may have (PS3.10 8.2).</summary>
    public const int MaxComponentLength = 8;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];

    private DicomFileId(IReadOnlyList<string> components) => Components = components;

    /// <summary>Names of folders, and of the file at the end.</summary>
    public IReadOnlyList<string> Components { get; }

    /// <summary>
    /// Whether it keeps to PS3.10 8.2 and PS3.11: at most eight components of at most eight characters of A to Z, 0 to 9 and
    /// underscore. Others are read, and never written.
    /// </summary>
    public bool IsConformant => Components.Count <= MaxComponents
        && Components.All(c => c.Length <= MaxComponentLength && c.All(x => x is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'));

    /// <summary>Takes the values of Referenced File ID (0004,1500). False for what could name something outside of the folder.</summary>
    public static bool TryCreate(IEnumerable<string> components, [NotNullWhen(true)] out DicomFileId? id)
    {
        ArgumentNullException.ThrowIfNull(components);
        string[] given = [.. components];
        id = given.Length > 0 && given.All(IsName) ? new DicomFileId(given) : null;
        return id is not null;
    }

    /// <summary>As <see cref="TryCreate"/>.</summary>
    /// <exception cref="DicomDataException">It could name something outside of the folder, or nothing.</exception>
    public static DicomFileId Create(params IEnumerable<string> components) => TryCreate(components, out var id)
        ? id
        : throw new DicomDataException("The File ID does not name a file within the folder of the directory.", DicomTag.ReferencedFileID);

    /// <summary>
    /// The file that this names within a folder; null when there is none. Where the folder has no such name it is looked for
    /// in any case and with the version number that ISO 9660 adds (";1"), because media are mounted so.
    /// </summary>
    /// <param name="folder">The folder that holds the DICOMDIR.</param>
    /// <returns>A path below <paramref name="folder"/>; never one by way of a symbolic link.</returns>
    public string? Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.GetFullPath(folder);
        for (var i = 0; i < Components.Count; i++)
        {
            if (FindIn(path, Components[i], isFile: i == Components.Count - 1) is not { } found)
                return null;
            path = found;
        }

        return path;
    }

    /// <inheritdoc/>
    public bool Equals(DicomFileId? other) => other is not null && Components.SequenceEqual(other.Components);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DicomFileId);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>As the element holds it: components parted by backslashes.</summary>
    public override string ToString() => string.Join('\\', Components);

    private static string? FindIn(string folder, string name, bool isFile)
    {
        if (Exists(Path.Combine(folder, name), isFile))
            return Path.Combine(folder, name);
        if (!Directory.Exists(folder))
            return null;
        var candidates = isFile ? Directory.EnumerateFiles(folder) : Directory.EnumerateDirectories(folder);
        return candidates
            .Where(path => Without9660(Path.GetFileName(path)).Equals(Without9660(name), StringComparison.OrdinalIgnoreCase) && Exists(path, isFile))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>A link could lead out of the folder, so none is followed.</summary>
    private static bool Exists(string path, bool isFile)
    {
        FileSystemInfo found = isFile ? new FileInfo(path) : new DirectoryInfo(path);
        return found.Exists && found.LinkTarget is null;
    }

    private static string Without9660(string name)
    {
        var version = name.LastIndexOf(';');
        return (version > 0 ? name[..version] : name).TrimEnd('.');
    }

    private static bool IsName(string component) =>
        component.Length is > 0 and <= 255
        && component.Trim(' ', '.').Length > 0
        && !component.Any(c => c < ' ' || c is '/' or '\\' or ':')
        && !IsDevice(component);

    /// <summary>Names that Windows takes for devices, whatever folder they seem to be in.</summary>
    private static bool IsDevice(string component)
    {
        var name = component.Split('.')[0].TrimEnd().ToUpperInvariant();
        return Devices.Contains(name) || (name.Length == 4 && (name.StartsWith("COM", StringComparison.Ordinal) || name.StartsWith("LPT", StringComparison.Ordinal)) && char.IsAsciiDigit(name[3]));
    }
}
