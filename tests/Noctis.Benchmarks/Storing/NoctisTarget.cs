using System.Globalization;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>The bare toolkit listener, in a process of its own.</summary>
internal sealed class NoctisTarget(string folder) : StoreTarget(folder)
{
    public override string Name => "noctis";

    protected override async Task<ServerProcess> StartAsync()
    {
        var server = ServerProcess.Start(Environment.ProcessPath!, "listen", Folder);
        Port = int.Parse(await server.WaitForLineAsync(ListenCommand.PortPrefix), CultureInfo.InvariantCulture);
        return server;
    }
}
