using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Watching;

namespace Noctis.Gateway.Listeners;

/// <summary>Makes real listeners: the door's admission and observer, and every service that is registered.</summary>
internal sealed class DicomListenerFactory : IListenerFactory
{
    private readonly FrontDoor _frontDoor;
    private readonly FrontDoorJournal _journal;
    private readonly ListenerStatusBoard _board;
    private readonly ConnectionWatch _watch;
    private readonly DimseServices _services;
    private readonly GatewayOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;

    public DicomListenerFactory(
        FrontDoor frontDoor, FrontDoorJournal journal, ListenerStatusBoard board, ConnectionWatch watch,
        IEnumerable<IDimseService> services, IOptions<GatewayOptions> options, ILoggerFactory loggers, TimeProvider time)
    {
        _frontDoor = frontDoor;
        _journal = journal;
        _board = board;
        _watch = watch;
        _services = new DimseServices(services);
        _options = options.Value;
        _loggers = loggers;
        _time = time;
    }

    public IListenerHandle Create(Door door, ListenerBinding binding)
    {
        var options = new DicomListenerOptions
        {
            Address = binding.Address,
            Port = binding.Port,
            MaxAssociations = door.IsShared ? binding.MaxAssociations * SharedDoorShares.FacilitiesWorth : binding.MaxAssociations,
            MaxPduLength = (uint)_options.MaxPduLength,
            IdleTimeout = TimeSpan.FromSeconds(_options.IdleSeconds),
        };
        var logger = _loggers.CreateLogger<DoorObserver>();
        var admission = new DoorAdmission(door, _frontDoor);
        var observer = new DoorObserver(door, admission, _frontDoor, _journal, _board, _watch, logger);
        return new Handle(new DicomListener(options, admission, _services, observer, _loggers, _time));
    }

    public string? FindPortOwner(int port) => PortOwner.Find(port);

    private sealed class Handle(DicomListener listener) : IListenerHandle
    {
        public IPEndPoint EndPoint => listener.LocalEndPoint ?? throw new InvalidOperationException("The listener has not been started.");

        public Task StartAsync(CancellationToken cancellationToken) => listener.StartAsync(cancellationToken);

        public Task DrainAsync(TimeSpan limit) => listener.DrainAsync(limit);

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }
}
