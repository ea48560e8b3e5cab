using Microsoft.Extensions.Logging;
using Noctis.Dicom.Network.Internal;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>What a <see cref="DimseExchange"/> goes by.</summary>
internal sealed record DimseExchangeOptions
{
    /// <summary>What is served to the peer.</summary>
    public required DimseServices Services { get; init; }

    /// <summary>How long the peer may stand still inside a message, or over the answer to a request.</summary>
    public required TimeSpan DimseTimeout { get; init; }

    /// <summary>How long it may take nothing of what is sent to it.</summary>
    public required TimeSpan NetworkTimeout { get; init; }

    /// <summary>How long it may be silent between two requests.</summary>
    public required TimeSpan IdleTimeout { get; init; }

    public required GuardedObserver Observer { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeProvider Time { get; init; }
}
