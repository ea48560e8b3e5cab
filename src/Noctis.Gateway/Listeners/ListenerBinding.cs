using System.Net;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// What a socket is bound to, and so what a change of makes it necessary to bind anew. The AE title isn't here: admission
/// reads it at each association, and those that run go on. <paramref name="MaxAssociations"/> counts for this listener
/// alone, so that one facility's flood leaves the others their share.
/// </summary>
public sealed record ListenerBinding(IPAddress Address, int Port, int MaxAssociations);
