using System.Buffers.Binary;
using System.Text;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network.BadPeers;

/// <summary>Peers that ask for an association the wrong way, or speak of something else.</summary>
public class BadAssociateTests
{
    private static readonly byte[] RequestBytes = RawPeer.Encode(RawPeer.Request);

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
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);

        await peer.SendAsync(bytes);

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Equal(AssociationEnding.Aborted, (await server.Observer.NextFailureAsync()).Ending);
    }

    [Fact]
    public async Task Request_Twice_IsAbortedAsUnexpected()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(RawPeer.Request);

        await server.AssertAbortedAsync(peer, AbortReason.UnexpectedPdu, "already established");
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

    [Fact]
    public async Task ReservedBytes_Wrong_AreTolerated()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        var request = RequestBytes.ToArray();

        // PS3.8 9.3.2: "not tested to this value when received", of the PDU, of its fixed fields, of items and of presentation contexts.
        request[1] = 0xFF;
        request.AsSpan(8, 2).Fill(0xFF);
        request.AsSpan(42, 32).Fill(0xFF);
        for (var at = 74; at < request.Length; at += 4 + BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(at + 2)))
        {
            request[at + 1] = 0xFF;
            if (request[at] == 0x20)
                request.AsSpan(at + 5, 3).Fill(0xFF);
        }

        await peer.SendAsync(request);
        var response = Assert.IsType<AAssociateAc>(await peer.ReceiveAsync());
        Assert.All(response.PresentationContexts, context => Assert.Equal(PresentationContextResult.Acceptance, context.Result));

        var echo = RawPeer.Encode(RawPeer.Echo());
        echo[1] = 0xFF;
        echo[11] |= 0xFC; // bits 2 to 7 of the message control header, PS3.8 E.2
        await peer.SendAsync(echo);
        Assert.Equal(CommandField.CEchoResponse, (await peer.ReceiveCommandAsync()).Field);

        await peer.SendAsync(new byte[] { 5, 0xFF, 0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF });
        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Request_128Contexts_AreAllAnswered()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        var contexts = Enumerable.Range(0, 128).Select(i => new PresentationContextRq((byte)((i * 2) + 1), "1.2.840.10008.1.1", ["1.2.840.10008.1.2"]));

        await peer.SendAsync(RequestWith([.. contexts], new UserInformation()));

        var response = Assert.IsType<AAssociateAc>(await peer.ReceiveAsync());
        Assert.Equal(128, response.PresentationContexts.Count);
        Assert.All(response.PresentationContexts, context => Assert.Equal(PresentationContextResult.Acceptance, context.Result));
    }

    [Theory]
    [InlineData("even", "not odd")]
    [InlineData("zero", "not odd")]
    [InlineData("twice", "stands twice")]
    [InlineData("129", "stands twice")]
    public async Task Request_ContextIdsNeverValid_IsAborted(string which, string expected)
    {
        var count = which == "129" ? 128 : 2;
        var contexts = Enumerable.Range(0, count).Select(i => new PresentationContextRq((byte)((i * 2) + 1), "1.2", ["1.2"])).ToArray();
        var bytes = RawPeer.Encode(RequestWith(contexts, new UserInformation()));
        var first = 74 + bytes.AsSpan(74).IndexOf((ReadOnlySpan<byte>)[0x20, 0]);
        var length = 4 + BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(first + 2));
        bytes[first + 4] = which switch
        {
            "even" => 2,
            "zero" => 0,
            "twice" => 3,
            _ => 1,
        };
        if (which == "129")
        {
            bytes = [.. bytes[..first], .. bytes.AsSpan(first, length), .. bytes[first..]];
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), bytes.Length - 6);
        }

        await AssertRefusedAsync(bytes, expected);
    }

    [Fact]
    public async Task Request_UnknownItemsOfEveryType_AreSkipped()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        var unknown = Enumerable.Range(0x60, 0x90).Select(type => new UnknownItem((byte)type, new byte[type % 7])).ToArray();

        await peer.SendAsync(RequestWith(TestListener.DefaultContexts(), new UserInformation { UnknownItems = unknown }, unknown));

        Assert.Equal(3, Assert.IsType<AAssociateAc>(await peer.ReceiveAsync()).PresentationContexts.Count);
    }

    [Fact]
    public async Task Request_LongerThanWhatThePipeHolds_IsRead()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        var user = new UserInformation { UserIdentity = new UserIdentityRq(UserIdentityType.Saml, true, new byte[60_000], new byte[5000]) };
        var unknown = Enumerable.Range(0, 14).Select(_ => new UnknownItem(0x60, new byte[65_000])).ToArray();
        var bytes = RawPeer.Encode(RequestWith(TestListener.DefaultContexts(), user, unknown));
        Assert.InRange(bytes.Length, 900_000, (int)PduLimits.Default.MaxAssociateLength);

        await peer.SendAsync(bytes);

        Assert.Equal(3, Assert.IsType<AAssociateAc>(await peer.ReceiveAsync()).PresentationContexts.Count);
    }

    [Fact]
    public async Task Request_MoreItemsThanTheLimit_IsAborted()
    {
        var unknown = Enumerable.Repeat(new UnknownItem(0x60, default), PduLimits.Default.MaxItems + 1).ToArray();

        await AssertRefusedAsync(RawPeer.Encode(RequestWith(TestListener.DefaultContexts(), new UserInformation(), unknown)), "items");
    }

    private static AAssociateRq RequestWith(PresentationContextRq[] contexts, UserInformation user, params UnknownItem[] unknown) => new()
    {
        CalledAETitle = TestListener.AETitle,
        CallingAETitle = "MODALITY",
        PresentationContexts = contexts,
        UserInformation = user,
        UnknownItems = unknown,
    };

    // In Sta2 the abort is the service user's, whatever was wrong (PS3.8 9.2.2, AA-1).
    private static async Task AssertRefusedAsync(byte[] request, string expected)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();

        await peer.SendAsync(request);

        Assert.Equal(AbortSource.ServiceUser, Assert.IsType<AAbort>(await peer.ReceiveAsync()).Source);
        Assert.Null(await peer.ReceiveAsync());
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(AssociationEnding.Aborted, failure.Ending);
        Assert.Contains(expected, failure.Reason, StringComparison.Ordinal);
        Assert.Empty(server.Logs.Errors);
    }
}
