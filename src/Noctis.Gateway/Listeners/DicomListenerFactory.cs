using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Services;
using Noctis.Gateway.Telemetry;
using Noctis.Gateway.Watching;

namespace Noctis.Gateway.Listeners;

/// <summary>Makes real listeners: the door's admission and observer, and every service that is registered.</summary>
internal sealed class DicomListenerFactory(
    FrontDoor frontDoor, FrontDoorJournal journal, ListenerStatusBoard board, ConnectionWatch watch,
    GatewayServices services, DoorObservers around, IOptions<GatewayOptions> options, ILoggerFactory loggers, TimeProvider time) : IListenerFactory
{
    private readonly ConnectionAllowance _allowance = new(options.Value.MaxPendingConnectionsInAll);

    public IListenerHandle Create(Door door, ListenerBinding binding, DoorTerms terms)
    {
        var admission = new DoorAdmission(door, frontDoor, services);
        var observer = new DoorObserver(door, admission, frontDoor, services, journal, board, watch, loggers.CreateLogger<DoorObserver>());
        return new Handle(new DicomListener(
            OptionsOf(terms, binding), around.Around(door, services.Everything, admission), services.Everything, around.Around(door, admission, observer), loggers, time), terms => OptionsOf(terms, binding));
    }

    /// <summary>A door's own terms, within what the server sets for all.</summary>
    private DicomListenerOptions OptionsOf(DoorTerms terms, ListenerBinding binding) => terms.ToOptions(binding) with
    {
        MaxAssociationsPerPeer = options.Value.MaxAssociationsPerAddress is var most and > 0 ? most : null,
        MaxPendingConnections = options.Value.MaxPendingConnections,
        PendingAllowance = _allowance,
    };

    public string? FindPortOwner(int port) => PortOwner.Find(port);

    private sealed class Handle(DicomListener listener, Func<DoorTerms, DicomListenerOptions> optionsOf) : IListenerHandle
    {
        public IPEndPoint EndPoint => listener.LocalEndPoint ?? throw new InvalidOperationException("The listener has not been started.");

        public Task StartAsync(CancellationToken cancellationToken) => listener.StartAsync(cancellationToken);

        public void Reconfigure(DoorTerms terms) => listener.Reconfigure(optionsOf(terms));

        public Task DrainAsync(CancellationToken limit) => listener.DrainAsync(Timeout.InfiniteTimeSpan, limit);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
