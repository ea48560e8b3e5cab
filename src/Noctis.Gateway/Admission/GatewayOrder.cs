using Noctis.Archive.Listeners;

namespace Noctis.Gateway.Admission;

/// <summary>The last order that was given to a facility's listener.</summary>
public sealed record GatewayOrder(ListenerOrderKind Kind, int Number, DateTime RequestedUtc, string ActorName);
