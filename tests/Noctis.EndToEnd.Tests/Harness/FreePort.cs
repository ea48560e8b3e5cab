using System.Net;
using System.Net.Sockets;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>Ports of the loopback interface on which nobody listens.</summary>
internal static class FreePort
{
    /// <summary>Different ports, lent by the system.</summary>
    public static int[] Take(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => Bind(0)).ToList();
        var ports = sockets.ConvertAll(socket => ((IPEndPoint)socket.LocalEndPoint!).Port);
        sockets.ForEach(socket => socket.Dispose());
        return [.. ports];
    }

    /// <summary>The first of a run of ports below the range from which the system lends its own, so that nobody takes one meanwhile.</summary>
    public static int TakeRun(int length)
    {
        for (var first = Random.Shared.Next(12_000, 30_000); first < 32_000; first += length)
        {
            if (Enumerable.Range(first, length).All(IsFree))
            {
                return first;
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
