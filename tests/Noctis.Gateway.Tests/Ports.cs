using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Noctis.Gateway.Tests;

/// <summary>
/// Runs of loopback ports on which nobody listens, below those that the system lends. No run is given twice, not to another test run on this
/// machine either: a run is claimed by its first port's UDP twin, which TCP never notices and the system takes back however a process ends.
/// Claimed until then, since a later test of a class starts the listeners of the facilities that an earlier one has left in their database.
/// </summary>
internal sealed class Ports(int start) : IDisposable
{
    public const int RunLength = 60;

    private const int First = 10_000;
    private const int Last = 32_700;
    private const int Runs = (Last - First) / RunLength;

    private readonly ConcurrentBag<Socket> _claims = [];
    private int _next = start;

    /// <summary>Those of this process. It begins somewhere else each time, so that ports have time to settle.</summary>
    public static Ports OfThisProcess { get; } = new(Random.Shared.Next(Runs));

    public (int First, int Last) TakeRun()
    {
        for (var tries = 0; tries < Runs; tries++)
        {
            var first = First + (Interlocked.Increment(ref _next) % Runs * RunLength);
            if (Bind(first, SocketType.Dgram, ProtocolType.Udp) is not { } claim)
                continue;
            _claims.Add(claim);
            // One on which somebody else listens stays claimed, so that it is not looked at again.
            if (Enumerable.Range(first, RunLength).All(IsFree))
                return (first, first + RunLength - 1);
        }

        throw new InvalidOperationException($"No free run of {RunLength} ports was found between {First} and {Last}.");
    }

    public void Dispose()
    {
        foreach (var claim in _claims)
            claim.Dispose();
    }

    private static bool IsFree(int port)
    {
        using var socket = Bind(port, SocketType.Stream, ProtocolType.Tcp);
        return socket is not null;
    }

    private static Socket? Bind(int port, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
