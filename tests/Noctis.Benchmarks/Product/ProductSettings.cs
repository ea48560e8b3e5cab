using System.Globalization;
using Noctis.Archive.Database;

namespace Noctis.Benchmarks.Product;

/// <summary>Where one product keeps its data and listens; kept over restarts.</summary>
internal sealed record ProductSettings
{
    /// <summary>The folder with the portal's Release build.</summary>
    public required string Build { get; init; }

    /// <summary>Its own folder.</summary>
    public required string Folder { get; init; }

    public DatabaseProviderKind Database { get; init; }

    /// <summary>Empty on SQLite: the file in the data folder.</summary>
    public string ConnectionString { get; init; } = "";

    public required int PortalPort { get; init; }

    public required int FirstPort { get; init; }

    public required int LastPort { get; init; }

    /// <summary>What else stands in the environment of the program.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string DataFolder => Path.Combine(Folder, "data");

    /// <summary>The keys of the configuration, for the program and for the archive library alike.</summary>
    public IReadOnlyDictionary<string, string?> Configuration => new Dictionary<string, string?>
    {
        ["Portal:Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{PortalPort}"),
        ["Storage:Path"] = DataFolder,
        ["Database:Provider"] = Database.ToString(),
        ["ConnectionStrings:Noctis"] = ConnectionString,
        // They would read, and report, files that a round has emptied or that were never there.
        ["Jobs:Schedule:Integrity"] = "off",
        ["Jobs:Schedule:Orphans"] = "off",
        ["Dicom:BindAddress"] = "127.0.0.1",
        ["Dicom:SharedPort"] = "0",
        ["Dicom:PortRange:First"] = FirstPort.ToString(CultureInfo.InvariantCulture),
        ["Dicom:PortRange:Last"] = LastPort.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Settings with free ports.</summary>
    /// <param name="build">The folder with the build.</param>
    /// <param name="folder">Its own folder.</param>
    /// <param name="facilities">For how many facilities there have to be ports.</param>
    public static ProductSettings Create(string build, string folder, int facilities = 1)
    {
        var first = FreePorts.TakeRun(facilities + 1);
        return new ProductSettings { Build = build, Folder = folder, PortalPort = first, FirstPort = first + 1, LastPort = first + facilities };
    }
}
