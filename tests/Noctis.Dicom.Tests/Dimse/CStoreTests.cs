using System.Security.Cryptography;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

public class CStoreTests
{
    private static readonly string CT = DicomUID.CTImageStorage.Value;
    private static readonly string ExplicitLE = DicomUID.ExplicitVRLittleEndian.Value;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(16_370)]
    [InlineData(131_066)]
    [InlineData(131_068)]
    [InlineData(262_132)]
    [InlineData(3_000_000)]
    public async Task Store_AnyLength_ArrivesByteForByte(int length)
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();
        var dataset = RandomNumberGenerator.GetBytes(length);

        var response = await client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new MemoryStream(dataset));

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal("1.2.3.4", response.AffectedSOPInstanceUID);
        Assert.Equal(CT, response.AffectedSOPClassUID);
        var stored = Assert.Single(server.Store.Objects);
        Assert.Equal(dataset, stored.Dataset);
        Assert.Equal(ExplicitLE, stored.Request.TransferSyntaxUID);
        Assert.Same(DicomTransferSyntax.ExplicitVRLittleEndian, stored.Request.TransferSyntax);
        Assert.Equal("MODALITY", stored.Association.CallingAETitle);
        await client.ReleaseAsync();
        await server.Observer.NextEndedAsync();
        var operation = Assert.Single(server.Observer.Operations);
        Assert.Equal(length, operation.DatasetBytes);
        Assert.Equal(CommandField.CStoreRequest, operation.Command);
        Assert.Equal(DicomStatus.Success, operation.Status);
    }

    [Theory]
    [InlineData(4096u)]
    [InlineData(16384u)]
    [InlineData(1024u * 1024)]
    public async Task Store_ListenerTakesPdusOfAnyLength_IsCutToThem(uint maximumLength)
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxPduLength = maximumLength });
        await using var client = await server.ConnectAsync();
        var dataset = RandomNumberGenerator.GetBytes(100_000);

        var response = await client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new MemoryStream(dataset));

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal(dataset, Assert.Single(server.Store.Objects).Dataset);
    }

    [Fact]
    public async Task Store_SeveralOnOneAssociation_AllArriveInOrder()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();

        for (var i = 0; i < 20; i++)
        {
            var request = client.CreateStoreRequest(CT, $"1.2.3.{i}", i % 2 == 0 ? ExplicitLE : DicomUID.ImplicitVRLittleEndian.Value);
            var response = await client.StoreAsync(request, new MemoryStream(new byte[i * 1000]));
            Assert.Equal(DicomStatus.Success, response.Status);
            Assert.Equal((ushort)(i + 1), response.MessageIDBeingRespondedTo);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => ($"1.2.3.{i}", i * 1000)),
            server.Store.Objects.Select(o => (o.Request.AffectedSOPInstanceUID, o.Dataset.Length)));
        Assert.Equal(20, server.Store.Disposed);
    }

    [Fact]
    public async Task Store_BeginRefuses_RestIsReadAndTheStatusAnsweredAndTheAssociationGoesOn()
    {
        await using var server = await TestListener.StartAsync();
        server.Store.OnBegin = (_, _) => throw new OperationRefusedException(DicomStatus.OutOfResources, "The disk is full.");
        await using var client = await server.ConnectAsync();

        var response = await client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new MemoryStream(new byte[1_000_000]));

        Assert.Equal(DicomStatus.OutOfResources, response.Status);
        Assert.Equal("The disk is full.", response.ErrorComment);
        Assert.Empty(server.Store.Objects);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Store_WriteRefusesHalfWay_RestIsReadAndTheReceiverDisposed()
    {
        await using var server = await TestListener.StartAsync();
        server.Store.OnWrite = (count, _) => count < 300_000
            ? ValueTask.CompletedTask
            : throw new OperationRefusedException(DicomStatus.CannotUnderstand, "Not DICOM.");
        await using var client = await server.ConnectAsync();

        var response = await client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new MemoryStream(new byte[1_000_000]));

        Assert.Equal(DicomStatus.CannotUnderstand, response.Status);
        Assert.Equal(1, server.Store.Disposed);
        Assert.Empty(server.Store.Objects);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("write")]
    [InlineData("complete")]
    public async Task Store_ReceiverThrows_AnswersProcessingFailureAndLogsAnError(string where)
    {
        await using var server = await TestListener.StartAsync();
        var fault = new InvalidOperationException("a bug");
        if (where == "begin")
            server.Store.OnBegin = (_, _) => throw fault;
        else if (where == "write")
            server.Store.OnWrite = (_, _) => throw fault;
        else
            server.Store.OnComplete = _ => throw fault;
        await using var client = await server.ConnectAsync();

        var response = await client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new MemoryStream(new byte[500_000]));

        Assert.Equal(DicomStatus.ProcessingFailure, response.Status);
        Assert.Equal("1.2.3.4", response.AffectedSOPInstanceUID);
        Assert.Same(fault, Assert.Single(server.Logs.Errors).Exception);
        Assert.Equal(where == "begin" ? 0 : 1, server.Store.Disposed);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Store_CompleteRefuses_CommentIsCutToSixtyFourPlainCharacters()
    {
        await using var server = await TestListener.StartAsync();
        server.Store.OnComplete = _ => ValueTask.FromResult(
            new CStoreResult(DicomStatus.DataSetDoesNotMatchSOPClass, "Größe\\zu\ngroß " + new string('x', 100)));
        await using var client = await server.ConnectAsync();

        var response = await client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3.4", ExplicitLE), new MemoryStream(new byte[10]));

        Assert.Equal(DicomStatus.DataSetDoesNotMatchSOPClass, response.Status);
        Assert.Equal("Gr??e/zu?gro? " + new string('x', 50), response.ErrorComment);
    }

    [Fact]
    public async Task Store_SenderHangsUpInTheMiddle_ReceiverIsDisposedWithoutCompletion()
    {
        await using var server = await TestListener.StartAsync();
        await using (var peer = await server.ConnectRawAsync())
        {
            await peer.AssociateAsync();
            await peer.SendAsync(new PDataTf(
                RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
                RawPeer.Value(3, isCommand: false, isLast: false, new byte[100])));
            peer.ShutdownSend();
        }

        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.ConnectionLost, ended.Ending);
        Assert.Equal(1, ended.FailedOperations);
        Assert.Equal(1, server.Store.Disposed);
        Assert.Empty(server.Store.Objects);
        Assert.Null(Assert.Single(server.Observer.Operations).Status);
    }

    [Theory]
    [InlineData("abort", AssociationEnding.AbortedByPeer)]
    [InlineData("close", AssociationEnding.ConnectionLost)]
    [InlineData("reset", AssociationEnding.ConnectionLost)]
    public async Task Store_SenderLeavesWhileItIsCompleted_CompletionIsCancelledAndTheReceiverDisposed(string how, AssociationEnding ending)
    {
        await using var server = await TestListener.StartAsync();
        var completing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.OnComplete = async token =>
        {
            completing.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return CStoreResult.Success;
        };
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
            RawPeer.Value(3, isCommand: false, isLast: true, new byte[100])));
        await completing.Task;

        if (how == "abort")
            await peer.SendAsync(new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified));
        else if (how == "close")
            peer.ShutdownSend();
        else
            peer.Reset();

        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(ending, ended.Ending);
        Assert.Equal(1, server.Store.Disposed);
        Assert.Empty(server.Store.Objects);
        Assert.Empty(server.Logs.Errors);
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.4", "1.2.3", 0x0122)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", null, 0x0117)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "../../etc/passwd", 0x0117)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "1..2", 0x0117)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", ".1", 0x0117)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.11111111111111111111111111111111111111111", 0x0117)]
    [InlineData("1.2.840.10008.5.1.4.1.1.2", "1.2.03.4", 0x0000)]
    public async Task Store_UidsOfTheRequest_AreCheckedBeforeAnythingIsTaken(string sopClass, string? sopInstance, int status)
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand(7, sopClass, sopInstance)),
            RawPeer.Value(3, isCommand: false, isLast: true, new byte[10])));

        var response = await peer.ReceiveCommandAsync();

        Assert.Equal(CommandField.CStoreResponse, response.Field);
        Assert.Equal((ushort)status, response.GetUInt16(DicomTag.Status));
        Assert.Equal((ushort)7, response.MessageIDBeingRespondedTo);
        Assert.Equal(status == 0 ? 1 : 0, server.Store.Objects.Count);
    }

    [Fact]
    public async Task Store_InTheVerificationContext_IsAnUnrecognizedOperation()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(1, isCommand: true, isLast: true, RawPeer.StoreCommand()),
            RawPeer.Value(1, isCommand: false, isLast: true, new byte[10])));

        Assert.Equal((ushort)0x0211, (await peer.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
    }
}
