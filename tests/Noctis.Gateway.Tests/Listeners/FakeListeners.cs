using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Listeners without sockets: a port is one of a set, and can be taken by "another program".</summary>
internal sealed class FakeListeners : IListenerFactory
{
    private readonly ConcurrentDictionary<int, string> _ports = new();

    public ConcurrentQueue<FakeListener> Created { get; } = new();

    public void Take(int port) => _ports[port] = "another program";

    public void Free(int port) => _ports.TryRemove(port, out _);

    public IListenerHandle Create(Door door, ListenerBinding binding, DoorTerms terms)
    {
        var listener = new FakeListener(this, door, binding) { Terms = terms };
        Created.Enqueue(listener);
        return listener;
    }

    public string? FindPortOwner(int port) => "nginx, process 4711";

    internal sealed class FakeListener(FakeListeners owner, Door door, ListenerBinding binding) : IListenerHandle
    {
        public Door Door => door;

        public IPEndPoint EndPoint => new(binding.Address, binding.Port);

        /// <summary>What it goes by at the moment.</summary>
        public required DoorTerms Terms { get; set; }

        /// <summary>Its drain has begun; cancelled when what still runs is to be aborted.</summary>
        public CancellationToken? Drained { get; private set; }

        /// <summary>Completed by the test when the running associations are to end; done from the start unless held.</summary>
        public TaskCompletionSource Associations { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HoldAssociations { get; set; }

        public Task StartAsync(CancellationToken cancellationToken) => owner._ports.TryAdd(binding.Port, door.ToString())
            ? Task.CompletedTask
            : throw new SocketException((int)SocketError.AddressAlreadyInUse);

        public void Reconfigure(DoorTerms terms) => Terms = terms;

        public Task DrainAsync(CancellationToken limit)
        {
            owner.Free(binding.Port);
            Drained = limit;
            return HoldAssociations ? Associations.Task : Task.CompletedTask;
        }

        /// <summary>A listener that could not start is disposed of as soon as the attempt is over.</summary>
        public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask DisposeAsync()
        {
            Disposed.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
