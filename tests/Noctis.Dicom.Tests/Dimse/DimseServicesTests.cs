using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

public class DimseServicesTests
{
    // The services here say nothing of what is negotiated.
    private static readonly DicomListenerOptions Options = TestListener.DefaultOptions with { FindAbstractSyntax = AcceptedSyntaxes.VerificationAndStorage };

    [Fact]
    public async Task Service_AnswersNothing_IsAnsweredForWithProcessingFailure()
    {
        await using var server = await TestListener.StartAsync(Options, services: DimseServices.Echo.With(new SilentService()));
        await using var client = await server.ConnectAsync();

        var response = await client.StoreAsync(
            client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value),
            new MemoryStream(new byte[400_000]));

        Assert.Equal(DicomStatus.ProcessingFailure, response.Status);
        Assert.Equal(2002, Assert.Single(server.Logs.Errors).EventId);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Service_AnswersBeforeTheDatasetIsRead_RestIsDiscardedAndTheNextIsServed()
    {
        await using var server = await TestListener.StartAsync(Options, services: DimseServices.Echo.With(new HastyService()));
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand(1))));
        Assert.Equal((ushort)1, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        await peer.SendAsync(
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: false, new byte[100])),
            new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[100])),
            RawPeer.Echo(2));

        Assert.Equal((ushort)2, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
    }

    [Fact]
    public async Task Service_AnswersTwice_IsABugThatIsLoggedAndSendsOneAnswer()
    {
        await using var server = await TestListener.StartAsync(Options, services: new DimseServices(new TalkativeService()));
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        await peer.SendAsync(RawPeer.Echo(1), RawPeer.Echo(2));

        Assert.Equal((ushort)1, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.Equal((ushort)2, (await peer.ReceiveCommandAsync()).MessageIDBeingRespondedTo);
        Assert.All(server.Logs.Errors, line => Assert.IsType<InvalidOperationException>(line.Exception));
    }

    private static CEchoResponse Answer(DimseOperation operation) => new()
    {
        MessageIDBeingRespondedTo = operation.Request.MessageID!.Value,
        Status = DicomStatus.Success,
    };

    private sealed class SilentService : IDimseService
    {
        public bool Serves(CommandField command, string abstractSyntax) => command == CommandField.CStoreRequest;

        public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class HastyService : IDimseService
    {
        public bool Serves(CommandField command, string abstractSyntax) => command == CommandField.CStoreRequest;

        public ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken) =>
            operation.RespondAsync(Answer(operation), cancellationToken);
    }

    private sealed class TalkativeService : IDimseService
    {
        public bool Serves(CommandField command, string abstractSyntax) => true;

        public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
        {
            await operation.RespondAsync(Answer(operation), cancellationToken);
            await operation.RespondAsync(Answer(operation), cancellationToken);
        }
    }
}
