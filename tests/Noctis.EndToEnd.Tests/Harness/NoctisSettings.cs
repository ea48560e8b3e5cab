using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>Where one test's product keeps its data and listens; kept over restarts.</summary>
public sealed class NoctisSettings
{
    public NoctisSettings(string folder)
    {
        Folder = folder;
        var ports = FreePorts(2);
        PortalPort = ports[0];
        SharedPort = ports[1];
        (FirstPort, LastPort) = FreeRange(20);
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

    private static int[] FreePorts(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => Bind(0)).ToList();
        var ports = sockets.ConvertAll(socket => ((IPEndPoint)socket.LocalEndPoint!).Port);
        sockets.ForEach(socket => socket.Dispose());
        return [.. ports];
    }

    /// <summary>A run of ports below the range from which the system lends its own, so that nobody takes one meanwhile.</summary>
    private static (int First, int Last) FreeRange(int length)
    {
        for (var first = Random.Shared.Next(12_000, 30_000); first < 32_000; first += length)
        {
            if (Enumerable.Range(first, length).All(IsFree))
            {
                return (first, first + length - 1);
            }
        }

        throw new InvalidOperationException("No free run of ports was found below 32000.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            Bind(port).Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
