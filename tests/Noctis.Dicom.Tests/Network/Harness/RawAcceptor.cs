using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>An acceptor that answers by hand.</summary>
internal sealed class RawAcceptor : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RawAcceptor()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
        ClientOptions = new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)_socket.LocalEndPoint!).Port,
            CallingAETitle = "NOCTIS",
            CalledAETitle = "PEER",
            PresentationContexts = TestListener.DefaultContexts(),
        };
    }

    public DicomClientOptions ClientOptions { get; }

    public Task<DicomClient> ConnectAsync() => DicomClient.ConnectAsync(ClientOptions);

    public async Task<RawPeer> AcceptAsync() => new(await _socket.AcceptAsync());

    public async Task<RawPeer> AcceptAssociationAsync()
    {
        var peer = await AcceptAsync();
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());
        await peer.SendAsync(RawPeer.Acceptance());
        return peer;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
