using System.Net.Sockets;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network.BadPeers;

/// <summary>Peers that end an association the wrong way, at the wrong moment, or not at all.</summary>
public class BadEndingTests
{
    [Fact]
    public async Task Release_InTheMiddleOfAMessage_IsAborted()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(new PDataTf(RawPeer.Value(3, true, true, RawPeer.StoreCommand())), AReleaseRq.Instance);

        await server.AssertAbortedAsync(peer, AbortReason.UnexpectedPdu, "in the middle of a message");
    }

    [Fact]
    public async Task Association_EndsWithoutRelease_IsToldAsLost()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        peer.ShutdownSend();

        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(
            (AssociationEnding.ConnectionLost, "The peer closed the connection without releasing the association."), (ended.Ending, ended.Reason));
    }

    [Fact]
    public async Task Released_PeerDoesNotClose_ArtimCloses()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(AReleaseRq.Instance);
        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        Assert.Equal(AssociationEnding.Released, (await server.Observer.NextEndedAsync()).Ending);

        // What still comes is thrown away until ARTIM has passed; then the connection is gone and sending fails.
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (true)
            {
                await peer.SendAsync(new byte[1]);
                clock.Advance(TimeSpan.FromSeconds(10));
                await Task.Delay(10);
            }
        });
    }

    [Fact]
    public async Task Released_PeerDoesNotClose_IsNotWaitedForByADrain()
    {
        await using var server = await TestListener.StartAsync(clock: new ManualClock());
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(AReleaseRq.Instance);
        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());

        // The clock stands still: only the end of the connection itself can end this.
        await server.Listener.DrainAsync(TimeSpan.FromHours(1));
        Assert.Equal(0, server.Listener.ActiveAssociations);
    }

    [Fact]
    public async Task OneBadPeer_DoesNotTouchTheOthers()
    {
        await using var server = await TestListener.StartAsync();
        await using var good = await server.ConnectAsync();
        await using (var bad = await server.ConnectRawAsync())
        {
            await bad.AssociateAsync();
            await bad.SendAsync(new byte[1000]);
            Assert.IsType<AAbort>(await bad.ReceiveAsync());
        }

        Assert.Equal(DicomStatus.Success, await good.EchoAsync());
        await good.ReleaseAsync();
    }

    public static TheoryData<string> Unexpected => ["AC", "RJ", "RELEASE-RP"];

    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task Pdu_UnexpectedOnAnAssociation_IsAborted(string which)
    {
        Pdu pdu = which switch
        {
            "AC" => RawPeer.Acceptance(),
            "RJ" => new AAssociateRj(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven),
            _ => AReleaseRp.Instance,
        };
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(pdu);

        await server.AssertAbortedAsync(peer, AbortReason.UnexpectedPdu, "already established");
    }

    [Theory]
    [InlineData("abort", AssociationEnding.AbortedByPeer)]
    [InlineData("reset", AssociationEnding.ConnectionLost)]
    [InlineData("close", AssociationEnding.ConnectionLost)]
    public async Task Association_EndsInsideADataset_TheObjectIsGivenUp(string how, AssociationEnding expected)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.OnWrite = (_, _) =>
        {
            arrived.TrySetResult();
            return ValueTask.CompletedTask;
        };
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()), RawPeer.Value(3, isCommand: false, isLast: false, new byte[100])));
        await arrived.Task;

        if (how == "abort")
            await peer.SendAsync(AAbort.ByServiceUser);
        else if (how == "reset")
            peer.Reset();
        else
            peer.ShutdownSend();

        Assert.Equal(expected, (await server.Observer.NextEndedAsync()).Ending);
        Assert.Empty(server.Store.Objects);
        Assert.Equal(1, server.Store.Disposed);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Abort_BetweenMessages_IsToldWithWhoDidIt()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(RawPeer.Echo(), new AAbort(AbortSource.ServiceProvider, AbortReason.UnexpectedPdu));

        Assert.Equal(CommandField.CEchoResponse, (await peer.ReceiveCommandAsync()).Field);
        Assert.Null(await peer.ReceiveAsync());
        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.AbortedByPeer, ended.Ending);
        Assert.Contains("a PDU that it did not expect", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pdus_AfterTheRelease_AreNotAnswered()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(AReleaseRq.Instance, RawPeer.Echo(), RawPeer.Request, AReleaseRq.Instance, AAbort.ByServiceUser);

        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        Assert.Equal(AssociationEnding.Released, (await server.Observer.NextEndedAsync()).Ending);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Request_RejectedAndAskedAgainOnTheSameConnection_IsNotAnswered()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        var request = new AAssociateRq { CalledAETitle = TestListener.AETitle, CallingAETitle = "MODALITY" };

        await peer.SendAsync(request, RawPeer.Request);

        Assert.IsType<AAssociateRj>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        Assert.Contains("proposes no presentation context", (await server.Observer.NextRejectionAsync()).Explanation, StringComparison.Ordinal);
    }
}
