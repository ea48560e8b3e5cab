using System.Net;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;
using Noctis.Gateway.Admission;

namespace Noctis.Gateway.Listeners;

/// <summary>What each facility's door should be: by its state, its settings and the last order, in this sequence. For the supervisor's loop alone.</summary>
internal sealed class DoorPlanner(IPAddress serverAddress, TimeProvider time)
{
    // Who has listened since the start: that a listener starts by hand is a matter of the server's start, and closes none that runs.
    private readonly HashSet<Guid> _begun = [];
    private readonly DateTime _startedUtc = time.GetUtcNow().UtcDateTime;

    public DoorPlan Plan(GatewayFacility facility, FacilityTls tls)
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
            return new DoorPlan.Closed(ListenerStatus.SwitchedOff, EndWithin: null);

        // One that is older than this node's start was for the time before it.
        var order = facility.Order is { } given && given.RequestedUtc >= _startedUtc ? given : null;
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
        return Open(facility, network, tls, order?.Kind == ListenerOrderKind.Restart ? order.Number : 0);
    }

    private DoorPlan Open(GatewayFacility facility, NetworkSettings network, FacilityTls tls, int restart)
    {
        var options = tls.OptionsFor(network.Tls);
        if (network.Tls != TlsMode.Off && options is null)
            return Unable(tls);

        var address = network.BindAddress is { } own && IPAddress.TryParse(own, out var parsed) ? parsed : serverAddress;
        return new DoorPlan.Open(new ListenerBinding(address, facility.Port), DoorTerms.Of(network, options), restart)
        {
            Concern = options is null ? null : ConcernOf(tls),
            IsFailing = options is not null && HasExpired(tls),
            Remedy = options is null || ConcernOf(tls) is null ? null : "Upload a renewed certificate under Settings, TLS; the next connection uses it.",
        };
    }

    // Never in the clear instead: who asked for TLS may have patients' names on a line that others read.
    private static DoorPlan.Unable Unable(FacilityTls tls)
    {
        if (tls.Problem is { } problem)
        {
            return new DoorPlan.Unable(
                $"The certificate cannot be read. {problem}", "Put that right, or upload the certificate again under Settings, TLS; until then nothing is taken in the clear.");
        }

        return tls.NotAfterUtc is null
            ? new DoorPlan.Unable(
                "TLS is on, but the facility has no certificate.",
                "Upload one under Settings, TLS, or have one made there; until then nothing is taken in the clear.")
            : new DoorPlan.Unable(
                "Devices have to present a certificate, but nobody is trusted to sign them.",
                "Add the authority that signs the devices' certificates under Settings, TLS.");
    }

    // It goes on listening: devices that don't look at the date still send, and no image is lost over it.
    private string? ConcernOf(FacilityTls tls)
    {
        if (HasExpired(tls))
            return $"The certificate expired on {tls.NotAfterUtc:yyyy-MM-dd}: devices that check it refuse to connect.";
        return tls.Problem is { } problem ? $"The certificate that was read before is in use, because the new one cannot be read. {problem}" : null;
    }

    private bool HasExpired(FacilityTls tls) => tls.NotAfterUtc is { } end && end < time.GetUtcNow().UtcDateTime;
}
