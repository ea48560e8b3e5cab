using System.Net;
using System.Net.Sockets;

namespace Noctis.Gateway.Tests.EndToEnd;

/// <summary>Sockets of people who mean no good, from as many addresses of the loopback network as they like. All are gone when it is disposed of.</summary>
internal sealed class Attackers : IDisposable
{
    // As many as a listener's backlog holds without making the system repeat itself.
    private const int AtOnce = 100;

    private readonly List<Socket> _sockets = [];

    public IReadOnlyList<Socket> Sockets => _sockets;

    /// <summary>Connects that often, by turns from each address to each port, and says nothing.</summary>
    public async Task ConnectAsync(int count, IReadOnlyList<IPAddress> from, IReadOnlyList<int> ports)
    {
        for (var made = 0; made < count; made += AtOnce)
        {
            _sockets.AddRange(await Task.WhenAll(Enumerable.Range(made, Math.Min(AtOnce, count - made))
                .Select(index => ConnectAsync(from[index % from.Count], ports[index / from.Count % ports.Count]))));
        }
    }

    public static async Task<Socket> ConnectAsync(IPAddress from, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed in favour of another before the system had told us that it was open.
        }

        return socket;
    }

    /// <summary>Ends when the other side has closed the connection, whatever it said before.</summary>
    public static async Task UntilClosedAsync(Socket socket)
    {
        var buffer = new byte[256];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Cut off without a goodbye.
        }
    }

    /// <summary>Sends a piece five times a second until the other side has closed the connection: slow loris.</summary>
    public static async Task DripAsync(Socket socket, IEnumerable<byte[]> pieces)
    {
        var closed = UntilClosedAsync(socket);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        try
        {
            foreach (var piece in pieces)
            {
                await socket.SendAsync(piece);
                if (await Task.WhenAny(closed, pause.WaitForNextTickAsync().AsTask()) == closed)
                    return;
            }
        }
        catch (SocketException)
        {
            // Closed while it sent.
        }

        await closed;
    }

    /// <summary>Says something and no more, and ends when the other side has closed the connection.</summary>
    public static async Task SayAsync(Socket socket, byte[] word)
    {
        try
        {
            if (word.Length > 0)
                await socket.SendAsync(word);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Closed on it already.
        }

        await UntilClosedAsync(socket);
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
}
