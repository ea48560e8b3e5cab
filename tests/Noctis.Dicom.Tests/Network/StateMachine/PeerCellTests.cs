using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Network.StateMachine;
using Noctis.Dicom.Tests.Network.Harness;
using static Noctis.Dicom.Network.StateMachine.UpperLayerAction;
using static Noctis.Dicom.Network.StateMachine.UpperLayerEvent;
using static Noctis.Dicom.Network.StateMachine.UpperLayerState;

namespace Noctis.Dicom.Tests.Network.StateMachine;

/// <summary>
/// The cells of PS3.8 9.2.3, Table 9-10, that a peer can bring about, each brought about over a real socket: what is sent, what the loop
/// is told, and which state follows. That the table itself is right is for <see cref="StateTableTests"/>.
/// </summary>
public class PeerCellTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Events that come from a peer: every PDU, the end of the connection, and what is no PDU.</summary>
    private static readonly UpperLayerEvent[] PeerEvents = [Evt3, Evt4, Evt6, Evt10, Evt12, Evt13, Evt16, Evt17, Evt19];

    /// <summary>States in which there is a connection, and who can be in them.</summary>
    private static readonly (UpperLayerState State, bool IsRequestor)[] Places =
    [
        (Sta2, false), (Sta3, false), (Sta5, true), (Sta6, true), (Sta6, false), (Sta7, true), (Sta7, false), (Sta8, true), (Sta8, false),
        (Sta9, true), (Sta10, false), (Sta11, true), (Sta12, false),
    ];

    public static TheoryData<UpperLayerState, bool, UpperLayerEvent> Cells
    {
        get
        {
            var cells = new TheoryData<UpperLayerState, bool, UpperLayerEvent>();
            foreach (var (state, isRequestor) in Places)
            {
                foreach (var upperLayerEvent in PeerEvents)
                    cells.Add(state, isRequestor, upperLayerEvent);
            }

            return cells;
        }
    }

    public static TheoryData<UpperLayerState, bool> AllPlaces
    {
        get
        {
            var places = new TheoryData<UpperLayerState, bool>();
            foreach (var (state, isRequestor) in Places)
                places.Add(state, isRequestor);
            return places;
        }
    }

    public static TheoryData<UpperLayerEvent> AllPeerEvents => [.. PeerEvents];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task PeerEvent_InEachState_IsWhatTable910Says(UpperLayerState state, bool isRequestor, UpperLayerEvent upperLayerEvent)
    {
        var (connection, peer) = await ConnectAsync(isRequestor);
        await using var _ = peer;
        await DriveAsync(connection, peer, state, isRequestor);

        await ProvokeAsync(peer, upperLayerEvent);
        var end = await Record.ExceptionAsync(async () => await connection.ReceiveAsync(patience: null, ""));
        if (end is PduException offence)
            connection.Abort(offence);

        var cell = StateTable.Lookup(state, upperLayerEvent)!.Value;
        switch (cell.Action)
        {
            case AA1 or AA8:
                var abort = Assert.IsType<AAbort>(await peer.ReceiveAsync());
                Assert.IsType<PduException>(end);
                Assert.Equal(cell.Action == AA1 ? AbortSource.ServiceUser : AbortSource.ServiceProvider, abort.Source);
                if (cell.Action == AA8)
                    Assert.Equal(upperLayerEvent == Evt19 ? AbortReason.UnrecognizedPdu : AbortReason.UnexpectedPdu, abort.Reason);
                break;
            case AA2 or AA3:
                Assert.Equal(AssociationEnding.AbortedByPeer, Assert.IsType<AssociationAbortedException>(end).Ending);
                break;
            case AA4 or AA5:
                Assert.Equal(AssociationEnding.ConnectionLost, Assert.IsType<AssociationAbortedException>(end).Ending);
                break;
            default:
                Assert.Null(end);
                break;
        }

        Assert.Equal(cell.Action == AR8 && !isRequestor ? cell.OtherwiseNextState : cell.NextState, connection.State);

        // No action but AA-1 and AA-8 sends anything by itself.
        await connection.DisposeAsync();
        Assert.Null(await peer.ReceiveAsync());
    }

    [Theory]
    [MemberData(nameof(AllPlaces))]
    public async Task LocalAbort_InEachState_IsWhatTable910Says(UpperLayerState state, bool isRequestor)
    {
        var (connection, peer) = await ConnectAsync(isRequestor);
        await using var _ = peer;
        await DriveAsync(connection, peer, state, isRequestor);

        connection.Abort();

        if (state == Sta2)
        {
            // Evt15 is blank there: nothing has been asked for that could be aborted, and the connection is closed as when ARTIM expires.
            Assert.Equal(Sta1, connection.State);
        }
        else
        {
            Assert.Equal(Sta13, connection.State);
            Assert.Equal(AbortSource.ServiceUser, Assert.IsType<AAbort>(await peer.ReceiveAsync()).Source);
        }

        await connection.DisposeAsync();
        Assert.Null(await peer.ReceiveAsync());
    }

    [Theory]
    [MemberData(nameof(AllPeerEvents))]
    public async Task PeerEvent_AfterTheLastWord_IsNotAnsweredAndItsEndIsWaitedFor(UpperLayerEvent upperLayerEvent)
    {
        var (connection, peer) = await ConnectAsync(isRequestor: false);
        await using var _ = peer;
        await DriveAsync(connection, peer, Sta6, isRequestor: false);
        connection.Abort();
        Assert.IsType<AAbort>(await peer.ReceiveAsync());

        var lingering = connection.LingerAsync(Patience);
        await ProvokeAsync(peer, upperLayerEvent);
        if (upperLayerEvent != Evt17)
        {
            Assert.Equal(Sta13, connection.State);
            peer.ShutdownSend();
        }

        await lingering;
        Assert.Equal(Sta1, connection.State);
        Assert.Null(await peer.ReceiveAsync());
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task Artim_InSta2_ClosesWithoutAWord()
    {
        var clock = new ManualClock();
        var (connection, peer) = await ConnectAsync(isRequestor: false, clock);
        await using var _ = peer;
        connection.Raise(Evt5);
        connection.StartTimer(TimeSpan.FromSeconds(30), "Too late.");
        var receiving = connection.ReceiveAsync(patience: null, "").AsTask();

        clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        connection.Abort();
        Assert.Equal(Sta1, connection.State);
        Assert.Equal("Too late.", connection.StopReason);
        await connection.DisposeAsync();
        Assert.Null(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Artim_InSta13_Closes()
    {
        var clock = new ManualClock();
        var (connection, peer) = await ConnectAsync(isRequestor: false, clock);
        await using var _ = peer;
        await DriveAsync(connection, peer, Sta6, isRequestor: false);
        connection.Abort();
        var lingering = connection.LingerAsync(TimeSpan.FromSeconds(30)).AsTask();
        Assert.False(lingering.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(30));

        await lingering;
        Assert.Equal(Sta1, connection.State);
        await connection.DisposeAsync();
    }

    private static async Task<(UpperLayerConnection Connection, RawPeer Peer)> ConnectAsync(bool isRequestor, TimeProvider? clock = null)
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        var peer = await RawPeer.ConnectAsync(((IPEndPoint)listening.LocalEndPoint!).Port);
        var connection = new UpperLayerConnection(
            await listening.AcceptAsync(), isRequestor, PduLimits.Default, new BlockMemoryPool(BlockMemoryPool.OfOneConnection), clock ?? TimeProvider.System);
        connection.Start();
        return (connection, peer);
    }

    /// <summary>Brings the connection into a state, the way it comes there in life; the peer has read all that was sent on the way.</summary>
    private static async Task DriveAsync(UpperLayerConnection connection, RawPeer peer, UpperLayerState state, bool isRequestor)
    {
        if (isRequestor)
            connection.Raise(Evt1);
        else
            connection.Raise(Evt5);
        if (state == Sta2)
            return;
        if (isRequestor)
            await SendAsync(Evt2, RawPeer.Request);
        else
            await ReceiveAsync(RawPeer.Request);
        if (state is Sta3 or Sta5)
            return;
        if (isRequestor)
            await ReceiveAsync(RawPeer.Acceptance());
        else
            await SendAsync(Evt7, RawPeer.Acceptance());
        if (state >= Sta7 && state != Sta8)
            await SendAsync(Evt11, AReleaseRq.Instance);
        if (state >= Sta8)
            await ReceiveAsync(AReleaseRq.Instance);
        if (state == Sta11)
            await SendAsync(Evt14, AReleaseRp.Instance);
        if (state == Sta12)
            await ReceiveAsync(AReleaseRp.Instance);
        Assert.Equal(state, connection.State);

        async Task SendAsync(UpperLayerEvent upperLayerEvent, Pdu pdu)
        {
            await connection.SendAsync(upperLayerEvent, pdu, Patience);
            Assert.Equal(pdu.Type, (await peer.ReceiveAsync())?.Type);
        }

        async Task ReceiveAsync(Pdu pdu)
        {
            await peer.SendAsync(pdu);
            Assert.Equal(pdu.Type, (await connection.ReceiveAsync(patience: null, ""))?.Type);
        }
    }

    private static async Task ProvokeAsync(RawPeer peer, UpperLayerEvent upperLayerEvent)
    {
        switch (upperLayerEvent)
        {
            case Evt3:
                await peer.SendAsync(RawPeer.Acceptance());
                break;
            case Evt4:
                await peer.SendAsync(new AAssociateRj(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven));
                break;
            case Evt6:
                await peer.SendAsync(RawPeer.Request);
                break;
            case Evt10:
                await peer.SendAsync(RawPeer.Echo());
                break;
            case Evt12:
                await peer.SendAsync(AReleaseRq.Instance);
                break;
            case Evt13:
                await peer.SendAsync(AReleaseRp.Instance);
                break;
            case Evt16:
                await peer.SendAsync(new AAbort(AbortSource.ServiceProvider, AbortReason.UnexpectedPdu));
                break;
            case Evt17:
                peer.ShutdownSend();
                break;
            default:
                await peer.SendAsync(new byte[] { 0x0A, 0, 0, 0, 0, 0 });
                break;
        }
    }
}
