using System.Text.Json;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>Orthanc with its own defaults, without plugins and without its web server.</summary>
internal sealed class OrthancTarget(string folder) : ServerTarget(folder)
{
    public override string Name => "orthanc";

    // Its index has to go with its files.
    protected override bool CanKeepRunning => false;

    protected override async Task<ServerProcess> StartAsync()
    {
        Port = TakeFreePort();
        var configuration = Path.Combine(Folder, "orthanc.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Name"] = "Benchmark",
            ["StorageDirectory"] = Path.Combine(Folder, "storage"),
            ["IndexDirectory"] = Path.Combine(Folder, "storage"),
            ["Plugins"] = Array.Empty<string>(),
            ["HttpServerEnabled"] = false,
            ["DicomPort"] = Port,
            ["DicomAet"] = "ORTHANC",
        }));
        var server = ServerProcess.Start("Orthanc", configuration);
        await server.WaitForPortAsync(Port);
        return server;
    }
}
