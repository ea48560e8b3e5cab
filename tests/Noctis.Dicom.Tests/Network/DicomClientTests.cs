using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>The client against our listener, and against acceptors that misbehave.</summary>
public class DicomClientTests
{
    [Fact]
    public async Task ConnectAsync_NobodyListens_SaysSo()
    {
        await using var acceptor = new RawAcceptor();
        var options = acceptor.ClientOptions;
        await acceptor.DisposeAsync();

        var exception = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(options));

        Assert.Contains("ConnectionRefused", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_AcceptorSaysNothing_EndsByArtim()
    {
        var clock = new ManualClock();
        await using var acceptor = new RawAcceptor();
        var connecting = DicomClient.ConnectAsync(acceptor.ClientOptions with { TimeProvider = clock });
        await using var peer = await acceptor.AcceptAsync();
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());

        var received = peer.ReceiveAsync();
        while (!received.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAny(received, Task.Delay(20));
        }

        Assert.IsType<AAbort>(await received);
        await peer.DisposeAsync();
        var exception = await Assert.ThrowsAsync<AssociationAbortedException>(() => connecting);
        Assert.Contains("did not answer the request for an association within 30 seconds", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_Cancelled_ThrowsOperationCanceled()
    {
        await using var acceptor = new RawAcceptor();
        using var cancel = new CancellationTokenSource();
        var connecting = DicomClient.ConnectAsync(acceptor.ClientOptions, cancel.Token);
        await using var peer = await acceptor.AcceptAsync();
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());

        await cancel.CancelAsync();

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        await peer.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Theory]
    [InlineData("abort")]
    [InlineData("close")]
    [InlineData("garbage")]
    [InlineData("release")]
    public async Task ConnectAsync_AcceptorMisbehaves_ThrowsDicomNetworkException(string how)
    {
        await using var acceptor = new RawAcceptor();
        var connecting = DicomClient.ConnectAsync(acceptor.ClientOptions);
        await using var peer = await acceptor.AcceptAsync();
        Assert.IsType<AAssociateRq>(await peer.ReceiveAsync());

        if (how == "abort")
            await peer.SendAsync(new AAbort(AbortSource.ServiceProvider, AbortReason.NotSpecified));
        else if (how == "garbage")
            await peer.SendAsync(new byte[] { 0xFF, 0, 0, 0 });
        else if (how == "release")
            await peer.SendAsync(AReleaseRq.Instance);
        if (how is "abort" or "close")
            peer.ShutdownSend();
        else
            Assert.Equal(AbortSource.ServiceProvider, Assert.IsType<AAbort>(await peer.ReceiveAsync()).Source);
        await peer.DisposeAsync();

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => connecting);
    }

    [Fact]
    public async Task StoreAsync_AbortedByThePeerInTheMiddle_ThrowsWithThePeersAbort()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        var source = new EndlessStream();

        var storing = client.StoreAsync(client.CreateStoreRequest("1.2.840.10008.5.1.4.1.1.2", "1.2.3", "1.2.840.10008.1.2.1"), source);
        Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        await peer.SendAsync(new AAbort(AbortSource.ServiceUser, AbortReason.NotSpecified));
        await peer.DisposeAsync();

        var exception = await Assert.ThrowsAsync<AssociationAbortedException>(() => storing);
        Assert.NotEqual(AssociationEnding.Released, exception.Ending);
        await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync());
    }

    [Fact]
    public async Task EchoAsync_WrongMessageId_AbortsTheAssociation()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;

        var echoing = client.EchoAsync();
        Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        await peer.SendAsync(EchoResponse(77));

        Assert.Equal(AbortSource.ServiceProvider, Assert.IsType<AAbort>(await peer.ReceiveAsync()).Source);
        await Assert.ThrowsAsync<DicomNetworkException>(() => echoing);
    }

    [Fact]
    public async Task EchoAsync_Cancelled_AbortsTheAssociation()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;
        using var cancel = new CancellationTokenSource();

        var echoing = client.EchoAsync(cancel.Token);
        Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => echoing);
        Assert.IsType<AAbort>(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task AbortAsync_WhileAnOperationRuns_EndsIt()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;

        var echoing = client.EchoAsync();
        Assert.IsType<PDataTf>(await peer.ReceiveAsync());
        await client.AbortAsync();

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Equal(AssociationEnding.Aborted, (await Assert.ThrowsAsync<AssociationAbortedException>(() => echoing)).Ending);
    }

    [Fact]
    public async Task ReleaseAsync_PeerReleasesAtTheSameTime_BothGetTheirAnswer()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;

        // PS3.8 9.2.3, the requestor's side: Sta7, AR-8, Sta9, AR-9, Sta11, AR-3.
        var releasing = client.ReleaseAsync();
        Assert.IsType<AReleaseRq>(await peer.ReceiveAsync());
        await peer.SendAsync(AReleaseRq.Instance);
        Assert.IsType<AReleaseRp>(await peer.ReceiveAsync());
        await peer.SendAsync(AReleaseRp.Instance);

        await releasing;
        Assert.Null(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task ReleaseAsync_DataStillComes_IsReadAndForgotten()
    {
        await using var acceptor = new RawAcceptor();
        var connecting = acceptor.ConnectAsync();
        await using var peer = await acceptor.AcceptAssociationAsync();
        await using var client = await connecting;

        var releasing = client.ReleaseAsync();
        Assert.IsType<AReleaseRq>(await peer.ReceiveAsync());
        await peer.SendAsync(EchoResponse(1), AReleaseRp.Instance);

        await releasing;
    }

    [Fact]
    public async Task DisposeAsync_WithoutRelease_Aborts()
    {
        await using var server = await TestListener.StartAsync();
        var client = await server.ConnectAsync();

        await client.DisposeAsync();

        Assert.Equal(AssociationEnding.AbortedByPeer, (await server.Observer.NextEndedAsync()).Ending);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.EchoAsync());
    }

    [Fact]
    public async Task StoreAsync_SopClassNotAccepted_SendsNothingAndTheAssociationGoesOn()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();

        var dataset = new DicomDataset().SetString(DicomTag.SOPClassUID, DicomUID.MRImageStorage.Value).SetString(DicomTag.SOPInstanceUID, "1.2.3");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.StoreAsync(new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian)));

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task StoreAsync_FileInAnotherTransferSyntax_IsWrittenAnewInAnAcceptedOne()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();
        var dataset = new DicomDataset()
            .SetString(DicomTag.SOPClassUID, DicomUID.CTImageStorage.Value)
            .SetString(DicomTag.SOPInstanceUID, "1.2.3")
            .SetUInt16(DicomTag.Rows, 512);

        var response = await client.StoreAsync(new DicomFile(dataset, DicomTransferSyntax.ExplicitVRBigEndian));

        Assert.Equal(DicomStatus.Success, response.Status);
        var stored = Assert.Single(server.Store.Objects);
        Assert.Equal(DicomUID.ExplicitVRLittleEndian.Value, stored.Request.TransferSyntaxUID);
        Assert.Equal((ushort)512, DicomReader.ReadDataset(stored.Dataset, stored.Request.TransferSyntax!).GetUInt16(DicomTag.Rows));
    }

    [Fact]
    public async Task StoreAsync_SourceFails_AbortsAndThrowsTheSourcesException()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();

        await Assert.ThrowsAsync<IOException>(() => client.StoreAsync(
            client.CreateStoreRequest("1.2.840.10008.5.1.4.1.1.2", "1.2.3", "1.2.840.10008.1.2.1"), new EndlessStream(failAfter: 1_000_000)));
        await client.DisposeAsync();

        Assert.Equal(AssociationEnding.AbortedByPeer, (await server.Observer.NextEndedAsync()).Ending);
        Assert.Empty(server.Store.Objects);
    }

    private static PDataTf EchoResponse(ushort messageId) => new(RawPeer.Value(
        1, isCommand: true, isLast: true, RawPeer.Command(new CEchoResponse { MessageIDBeingRespondedTo = messageId, Status = DicomStatus.Success })));
}
