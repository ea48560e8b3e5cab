using System.Net;
using System.Net.Sockets;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>
/// Ports of the loopback interface on which nobody listens, for tools that have to be told one. They lie below the range from which the
/// system lends its own, so that no other test is lent one before the tool has opened it, and none is given twice.
/// </summary>
internal static class FreePort
{
    private const int End = 32_000;

    private static int _last = Random.Shared.Next(12_000, 28_000);

    public static int Take()
    {
        while (Interlocked.Increment(ref _last) is var port && port < End)
        {
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"No free port was found below {End}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
