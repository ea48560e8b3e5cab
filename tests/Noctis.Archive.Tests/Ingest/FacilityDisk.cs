using Noctis.Archive.Storage;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>Looks at what a facility has on disk.</summary>
internal sealed class FacilityDisk(TestDatabase database, Guid facilityId)
{
    private readonly string _folder = new StoragePaths(database.StoragePath).Facility(facilityId);

    /// <summary>Names of unfinished objects.</summary>
    public string[] Incoming() => Names("incoming");

    /// <summary>Finished objects, below the facility's folder and with forward slashes, as the index writes them.</summary>
    public string[] Objects() => [.. Names("").Where(name => !name.StartsWith("incoming/", StringComparison.Ordinal))];

    public byte[] Read(string relative) => File.ReadAllBytes(PathOf(relative));

    public string PathOf(string relative) => Path.Combine(_folder, relative);

    private string[] Names(string below)
    {
        string folder = Path.Combine(_folder, below);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/')).Order()]
            : [];
    }
}
