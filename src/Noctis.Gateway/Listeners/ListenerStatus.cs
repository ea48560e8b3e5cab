using System.Net;

namespace Noctis.Gateway.Listeners;

/// <summary>How a listener fares, for pages: every failure with its reason and what to do about it.</summary>
public sealed record ListenerStatus(ListenerState State, DateTime SinceUtc)
{
    public string? Reason { get; init; }

    /// <summary>What an administrator can do about <see cref="Reason"/>.</summary>
    public string? Remedy { get; init; }

    public IPEndPoint? EndPoint { get; init; }

    /// <summary>The facility's associations now, whichever door they came in by; for the shared door, those that came in there.</summary>
    public int ActiveAssociations { get; init; }

    /// <summary>Objects stored since the server started.</summary>
    public long Images { get; init; }

    /// <summary>Associations and operations refused since the server started.</summary>
    public long Refusals { get; init; }
}
