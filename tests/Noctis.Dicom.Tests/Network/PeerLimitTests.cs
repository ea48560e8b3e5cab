using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>What one address may have of a listener.</summary>
public class PeerLimitTests
{
    private static readonly IPAddress Other = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task MaxAssociationsPerPeer_OneMore_IsRejectedAtOnceAndOthersAreNot()
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxAssociationsPerPeer = 2 });
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => server.ConnectAsync());
        Assert.Equal(
            (AssociateRejectResult.RejectedTransient, AssociateRejectReason.LocalLimitExceeded), (rejected.Result, rejected.Reason));
        Assert.Equal(
            "All 2 associations that one address may run at a time are in use by 127.0.0.1.",
            (await server.Observer.NextRejectionAsync()).Explanation);

        await using var other = await ConnectFromAsync(Other, server.Port);
        await other.AssociateAsync();

        await first.ReleaseAsync();
        await using var third = await server.ConnectAsync();
        Assert.Equal(DicomStatus.Success, await third.EchoAsync());
    }

    [Fact]
    public async Task MaxAssociationsPerPeer_ManyComeAndGo_PlacesAreAlwaysGivenBack()
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxAssociationsPerPeer = 1 });
        for (var i = 0; i < 200; i++)
        {
            await using var peer = await server.ConnectRawAsync();
            await peer.AssociateAsync();
            if (i % 2 == 0)
            {
                await peer.SendAsync(AReleaseRq.Instance);
                Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
            }
            else
            {
                await peer.SendAsync(new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified));
                await server.Observer.NextEndedAsync();
                while (server.Listener.ActiveAssociations > 0)
                    await Task.Yield();
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void MaxAssociationsPerPeer_NotPositive_IsRefused(int limit) => Assert.Throws<ArgumentOutOfRangeException>(
        () => (TestListener.DefaultOptions with { MaxAssociationsPerPeer = limit }).Validate());

    [Fact]
    public async Task PendingConnections_OneAddressFillsTheTable_LosesItsOwnOldest()
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxPendingConnections = 4 }, clock: new ManualClock());
        await using var honest = await ConnectFromAsync(Other, server.Port);
        await server.Observer.NextOpenedAsync();

        var flood = new List<RawPeer>();
        for (var i = 0; i < 20; i++)
        {
            flood.Add(await server.ConnectRawAsync());
            await server.Observer.NextOpenedAsync();
        }

        for (var i = 0; i < 17; i++)
        {
            Assert.Null(await flood[i].ReceiveAsync());
            Assert.Equal(ConnectionFailureKind.TooManyConnections, (await server.Observer.NextFailureAsync()).Kind);
        }

        // The oldest of all was here before the flood, and still is.
        await honest.AssociateAsync();
        await flood[^1].AssociateAsync();
        foreach (var peer in flood)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task PendingAllowance_OneAddressAtTwoListeners_LosesItsOldestWhereverThatIs()
    {
        var allowance = new ConnectionAllowance(4);
        var options = TestListener.DefaultOptions with { PendingAllowance = allowance };
        await using var one = await TestListener.StartAsync(options, clock: new ManualClock());
        await using var two = await TestListener.StartAsync(options, clock: new ManualClock());
        await using var honest = await ConnectFromAsync(Other, one.Port);
        await one.Observer.NextOpenedAsync();
        var flood = new List<RawPeer>();
        for (var i = 0; i < 6; i++)
        {
            var server = i % 2 == 0 ? one : two;
            flood.Add(await server.ConnectRawAsync());
            await server.Observer.NextOpenedAsync();
        }

        // Three of the six have their place: the newest.
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await flood[i].ReceiveAsync());
            var failure = await (i % 2 == 0 ? one : two).Observer.NextFailureAsync();
            Assert.Equal(ConnectionFailureKind.TooManyConnections, failure.Kind);
            Assert.StartsWith("Too many connections to this server had no association", failure.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(4, allowance.Count);
        await honest.AssociateAsync();
        await flood[3].AssociateAsync();
        Assert.Equal(2, allowance.Count);
        foreach (var peer in flood)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task PendingAllowance_ConnectionsComeAndGo_IsGivenBack()
    {
        var allowance = new ConnectionAllowance(2);
        await using (var server = await TestListener.StartAsync(TestListener.DefaultOptions with { PendingAllowance = allowance }))
        {
            for (var i = 0; i < 20; i++)
            {
                await using var peer = await server.ConnectRawAsync();
                await peer.AssociateAsync();
                await peer.SendAsync(AReleaseRq.Instance);
                Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
            }

            Assert.InRange(allowance.Count, 0, 2);
        }

        Assert.Equal(0, allowance.Count);
    }

    private static async Task<RawPeer> ConnectFromAsync(IPAddress address, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(socket);
    }
}
