using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Listeners;

/// <summary>What each facility's door should be: by its state, its settings and the last order, in this sequence. For the supervisor's loop alone.</summary>
internal sealed class DoorPlanner(IPAddress serverAddress, DateTime startedUtc)
{
    // Who has listened since the start: that a listener starts by hand is a matter of the server's start, and closes none that runs.
    private readonly HashSet<Guid> _begun = [];

    public DoorPlan Plan(GatewayFacility facility)
    {
        var network = facility.Settings.Network;
        if (facility.State != FacilityState.Active)
        {
            return new DoorPlan.Closed(
                facility.State switch
                {
                    FacilityState.Suspended => "The facility is suspended.",
                    FacilityState.Archived => "The facility is archived.",
                    _ => "The facility is being deleted.",
                },
                GatewayOptions.DrainLimit);
        }

        if (!network.IsEnabled)
            return new DoorPlan.Closed("Switched off in the settings.", EndWithin: null);

        // One that is older than this node's start was for the time before it.
        var order = facility.Order is { } given && given.RequestedUtc >= startedUtc ? given : null;
        switch (order?.Kind)
        {
            case ListenerOrderKind.Stop:
                return new DoorPlan.Closed($"Stopped by {order.ActorName}.", GatewayOptions.StopLimit);
            case ListenerOrderKind.Drain:
                return new DoorPlan.Closed($"Drained by {order.ActorName}.", EndWithin: null);
            case null when !network.StartsAutomatically && !_begun.Contains(facility.Id):
                return new DoorPlan.Closed("It waits to be started by hand.", EndWithin: null);
        }

        _begun.Add(facility.Id);
        return Open(facility, network, order?.Kind == ListenerOrderKind.Restart ? order.Number : 0);
    }

    private DoorPlan Open(GatewayFacility facility, NetworkSettings network, int restart)
    {
        if (network.Tls != TlsMode.Off)
        {
            return new DoorPlan.Unable(
                "TLS is on, but the facility has no certificate.",
                "Upload one in the network settings, or have one made there; until then nothing is taken in the clear.");
        }

        var address = network.BindAddress is { } own && IPAddress.TryParse(own, out var parsed) ? parsed : serverAddress;
        return new DoorPlan.Open(new ListenerBinding(address, facility.Port), DoorTerms.Of(network, tls: null), restart);
    }
}
