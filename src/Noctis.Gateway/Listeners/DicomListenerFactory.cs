using System.Net;
using Microsoft.Extensions.Logging;
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
    GatewayServices services, DoorObservers around, ILoggerFactory loggers, TimeProvider time) : IListenerFactory
{
    public IListenerHandle Create(Door door, ListenerBinding binding, DoorTerms terms)
    {
        var admission = new DoorAdmission(door, frontDoor, services);
        var observer = new DoorObserver(door, admission, frontDoor, services, journal, board, watch, loggers.CreateLogger<DoorObserver>());
        return new Handle(new DicomListener(
            terms.ToOptions(binding), around.Around(door, services.Everything, admission), services.Everything, around.Around(door, admission, observer), loggers, time), binding);
    }

    public string? FindPortOwner(int port) => PortOwner.Find(port);

    private sealed class Handle(DicomListener listener, ListenerBinding binding) : IListenerHandle
    {
        public IPEndPoint EndPoint => listener.LocalEndPoint ?? throw new InvalidOperationException("The listener has not been started.");

        public Task StartAsync(CancellationToken cancellationToken) => listener.StartAsync(cancellationToken);

        public void Reconfigure(DoorTerms terms) => listener.Reconfigure(terms.ToOptions(binding));

        public Task DrainAsync(CancellationToken limit) => listener.DrainAsync(Timeout.InfiniteTimeSpan, limit);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
