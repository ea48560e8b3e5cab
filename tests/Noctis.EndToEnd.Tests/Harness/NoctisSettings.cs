using System.Globalization;
using System.Net;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>Where one test's product keeps its data and listens; kept over restarts.</summary>
public sealed class NoctisSettings
{
    private const int RangeLength = 20;

    public NoctisSettings(string folder)
    {
        Folder = folder;
        var ports = FreePort.Take(2);
        PortalPort = ports[0];
        SharedPort = ports[1];
        FirstPort = FreePort.TakeRun(RangeLength);
        LastPort = FirstPort + RangeLength - 1;
    }

    public string Folder { get; }

    public string DataFolder => Path.Combine(Folder, "data");

    public int PortalPort { get; }

    public int SharedPort { get; }

    public int FirstPort { get; }

    public int LastPort { get; }

    public Uri Url => new($"http://127.0.0.1:{PortalPort.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>What a test sets beyond the rest, such as the database's provider.</summary>
    public Dictionary<string, string> Extra { get; } = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> Environment =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Portal__Url"] = Url.ToString().TrimEnd('/'),
            ["Storage__Path"] = DataFolder,
            ["Dicom__BindAddress"] = IPAddress.Loopback.ToString(),
            ["Dicom__SharedPort"] = SharedPort.ToString(CultureInfo.InvariantCulture),
            ["Dicom__PortRange__First"] = FirstPort.ToString(CultureInfo.InvariantCulture),
            ["Dicom__PortRange__Last"] = LastPort.ToString(CultureInfo.InvariantCulture),
        }.Concat(Extra);
}
