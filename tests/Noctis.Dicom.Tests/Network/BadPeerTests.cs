using System.Net.Sockets;
using System.Text;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>Peers that do what no DICOM software does, over raw TCP. After each the listener still serves the next.</summary>
public class BadPeerTests
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

        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(30), peer.ReceiveAsync());

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

        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(3), peer.ReceiveAsync());

        Assert.StartsWith("The peer connected, but sent no request", (await server.Observer.NextFailureAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Association_Idle_IsAbortedByTheIdleTimer()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        var received = peer.ReceiveAsync();
        await AdvanceUntilAsync(clock, TimeSpan.FromMinutes(5), received);

        Assert.IsType<AAbort>(await received);
        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal((AssociationEnding.Aborted, "The association was idle for too long."), (ended.Ending, ended.Reason));
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
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(60), received);

        Assert.IsType<AAbort>(await received);
        Assert.Equal("The peer stopped in the middle of a message.", (await server.Observer.NextEndedAsync()).Reason);
        Assert.Equal(1, server.Store.Disposed);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "HTTP")]
    [InlineData("POST /dicom HTTP/1.1\r\n\r\n", "HTTP")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", "TLS")]
    [InlineData("SSH-2.0-OpenSSH", "SSH")]
    public async Task Connected_SpeaksAnotherProtocol_ReasonNamesIt(string bytes, string expected)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.SendAsync(Encoding.Latin1.GetBytes(bytes));

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        Assert.Contains(expected, (await server.Observer.NextFailureAsync()).Reason, StringComparison.Ordinal);
    }

    public static TheoryData<string> FirstPdus => ["AC", "RJ", "DATA", "RELEASE-RQ", "RELEASE-RP"];

    [Theory]
    [MemberData(nameof(FirstPdus))]
    public async Task FirstPdu_NotARequest_IsAborted(string which)
    {
        Pdu pdu = which switch
        {
            "AC" => new AAssociateAc(),
            "RJ" => new AAssociateRj(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven),
            "DATA" => RawPeer.Echo(),
            "RELEASE-RQ" => AReleaseRq.Instance,
            _ => AReleaseRp.Instance,
        };
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();

        await peer.SendAsync(pdu);

        // PS3.8 9.2.3: AA-1 in Sta2.
        Assert.Equal(AbortSource.ServiceUser, Assert.IsType<AAbort>(await peer.ReceiveAsync()).Source);
        Assert.Null(await peer.ReceiveAsync());
        Assert.Contains("A-ASSOCIATE-RQ has to come first", (await server.Observer.NextFailureAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public async Task Request_LengthNeverValid_IsAbortedWithoutWaitingForIt(uint length)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        var bytes = RequestBytes[..6];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);

        await peer.SendAsync(bytes);

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Equal(AssociationEnding.Aborted, (await server.Observer.NextFailureAsync()).Ending);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(5u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public async Task Data_LengthNeverValid_IsAbortedAsInvalid(uint length)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var bytes = RawPeer.Encode(RawPeer.Echo());
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);

        await peer.SendAsync(bytes);

        await AssertAbortedAsync(server, peer, AbortReason.InvalidPduParameterValue, "");
    }

    [Fact]
    public async Task Request_Twice_IsAbortedAsUnexpected()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(RawPeer.Request);

        await AssertAbortedAsync(server, peer, AbortReason.UnexpectedPdu, "already established");
    }

    [Fact]
    public async Task Data_BeforeTheRequestIsAnswered_IsAnsweredAfterIt()
    {
        var deciding = new SlowAdmission();
        await using var server = await TestListener.StartAsync(admission: deciding);
        await using var peer = await server.ConnectRawAsync();

        await peer.SendAsync(RawPeer.Request, RawPeer.Echo());
        await deciding.Asked.Task;
        deciding.Answer.SetResult(AssociationDecision.Accept());

        // Nothing tells data that came too early from data that came in time: it is answered, after the acceptance.
        Assert.IsType<AAssociateAc>(await peer.ReceiveAsync());
        Assert.Equal(CommandField.CEchoResponse, (await peer.ReceiveCommandAsync()).Field);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Request_PeerLeavesBeforeItIsAnswered_AdmissionIsCancelled(bool abort)
    {
        var deciding = new SlowAdmission();
        await using var server = await TestListener.StartAsync(admission: deciding);
        await using var peer = await server.ConnectRawAsync();
        await peer.SendAsync(RawPeer.Request);
        await deciding.Asked.Task;

        if (abort)
            await peer.SendAsync(new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified));
        else
            peer.ShutdownSend();

        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(abort ? AssociationEnding.AbortedByPeer : AssociationEnding.ConnectionLost, failure.Ending);
        Assert.Empty(server.Logs.Errors);
        Assert.Equal(0, server.Listener.ActiveAssociations);
    }

    [Theory]
    [InlineData(9, "never proposed")]
    [InlineData(7, "not accepted")]
    public async Task Data_InAContextThatIsNotAccepted_IsAborted(byte contextId, string expected)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.SendAsync(new AAssociateRq
        {
            CalledAETitle = TestListener.AETitle,
            CallingAETitle = "MODALITY",
            PresentationContexts = [.. TestListener.DefaultContexts(), new PresentationContextRq(7, "1.2.3.4.5", ["1.2.840.10008.1.2"])],
        });
        var response = Assert.IsType<AAssociateAc>(await peer.ReceiveAsync());
        Assert.Equal(PresentationContextResult.AbstractSyntaxNotSupported, response.PresentationContexts[3].Result);

        await peer.SendAsync(new PDataTf(RawPeer.Value(contextId, isCommand: true, isLast: true, RawPeer.StoreCommand())));

        await AssertAbortedAsync(server, peer, AbortReason.InvalidPduParameterValue, expected);
    }

    public static TheoryData<string, string> Disorders => new()
    {
        { "data first", "data set where a command was due" },
        { "data inside a command", "data set where a command was due" },
        { "command inside data", "command before the data set" },
        { "another context inside a command", "changed from presentation context 3 to 5" },
        { "another context inside data", "changed from presentation context 3 to 5" },
        { "a response", "nothing was asked" },
    };

    [Theory]
    [MemberData(nameof(Disorders))]
    public async Task Fragments_OutOfOrder_AreAborted(string which, string expected)
    {
        var store = RawPeer.StoreCommand();
        PresentationDataValue[] values = which switch
        {
            "data first" => [RawPeer.Value(3, false, true, new byte[2])],
            "data inside a command" => [RawPeer.Value(3, true, false, store.AsMemory(0, 20)), RawPeer.Value(3, false, true, new byte[2])],
            "command inside data" => [RawPeer.Value(3, true, true, store), RawPeer.Value(3, false, false, new byte[2]), RawPeer.Value(3, true, true, store)],
            "another context inside a command" => [RawPeer.Value(3, true, false, store.AsMemory(0, 20)), RawPeer.Value(5, true, true, store.AsMemory(20))],
            "another context inside data" => [RawPeer.Value(3, true, true, store), RawPeer.Value(5, false, true, new byte[2])],
            _ => [RawPeer.Value(1, true, true, RawPeer.Command(new CEchoResponse { MessageIDBeingRespondedTo = 1, Status = DicomStatus.Success }))],
        };
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(new PDataTf(values));

        await AssertAbortedAsync(server, peer, AbortReason.UnexpectedPduParameter, expected);
        Assert.Empty(server.Store.Objects);
    }

    [Fact]
    public async Task Release_InTheMiddleOfAMessage_IsAborted()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(new PDataTf(RawPeer.Value(3, true, true, RawPeer.StoreCommand())), AReleaseRq.Instance);

        await AssertAbortedAsync(server, peer, AbortReason.UnexpectedPdu, "in the middle of a message");
    }

    [Theory]
    [InlineData("not a command set")]
    [InlineData("too long")]
    [InlineData("cut")]
    [InlineData("no message id")]
    public async Task Command_NeverValid_IsAbortedAsInvalid(string which)
    {
        var echo = RawPeer.Command(new CEchoRequest { MessageID = 1 });
        byte[] command = which switch
        {
            "not a command set" => [0x08, 0, 0x18, 0, 2, 0, 0, 0, 0x31, 0x2E],
            "too long" => new byte[CommandSet.MaxLength + 2],
            "cut" => echo[..^1],
            _ => [.. echo[..^20], .. echo[^10..]],
        };
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        foreach (var part in command.Chunk(16_000))
            await peer.SendAsync(new PDataTf(RawPeer.Value(1, true, isLast: false, part)));
        await peer.SendAsync(new PDataTf(RawPeer.Value(1, true, isLast: true, Array.Empty<byte>())));

        await AssertAbortedAsync(server, peer, AbortReason.InvalidPduParameterValue, "");
    }

    [Fact]
    public async Task Messages_SeveralInOnePdu_AreAllAnswered()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var echo = RawPeer.Command(new CEchoRequest { MessageID = 11 });

        await peer.SendAsync(new PDataTf(
            RawPeer.Value(1, true, false, echo.AsMemory(0, 7)),
            RawPeer.Value(1, true, false, Array.Empty<byte>()),
            RawPeer.Value(1, true, true, echo.AsMemory(7)),
            RawPeer.Value(3, true, true, RawPeer.StoreCommand(12)),
            RawPeer.Value(3, false, false, new byte[] { 1, 2 }),
            RawPeer.Value(3, false, true, Array.Empty<byte>()),
            RawPeer.Value(1, true, true, RawPeer.Command(new CEchoRequest { MessageID = 13 }))));

        Assert.Equal((ushort)11, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal((ushort)12, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal((ushort)13, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal([1, 2], Assert.Single(server.Store.Objects).Dataset);
    }

    [Theory]
    [InlineData(0x0FFF)]
    [InlineData(0x0020)]
    [InlineData(0x7ABC)]
    public async Task Command_NotServed_IsAnUnrecognizedOperationExceptCancel(int field)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var command = RawPeer.Command(new CEchoRequest { MessageID = 9 });
        var position = command.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x30, 0x00]);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(command.AsSpan(position), (ushort)field);

        await peer.SendAsync(new PDataTf(RawPeer.Value(1, true, true, command)), RawPeer.Echo(10));

        if (field != 0x0FFF)
        {
            var refusal = await peer.ReceiveCommandAsync();
            Assert.Equal((ushort)(field | 0x8000), (ushort)refusal.Field);
            Assert.Equal((ushort)0x0211, refusal.GetUInt16(DicomTag.Status));
            Assert.Equal((ushort)9, refusal.MessageIDBeingRespondedTo);
        }

        Assert.Equal((ushort)10, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
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

    private static async Task AssertAbortedAsync(TestListener server, RawPeer peer, AbortReason reason, string explanation)
    {
        var abort = Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Equal((AbortSource.ServiceProvider, reason), (abort.Source, abort.Reason));
        Assert.Null(await peer.ReceiveAsync());
        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.Aborted, ended.Ending);
        Assert.Contains(explanation, ended.Reason, StringComparison.Ordinal);
        Assert.Empty(server.Logs.Errors);

        await using var next = await server.ConnectAsync();
        Assert.Equal(DicomStatus.Success, await next.EchoAsync());
    }

    // The loop on the other side arms its timer at a moment that nobody can see, so the clock moves on until it has.
    private static async Task AdvanceUntilAsync(ManualClock clock, TimeSpan step, Task done)
    {
        while (!done.IsCompleted)
        {
            clock.Advance(step);
            await Task.WhenAny(done, Task.Delay(20));
        }
    }

    private sealed class SlowAdmission : IAssociationAdmission
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<AssociationDecision> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            return await Answer.Task.WaitAsync(cancellationToken);
        }
    }
}
