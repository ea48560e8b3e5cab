using System.Net;

namespace Noctis.Gateway.Listeners;

/// <summary>A listener as the supervisor drives it: one start, one end, and other terms in between.</summary>
internal interface IListenerHandle : IAsyncDisposable
{
    IPEndPoint EndPoint { get; }

    /// <exception cref="System.Net.Sockets.SocketException">The port can't be bound.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>For the associations to come.</summary>
    void Reconfigure(DoorTerms terms);

    /// <summary>
    /// Lets go of the port before it returns its task, which ends when the associations have: by themselves, or aborted when
    /// <paramref name="limit"/> is cancelled.
    /// </summary>
    Task DrainAsync(CancellationToken limit);
}
