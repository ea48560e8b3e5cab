using System.Net;
using System.Net.Sockets;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>A server that objects are sent to. Not thread safe.</summary>
internal abstract class StoreTarget(string folder) : IAsyncDisposable
{
    private ServerProcess? _server;

    /// <summary>As it is called in tables and options.</summary>
    public abstract string Name { get; }

    /// <summary>The port on loopback.</summary>
    public int Port { get; protected set; }

    public int ProcessId => _server?.Id ?? throw new InvalidOperationException($"{Name} does not run.");

    /// <summary>Whether what it has stored can be deleted under its feet; else it is started anew for each round.</summary>
    protected virtual bool CanKeepRunning => true;

    /// <summary>Where it stores.</summary>
    protected string Folder { get; } = folder;

    /// <summary>The port it is to listen on; 0 when it chooses one itself.</summary>
    protected static int TakeFreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Makes it ready for a round: running, and empty.</summary>
    public async Task PrepareAsync()
    {
        if (!CanKeepRunning)
            await StopAsync();
        if (_server is null && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        foreach (var file in _server is null ? [] : Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            File.Delete(file);
        _server ??= await StartAsync();
    }

    /// <summary>Throws when fewer files are there than were sent, or smaller ones.</summary>
    /// <param name="count">Objects that were sent.</param>
    /// <param name="bytes">The length of each.</param>
    public void Check(int count, long bytes)
    {
        // Headers differ by a few hundred bytes, and Orthanc keeps a description beside each file.
        var stored = new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).Count(file => file.Length > bytes - 1024);
        if (stored < count)
            throw new InvalidOperationException($"{Name} has stored {stored} of {count} objects.");
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    protected abstract Task<ServerProcess> StartAsync();

    private async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }
}
