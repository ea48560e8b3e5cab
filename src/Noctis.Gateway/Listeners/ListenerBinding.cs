using System.Net;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// What a socket is bound to, and so what a change of makes it necessary to bind anew. Everything else a listener takes while it runs
/// (<see cref="DoorTerms"/>), and the AE title isn't there either: admission reads it at each association.
/// </summary>
public sealed record ListenerBinding(IPAddress Address, int Port);
