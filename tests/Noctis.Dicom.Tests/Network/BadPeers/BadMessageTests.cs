using System.Buffers.Binary;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network.BadPeers;

/// <summary>Peers whose P-DATA, fragments or commands are not what they should be.</summary>
public class BadMessageTests
{
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
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);

        await peer.SendAsync(bytes);

        await server.AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue, "");
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

        await server.AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue, expected);
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

        await server.AssertAbortedAsync(peer, AbortReason.UnexpectedPduParameter, expected);
        Assert.Empty(server.Store.Objects);
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

        await server.AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue, "");
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
        BinaryPrimitives.WriteUInt16LittleEndian(command.AsSpan(position), (ushort)field);

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

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public async Task Pdv_LengthNeverValid_IsAbortedAsInvalid(uint length)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var bytes = RawPeer.Encode(RawPeer.Echo());
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(6), length);

        await peer.SendAsync(bytes);

        await server.AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue, "presentation data value");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Pdv_OneByteOffTheEndOfItsPdu_IsAbortedAsInvalid(int off)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var bytes = RawPeer.Encode(RawPeer.Echo());
        bytes[9] = (byte)(bytes[9] + off);

        await peer.SendAsync(bytes);

        // One byte short, the command set is cut before the byte that is left over is met.
        await server.AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue, off > 0 ? "P-DATA-TF" : "command set");
    }

    [Fact]
    public async Task Pdu_LongerThanAnnouncedByAByteMoreThanTheSlack_IsAborted()
    {
        const int Announced = 4096;
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxPduLength = Announced });
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var most = Announced + PduLimits.DataLengthSlack - PDataFraming.HeaderLength + PduHeader.Length;

        await peer.SendAsync(
            new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[most])));
        Assert.Equal((ushort)0, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        Assert.Equal(most, Assert.Single(server.Store.Objects).Dataset.Length);

        await peer.SendAsync(
            new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[most + 1])));
        await server.AssertAbortedAsync(peer, AbortReason.InvalidPduParameterValue, "longer than");
    }

    [Fact]
    public async Task Data_AfterTheLastFragment_IsAborted()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(
            new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[2])));
        Assert.Equal((ushort)0, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[2])));

        await server.AssertAbortedAsync(peer, AbortReason.UnexpectedPduParameter, "data set where a command was due");
        Assert.Single(server.Store.Objects);
    }

    [Fact]
    public async Task Data_ForACommandThatHasNone_IsAborted()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(RawPeer.Echo(), new PDataTf(RawPeer.Value(1, isCommand: false, isLast: true, new byte[2])));

        Assert.Equal(CommandField.CEchoResponse, (await peer.ReceiveCommandAsync()).Field);
        await server.AssertAbortedAsync(peer, AbortReason.UnexpectedPduParameter, "data set where a command was due");
    }
}
