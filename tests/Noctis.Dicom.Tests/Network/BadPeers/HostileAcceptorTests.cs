using System.Buffers.Binary;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network.BadPeers;

/// <summary>Acceptors that do what no DICOM software does, against our client: it throws what is documented and leaves no connection behind.</summary>
public class HostileAcceptorTests
{
    private static readonly byte[] AcceptanceBytes = RawPeer.Encode(RawPeer.Acceptance());

    public static TheoryData<string> Unexpected => ["RQ", "DATA", "RELEASE-RQ", "RELEASE-RP", "garbage", "AC twice"];

    [Theory]
    [MemberData(nameof(Unexpected))]
    public async Task Answer_AnythingButAnAnswer_IsAborted(string which)
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAsync();
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());

        await SendUnexpectedAsync(peer, which);

        if (which == "AC twice")
        {
            await using var client = await connecting;
            var echoing = client.EchoAsync();
            await AssertAbortedAsync(peer, AbortReason.UnexpectedPdu);
            await Assert.ThrowsAnyAsync<DicomNetworkException>(() => echoing);
            return;
        }

        await AssertAbortedAsync(peer, which == "garbage" ? AbortReason.UnrecognizedPdu : AbortReason.UnexpectedPdu);
        await peer.DisposeAsync();
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => connecting);
    }

    [Theory]
    [InlineData("an even id", "not odd")]
    [InlineData("an id twice", "stands twice")]
    [InlineData("an id not proposed", "was not proposed")]
    [InlineData("a transfer syntax not proposed", "transfer syntax that was not proposed")]
    [InlineData("a maximum length of 7", "no message fits")]
    public async Task Acceptance_NeverValid_IsAbortedWithItsReason(string which, string expected)
    {
        var bytes = RawPeer.Encode(which switch
        {
            "an id not proposed" => AcceptanceOf([.. RawPeer.Acceptance().PresentationContexts, new PresentationContextAc(9, 0, "1.2.840.10008.1.2")]),
            "a transfer syntax not proposed" => AcceptanceOf([new PresentationContextAc(1, 0, "1.2.840.10008.1.2.4.70")]),
            "a maximum length of 7" => AcceptanceOf(RawPeer.Acceptance().PresentationContexts, maximumLength: 7),
            _ => RawPeer.Acceptance(),
        });
        var first = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x21, 0]);
        if (which == "an even id")
            bytes[first + 4] = 2;
        else if (which == "an id twice")
            bytes[first + 4] = 3;
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAsync();
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());

        await peer.SendAsync(bytes);

        await AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue);
        await peer.DisposeAsync();
        var exception = await Assert.ThrowsAsync<DicomNetworkException>(() => connecting);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public async Task Acceptance_LengthNeverValid_IsAbortedWithoutWaitingForIt(uint length)
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAsync();
        var bytes = AcceptanceBytes[..6];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());

        await peer.SendAsync(bytes);

        await AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue);
        await peer.DisposeAsync();
        await Assert.ThrowsAsync<DicomNetworkException>(() => connecting);
    }

    [Fact]
    public async Task Acceptance_OneByteAtATime_IsRead()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAsync();

        foreach (var one in AcceptanceBytes)
            await peer.SendAsync(new[] { one });

        await using var client = await connecting;
        Assert.Equal(3, client.Association.PresentationContexts.Accepted.Count());
    }

    [Fact]
    public async Task Acceptance_CutAtEveryByte_IsALoss()
    {
        await using var acceptor = new RawAcceptor();
        for (var length = 0; length < AcceptanceBytes.Length; length++)
        {
            var connecting = acceptor.ConnectAsync();
            await using var peer = await acceptor.AcceptAsync();
            await peer.SendAsync(AcceptanceBytes.AsMemory(0, length));
            peer.ShutdownSend();

            var exception = await Assert.ThrowsAsync<AssociationAbortedException>(() => connecting);
            Assert.Equal(AssociationEnding.ConnectionLost, exception.Ending);
            Assert.Contains("without answering the request", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rejection_WithNumbersOfNoStandard_IsTold()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAsync();

        await peer.SendAsync(new byte[] { 3, 0xFF, 0, 0, 0, 4, 0xFF, 0xFE, 0xFD, 0xFC });

        var exception = await Assert.ThrowsAsync<AssociationRejectedException>(() => connecting);
        Assert.Contains("result 254, source 253, reason 252", exception.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, AbortReason> Answers => new()
    {
        { "AC", AbortReason.UnexpectedPdu },
        { "RJ", AbortReason.UnexpectedPdu },
        { "RQ", AbortReason.UnexpectedPdu },
        { "RELEASE-RP", AbortReason.UnexpectedPdu },
        { "RELEASE-RQ", AbortReason.UnexpectedPdu },
        { "garbage", AbortReason.UnrecognizedPdu },
        { "a request", AbortReason.UnexpectedPduParameter },
        { "of another command", AbortReason.UnexpectedPduParameter },
        { "to another message", AbortReason.UnexpectedPduParameter },
        { "without a status", AbortReason.InvalidPduParameterValue },
        { "in a context never proposed", AbortReason.InvalidPduParameterValue },
        { "a data set", AbortReason.UnexpectedPduParameter },
        { "not a command set", AbortReason.InvalidPduParameterValue },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task EchoAnswer_NotOne_IsAborted(string which, AbortReason reason)
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        var echoing = client.EchoAsync();
        Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        var response = RawPeer.Command(new CEchoResponse { MessageIDBeingRespondedTo = 1, Status = DicomStatus.Success });

        switch (which)
        {
            case "a request":
                await peer.SendAsync(RawPeer.Echo());
                break;
            case "of another command":
                await SendAsync(1, true, RawPeer.Command(new CStoreResponse { MessageIDBeingRespondedTo = 1, Status = DicomStatus.Success }));
                break;
            case "to another message":
                await SendAsync(1, true, RawPeer.Command(new CEchoResponse { MessageIDBeingRespondedTo = 2, Status = DicomStatus.Success }));
                break;
            case "without a status":
                await SendAsync(1, true, response[..^10]);
                break;
            case "in a context never proposed":
                await SendAsync(9, true, response);
                break;
            case "a data set":
                await SendAsync(1, false, response);
                break;
            case "not a command set":
                await SendAsync(1, true, [8, 0, 0, 0, 0, 0, 0, 0]);
                break;
            default:
                await SendUnexpectedAsync(peer, which);
                break;
        }

        await AssertAbortedAsync(peer, reason);
        await peer.DisposeAsync();
        await Assert.ThrowsAsync<DicomNetworkException>(() => echoing);
        await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync());

        Task SendAsync(byte context, bool isCommand, byte[] bytes) => peer.SendAsync(new PDataTf(RawPeer.Value(context, isCommand, isLast: true, bytes)));
    }

    [Fact]
    public async Task Answer_InPiecesAndWithADatasetNobodyAskedFor_IsRead()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        var echoing = client.EchoAsync();
        Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        var response = RawPeer.Command(new CEchoResponse { MessageIDBeingRespondedTo = 1, Status = DicomStatus.Success });
        var at = response.AsSpan().IndexOf((ReadOnlySpan<byte>)[1, 1]);
        response[at] = response[at + 1] = 0;

        foreach (var one in response.Chunk(1))
            await peer.SendAsync(new PDataTf(RawPeer.Value(1, isCommand: true, isLast: false, one)));
        await peer.SendAsync(
            new PDataTf(RawPeer.Value(1, isCommand: true, isLast: true, Array.Empty<byte>())),
            new PDataTf(RawPeer.Value(1, isCommand: false, isLast: true, new byte[100])));

        Assert.Equal(DicomStatus.Success, await echoing);
    }

    [Theory]
    [InlineData("abort", AssociationEnding.AbortedByPeer)]
    [InlineData("close", AssociationEnding.ConnectionLost)]
    [InlineData("reset", AssociationEnding.ConnectionLost)]
    public async Task Release_EndedInsteadOfAnswered_IsTold(string how, AssociationEnding expected)
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        var releasing = client.ReleaseAsync();
        Assert.IsType<AReleaseRq>(await peer.ReceiveAsync());

        if (how == "abort")
            await peer.SendAsync(AAbort.ByServiceUser);
        else if (how == "reset")
            peer.Reset();
        else
            peer.ShutdownSend();

        Assert.Equal(expected, (await Assert.ThrowsAsync<AssociationAbortedException>(() => releasing)).Ending);
    }

    [Theory]
    [InlineData("RQ")]
    [InlineData("AC")]
    [InlineData("RJ")]
    [InlineData("garbage")]
    public async Task Release_AnsweredByAnythingElse_IsAborted(string which)
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        var releasing = client.ReleaseAsync();
        Assert.IsType<AReleaseRq>(await peer.ReceiveAsync());

        await SendUnexpectedAsync(peer, which);

        await AssertAbortedAsync(peer, which == "garbage" ? AbortReason.UnrecognizedPdu : AbortReason.UnexpectedPdu);
        await peer.DisposeAsync();
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => releasing);
    }

    [Fact]
    public async Task ReleaseCollision_PeerReleasesTwice_IsAborted()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        var releasing = client.ReleaseAsync();
        Assert.IsType<AReleaseRq>(await peer.ReceiveAsync());

        await peer.SendAsync(AReleaseRq.Instance, AReleaseRq.Instance);

        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
        await AssertAbortedAsync(peer, AbortReason.UnexpectedPdu);
        await peer.DisposeAsync();
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => releasing);
    }

    private static AAssociateAc AcceptanceOf(IReadOnlyList<PresentationContextAc> contexts, uint maximumLength = 16384) => new()
    {
        PresentationContexts = contexts,
        UserInformation = new UserInformation { MaximumLength = maximumLength },
    };

    private static async Task SendUnexpectedAsync(RawPeer peer, string which)
    {
        switch (which)
        {
            case "AC":
                await peer.SendAsync(RawPeer.Acceptance());
                break;
            case "AC twice":
                await peer.SendAsync(RawPeer.Acceptance(), RawPeer.Acceptance());
                break;
            case "RJ":
                await peer.SendAsync(new AAssociateRj(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.NoReasonGiven));
                break;
            case "RQ":
                await peer.SendAsync(RawPeer.Request);
                break;
            case "DATA":
                await peer.SendAsync(RawPeer.Echo());
                break;
            case "RELEASE-RQ":
                await peer.SendAsync(AReleaseRq.Instance);
                break;
            case "RELEASE-RP":
                await peer.SendAsync(AReleaseRp.Instance);
                break;
            default:
                await peer.SendAsync(new byte[] { 0xFF, 0, 0, 0 });
                break;
        }
    }

    private static async Task AssertAbortedAsync(RawPeer peer, AbortReason reason)
    {
        Pdu? last;
        do
            last = await peer.ReceiveAsync();
        while (last is PDataTf);
        var abort = Assert.IsType<AAbort>(last);
        Assert.Equal((AbortSource.ServiceProvider, reason), (abort.Source, abort.Reason));
    }
}
