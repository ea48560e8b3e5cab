using System.Net;
using System.Net.Sockets;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Storing;

/// <summary>A server that objects are sent to. Not thread safe.</summary>
internal abstract class StoreTarget(string folder) : IAsyncDisposable
{
    private ServerProcess? _server;
    private int _round;

    /// <summary>As it is called in tables and options.</summary>
    public abstract string Name { get; }

    /// <summary>The port on loopback.</summary>
    public int Port { get; protected set; }

    public int ProcessId => _server?.Id ?? throw new InvalidOperationException($"{Name} does not run.");

    /// <summary>Rounds before the first that counts, beside the one that every target has for every cell.</summary>
    public virtual int WarmUpRounds => 0;

    /// <summary>Whether it leaves senders with Nagle's algorithm waiting, so that a few files and one round show by how much.</summary>
    public virtual bool WaitsForNagle => true;

    /// <summary>Whether what it has stored can be deleted under its feet; else it is started anew for each round.</summary>
    protected virtual bool CanKeepRunning => true;

    /// <summary>Where it stores: a link to the folder of the round.</summary>
    protected string Folder { get; } = folder;

    private string RoundFolder => FormattableString.Invariant($"{Folder}-{_round}");

    /// <summary>The port it is to listen on; 0 when it chooses one itself.</summary>
    protected static int TakeFreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Makes it ready for a round: running, and its folder another one, which is empty.</summary>
    /// <remarks>
    /// The files of the round before are only emptied, and deleted when nothing is measured any more: ext4 does not give the inode of a
    /// deleted file to another for minutes, and looks at each of them again for every file that is made in that part of the disk.
    /// </remarks>
    public async Task PrepareAsync()
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

    /// <summary>Throws when fewer files are there than were sent, or smaller ones.</summary>
    /// <param name="count">Objects that were sent.</param>
    /// <param name="bytes">The length of each.</param>
    public void Check(int count, long bytes)
    {
        // Headers differ by a few hundred bytes, and Orthanc keeps a description beside each file.
        var stored = new DirectoryInfo(RoundFolder).EnumerateFiles("*", SearchOption.AllDirectories).Count(file => file.Length > bytes - 1024);
        if (stored < count)
            throw new InvalidOperationException($"{Name} has stored {stored} of {count} objects.");
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    protected abstract Task<ServerProcess> StartAsync();

    private static void Empty(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            using (File.OpenHandle(file, FileMode.Truncate, FileAccess.Write))
            {
            }
        }
    }

    private async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }
}
