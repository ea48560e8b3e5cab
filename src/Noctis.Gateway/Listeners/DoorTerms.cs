using Noctis.Archive.Settings;
using Noctis.Dicom.Network;

namespace Noctis.Gateway.Listeners;

/// <summary>
/// How a door treats its callers, apart from what admission decides. A running listener takes new terms for the associations to come;
/// those that run keep theirs.
/// </summary>
internal sealed record DoorTerms
{
    /// <summary>Associations at a time; what comes beyond is rejected before anybody asks who it is.</summary>
    public required int MaxAssociations { get; init; }

    public required int MaxPduLength { get; init; }

    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan AcseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan DimseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public required TimeSpan IdleTimeout { get; init; }

    /// <summary>Null in the clear.</summary>
    public DicomTlsServerOptions? Tls { get; init; }

    /// <summary>Those of a facility's own door.</summary>
    public static DoorTerms Of(NetworkSettings network, DicomTlsServerOptions? tls) => new()
    {
        MaxAssociations = network.MaxAssociations,
        MaxPduLength = network.MaxPduLength,
        NetworkTimeout = TimeSpan.FromSeconds(network.NetworkTimeoutSeconds),
        AcseTimeout = TimeSpan.FromSeconds(network.AcseTimeoutSeconds),
        DimseTimeout = TimeSpan.FromSeconds(network.DimseTimeoutSeconds),
        IdleTimeout = TimeSpan.FromSeconds(network.IdleTimeoutSeconds),
        Tls = tls,
    };

    /// <summary>Those of the shared door, which no facility sets. It takes several facilities' worth.</summary>
    public static DoorTerms OfSharedDoor(GatewayOptions options) => new()
    {
        MaxAssociations = options.MaxAssociations * GatewayOptions.SharedDoorWorth,
        MaxPduLength = options.MaxPduLength,
        IdleTimeout = TimeSpan.FromSeconds(options.IdleSeconds),
    };

    public DicomListenerOptions ToOptions(ListenerBinding binding) => new()
    {
        Address = binding.Address,
        Port = binding.Port,
        MaxAssociations = MaxAssociations,
        MaxPduLength = (uint)MaxPduLength,
        NetworkTimeout = NetworkTimeout,
        ArtimTimeout = AcseTimeout,
        DimseTimeout = DimseTimeout,
        IdleTimeout = IdleTimeout,
        Tls = Tls,
    };
}
