using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Noctis.Gateway.Admission;

/// <summary>
/// Which addresses a device's host name stands for. Answers are kept for a minute, so that a burst of associations asks the
/// name server once, and a name server that is silent costs a caller two seconds, not its timeout.
/// </summary>
internal sealed class HostAddresses(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (IPAddress[] Addresses, DateTimeOffset Until)> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>Empty when the name isn't known, or no name server answers.</returns>
    public async ValueTask<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(host, out var known) && known.Until > now)
            return known.Addresses;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        IPAddress[] addresses;
        try
        {
            addresses = [.. (await Dns.GetHostAddressesAsync(host, patience.Token)).Select(AssociationCall.Plain)];
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            addresses = [];
        }

        _known[host] = (addresses, now + Kept);
        return addresses;
    }
}
