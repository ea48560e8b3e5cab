using System.Net;

namespace Noctis.Gateway.Listeners;

/// <summary>A listener as the supervisor drives it: one start, one end.</summary>
internal interface IListenerHandle : IAsyncDisposable
{
    IPEndPoint EndPoint { get; }

    /// <exception cref="System.Net.Sockets.SocketException">The port can't be bound.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Lets go of the port before it returns its task, which ends when the associations have: by themselves within the limit,
    /// aborted after it.
    /// </summary>
    Task DrainAsync(TimeSpan limit);
}
