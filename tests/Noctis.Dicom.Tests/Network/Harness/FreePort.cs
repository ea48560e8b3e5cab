using System.Net;
using System.Net.Sockets;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>Ports of the loopback interface on which nobody listens, for tools that have to be told one.</summary>
internal static class FreePort
{
    public static int Take() => Take(1)[0];

    /// <summary>Different ports, lent by the system.</summary>
    public static int[] Take(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => Bind()).ToList();
        var ports = sockets.ConvertAll(socket => ((IPEndPoint)socket.LocalEndPoint!).Port);
        sockets.ForEach(socket => socket.Dispose());
        return [.. ports];
    }

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
