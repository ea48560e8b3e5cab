using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network.BadPeers;

/// <summary>Peers that send byte by byte, stop in the middle, or say nothing at all.</summary>
public class SlowPeerTests
{
    private static readonly byte[] RequestBytes = RawPeer.Encode(RawPeer.Request);

    [Fact]
    public async Task Request_OneByteAtATime_IsAccepted()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();

        foreach (var one in RequestBytes)
            await peer.SendAsync(new[] { one });

        Assert.IsType<AAssociateAc>(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Message_OneByteAtATime_IsAnswered()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        foreach (var one in RawPeer.Encode(
            new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: false, new byte[] { 1, 2, 3, 4 })),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[] { 5, 6 })),
            AReleaseRq.Instance))
        {
            await peer.SendAsync(new[] { one });
        }

        Assert.Equal((ushort)0, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
        Assert.Equal([1, 2, 3, 4, 5, 6], Assert.Single(server.Store.Objects).Dataset);
    }

    [Fact]
    public async Task Request_CutAtEveryByte_IsAConnectionWithoutAnAssociation()
    {
        await using var server = await TestListener.StartAsync();
        for (var length = 0; length < RequestBytes.Length; length++)
        {
            await using var peer = await server.ConnectRawAsync();
            await peer.SendAsync(RequestBytes.AsMemory(0, length));
            peer.ShutdownSend();

            var failure = await server.Observer.NextFailureAsync();
            Assert.Equal(AssociationEnding.ConnectionLost, failure.Ending);
            Assert.Equal(length, failure.BytesReceived);
            Assert.Equal(
                length == 0
                    ? "The peer closed the connection without sending anything."
                    : "The peer closed the connection in the middle of its A-ASSOCIATE-RQ.",
                failure.Reason);
            Assert.Null(await peer.ReceiveAsync());
        }

        Assert.Equal(0, server.Listener.ActiveAssociations);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Connected_SaysNothing_IsClosedByArtim()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();

        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(30), peer.ReceiveAsync());

        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal("The peer connected, but sent no request for an association within 30 seconds.", failure.Reason);
    }

    [Fact]
    public async Task Connected_SendsAByteNowAndThen_DoesNotPutArtimOff()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();
        for (var i = 0; i < 4; i++)
        {
            await peer.SendAsync(RequestBytes.AsMemory(i, 1));
            clock.Advance(TimeSpan.FromSeconds(7));
        }

        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(3), peer.ReceiveAsync());

        Assert.StartsWith("The peer connected, but sent no request", (await server.Observer.NextFailureAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Association_Idle_IsAbortedByTheIdleTimer()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        // The answer may be read before the listener has stopped the timer that its sending runs under.
        await server.Observer.NextAcceptedAsync();
        var received = peer.ReceiveAsync();
        await clock.AdvanceUntilAsync(TimeSpan.FromMinutes(5), received);

        Assert.IsType<AAbort>(await received);
        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal((AssociationEnding.Aborted, "The association was silent for 300 seconds between two messages."), (ended.Ending, ended.Reason));
    }

    [Fact]
    public async Task Association_StopsInTheMiddleOfAMessage_IsAbortedByTheDimseTimer()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.OnWrite = (_, _) =>
        {
            arrived.SetResult();
            return ValueTask.CompletedTask;
        };
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
            RawPeer.Value(3, isCommand: false, isLast: false, new byte[100])));
        await arrived.Task;

        var received = peer.ReceiveAsync();
        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(60), received);

        Assert.IsType<AAbort>(await received);
        Assert.Equal("The peer stopped in the middle of a message and sent nothing more for 60 seconds.", (await server.Observer.NextEndedAsync()).Reason);
        Assert.Equal(1, server.Store.Disposed);
    }

    [Fact]
    public async Task Message_AByteNowAndThen_IsAbortedThoughItNeverStops()
    {
        var (clock, sent) = (new ManualClock(), 0);
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        using var arrived = NoteArrivals(server, () => sent);
        await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())));

        // Never as long without a byte as a peer may stand still.
        var received = peer.ReceiveAsync();
        while (!received.IsCompleted)
        {
            sent++;
            await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: false, new byte[1])));
            await Task.WhenAny(arrived.WaitAsync(), received);
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(received, Task.Delay(20));
        }

        Assert.IsType<AAbort>(await received);
        Assert.Matches(@"^The peer sent \d bytes of a message within 60 seconds, less than 240 a second: ", (await server.Observer.NextEndedAsync()).Reason);
        Assert.Equal(1, server.Store.Disposed);
    }

    [Fact]
    public async Task Message_OverASlowLine_IsStored()
    {
        const int Piece = 60_000;
        var (clock, sent) = (new ManualClock(), 0);
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        using var arrived = NoteArrivals(server, () => sent);
        await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())));

        for (var i = 0; i < 8; i++)
        {
            sent += Piece;
            await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: i == 7, new byte[Piece])));
            await arrived.WaitAsync();
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal((ushort)0, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        Assert.Equal(8 * Piece, Assert.Single(server.Store.Objects).Dataset.Length);
    }

    private static SemaphoreSlim NoteArrivals(TestListener server, Func<int> sent)
    {
        var arrived = new SemaphoreSlim(0);
        server.Store.OnWrite = (written, _) =>
        {
            if (written == sent())
                arrived.Release();
            return ValueTask.CompletedTask;
        };
        return arrived;
    }

    [Fact]
    public async Task Message_CutAtEveryByte_IsALossAndStoresNothing()
    {
        var message = RawPeer.Encode(
            new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: false, new byte[10])),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[4])));
        await using var server = await TestListener.StartAsync();
        for (var length = 0; length < message.Length; length++)
        {
            await using var peer = await server.ConnectRawAsync();
            await peer.AssociateAsync();
            await peer.SendAsync(message.AsMemory(0, length));
            peer.ShutdownSend();

            Assert.Equal(AssociationEnding.ConnectionLost, (await server.Observer.NextEndedAsync()).Ending);
            Assert.Null(await peer.ReceiveAsync());
        }

        Assert.Empty(server.Store.Objects);
        Assert.Empty(server.Logs.Errors);
        Assert.Equal(0, server.Listener.ActiveAssociations);

        // Each that had begun to be stored was given up.
        Assert.Equal(server.Observer.Operations.Count(operation => operation.Status is null), server.Store.Disposed);
    }
}
