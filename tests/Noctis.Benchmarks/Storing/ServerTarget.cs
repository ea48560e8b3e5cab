using System.Net;
using System.Net.Sockets;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>A server that keeps all it has in one folder.</summary>
/// <param name="folder">The folder, of which each round gets another.</param>
internal abstract class ServerTarget(string folder) : StoreTarget
{
    private ServerProcess? _server;
    private int _round;

    /// <summary>The port on loopback.</summary>
    public int Port { get; protected set; }

    public int ProcessId => _server?.Id ?? throw new InvalidOperationException($"{Name} does not run.");

    /// <summary>Whether what it has stored can be deleted under its feet; else it is started anew for each round.</summary>
    protected virtual bool CanKeepRunning => true;

    /// <summary>Where it stores: a link to the folder of the round.</summary>
    protected string Folder { get; } = folder;

    private string RoundFolder => FormattableString.Invariant($"{Folder}-{_round}");

    /// <summary>A port for a server that does not choose one itself.</summary>
    protected static int TakeFreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Makes it ready for a round: running, and its folder another one, which is empty.</summary>
    public override async Task PrepareAsync()
    {
        if (!CanKeepRunning)
            await StopAsync();
        if (_round > 0)
            Empty(RoundFolder);
        _round++;
        Directory.CreateDirectory(RoundFolder);
        File.Delete(Folder);
        File.CreateSymbolicLink(Folder, RoundFolder);
        _server ??= await StartAsync();
    }

    public override Task<TimeSpan> StoreAsync(Workload workload, int associations, bool nagle, CancellationToken cancellationToken) =>
        Senders.SendAsync(workload, Port, associations, nagle, cancellationToken);

    public override double CpuSeconds() => ProcessFigures.CpuSeconds(ProcessId);

    public override Task CheckAsync(int count, long bytes)
    {
        CheckFiles(RoundFolder, count, bytes);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync() => await StopAsync();

    protected abstract Task<ServerProcess> StartAsync();

    private async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }
}
