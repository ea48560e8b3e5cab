using System.Net.NetworkInformation;

namespace Noctis.Benchmarks.Product;

/// <summary>Ports of the loopback interface on which nobody listens.</summary>
internal static class FreePorts
{
    // Below the range from which Linux lends ports to whoever connects.
    private const int First = 12_000;
    private const int End = 32_000;

    private static int _next = Random.Shared.Next(First, End - 10_000);

    /// <summary>The first of a run of ports; another run each time.</summary>
    public static int TakeRun(int length)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(point => point.Port).ToHashSet();
        for (; _next + length <= End; _next++)
        {
            if (Enumerable.Range(_next, length).Any(taken.Contains))
                continue;
            _next += length;
            return _next - length;
        }

        throw new InvalidOperationException($"No {length} free ports in a row were found below {End}.");
    }
}
