using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Noctis.Archive.Settings;

namespace Noctis.Gateway.Admission;

/// <summary>The networks that may call a facility, read once for each object of its settings: that stays the same until somebody changes them.</summary>
internal sealed class AllowedNetworks
{
    private static readonly ConditionalWeakTable<AccessSettings, AllowedNetworks> Known = [];

    private readonly IPNetwork[] _networks;

    private AllowedNetworks(AccessSettings settings)
    {
        // What cannot be read holds nobody, so that a rule that was damaged keeps people out instead of letting them in.
        _networks = [.. settings.AllowedNetworks.Select(Read).OfType<IPNetwork>()];
        IsEveryone = settings.AllowedNetworks.Count == 0;
    }

    /// <summary>There is no rule: every address may call.</summary>
    public bool IsEveryone { get; }

    public static AllowedNetworks Of(AccessSettings settings) => Known.GetValue(settings, static read => new AllowedNetworks(read));

    /// <summary>Whether an address may call; IPv4 callers of a dual-stack socket count as what they are.</summary>
    public bool Holds(IPAddress address)
    {
        if (IsEveryone)
            return true;
        var plain = AssociationCall.Plain(address);
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    private static IPNetwork? Read(string text)
    {
        if (FacilitySettingsRules.NormalizeNetwork(text) is not { } normal || !IPNetwork.TryParse(normal, out var network))
            return null;

        // ::ffff:192.0.2.0/120 means 192.0.2.0/24: callers come without the prefix.
        const int mappedPrefix = 96;
        return network.BaseAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } mapped && network.PrefixLength >= mappedPrefix
            ? new IPNetwork(mapped.MapToIPv4(), network.PrefixLength - mappedPrefix)
            : network;
    }
}
