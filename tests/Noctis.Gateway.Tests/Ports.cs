using System.Net;
using System.Net.Sockets;

namespace Noctis.Gateway.Tests;

/// <summary>Runs of loopback ports on which nobody listens, below those that the system lends; no run is given twice.</summary>
internal static class Ports
{
    private const int RunLength = 60;
    private static int _next = Random.Shared.Next(12_000, 22_000);

    public static (int First, int Last) TakeRun()
    {
        while (true)
        {
            var first = Interlocked.Add(ref _next, RunLength);
            if (first > 31_000)
                throw new InvalidOperationException("No free run of ports was found below 31000.");
            if (Enumerable.Range(first, RunLength).All(IsFree))
                return (first, first + RunLength - 1);
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
