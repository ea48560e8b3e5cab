using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>A server that is not ours, on a port of the loopback interface, for as long as a test needs it.</summary>
internal sealed class ToolServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly string _tool;
    private readonly StringBuilder _output = new();

    private ToolServer(Process process, string tool, int port)
    {
        _process = process;
        _tool = tool;
        Port = port;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it on a free port, and waits until it takes connections: it tells nobody when it does.</summary>
    public static async Task<ToolServer> StartAsync(
        string tool, Func<int, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var port = FreePort.Take();
        var server = new ToolServer(DcmtkTool.Start(tool, arguments(port), environment), tool, port);
        try
        {
            await server.WaitUntilListeningAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // With the children that some fork for each association.
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilListeningAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{_tool} ended with code {_process.ExitCode} before it listened. {Output}");
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(AskAgain, limit.Token);
            }
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
