using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

public class CMoveTests
{
    private readonly ScriptedArchive _archive = new();

    [Fact]
    public async Task Move_Objects_ArriveAtTheDestinationWithTheirOriginator()
    {
        _archive.AddPhantoms(4);
        await using var destination = await TestListener.StartAsync();
        await using var server = await StartAsync(destination);
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal((ushort)4, response.NumberOfCompletedSuboperations);
        Assert.Equal(_archive.Objects.Select(item => item.SOPInstanceUID), destination.Store.Objects.Select(stored => stored.Request.AffectedSOPInstanceUID));
        Assert.All(destination.Store.Objects, stored =>
        {
            Assert.Equal("MODALITY", stored.Request.MoveOriginatorApplicationEntityTitle);
            Assert.Equal(Assert.Single(_archive.Requests).MessageID, stored.Request.MoveOriginatorMessageID);
        });
        Assert.Equal("DESTINATION", Assert.IsType<CMoveRequest>(_archive.Requests[0]).MoveDestination);
        Assert.Equal(AssociationEnding.Released, (await destination.Observer.NextEndedAsync()).Ending);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Move_DestinationUnknown_IsRefusedWithA801()
    {
        _archive.AddPhantoms(1);
        await using var server = await StartAsync();
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(DicomStatus.MoveDestinationUnknown, response.Status);
        Assert.Equal("The move destination DESTINATION is not known here.", response.ErrorComment);
        Assert.Empty(_archive.Requests);
    }

    [Fact]
    public async Task Move_DestinationDoesNotListen_FailsWithTheReason()
    {
        _archive.AddPhantoms(3);
        var destination = await TestListener.StartAsync();
        var options = destination.ClientOptions();
        await destination.DisposeAsync();
        await using var server = await StartAsync();
        _archive.Destinations["DESTINATION"] = options;
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(DicomStatus.UnableToPerformSuboperations, response.Status);
        Assert.Equal((ushort)3, response.NumberOfFailedSuboperations);
        Assert.StartsWith("No connection to 127.0.0.1", response.ErrorComment, StringComparison.Ordinal);
        Assert.Equal(3, response.Dataset!.GetStrings(DicomTag.FailedSOPInstanceUIDList).Count);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Move_DestinationRejectsTheAssociation_FailsWithTheReason()
    {
        _archive.AddPhantoms(1);
        await using var destination = await TestListener.StartAsync(admission: new RejectEveryone());
        await using var server = await StartAsync(destination);
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(DicomStatus.UnableToPerformSuboperations, response.Status);
        Assert.StartsWith("The peer rejects the association", response.ErrorComment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_DestinationRefusesOne_WarningAndTheRestArrives()
    {
        _archive.AddPhantoms(3);
        await using var destination = await TestListener.StartAsync();
        destination.Store.OnBegin = (request, _) => request.AffectedSOPInstanceUID == "1.2.3.4.2"
            ? throw new OperationRefusedException(DicomStatus.OutOfResources, "full")
            : ValueTask.CompletedTask;
        await using var server = await StartAsync(destination);
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(DicomStatus.SuboperationsCompleteWithFailures, response.Status);
        Assert.Equal("1.2.3.4.2", Assert.Single(response.Dataset!.GetStrings(DicomTag.FailedSOPInstanceUIDList)));
        Assert.Equal(2, destination.Store.Objects.Count);
    }

    [Fact]
    public async Task Move_ObjectCannotBeRead_IsCountedAndTheRestArrives()
    {
        _archive.AddPhantoms(1);
        _archive.Objects.Insert(0, new PhantomObject(9, DicomTransferSyntax.ExplicitVRLittleEndian) { OnOpen = () => throw new IOException("gone") });
        await using var destination = await TestListener.StartAsync();
        await using var server = await StartAsync(destination);
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(((ushort?)1, (ushort?)1), (response.NumberOfCompletedSuboperations, response.NumberOfFailedSuboperations));
        Assert.Single(destination.Store.Objects);
    }

    [Fact]
    public async Task Move_MoreKindsThanOneAssociationHasContexts_UsesSeveral()
    {
        string[] classes = [.. DicomUID.All.Where(uid => uid.IsStorageSopClass && !uid.IsRetired).Select(uid => uid.Value).Take(90)];
        _archive.Objects.AddRange(classes.Select((uid, i) => new OfClass(uid, $"1.2.3.{i + 1}")));
        await using var destination = await TestListener.StartAsync();
        await using var server = await StartAsync(destination);
        await using var client = await QueryRetrieveClient.ConnectAsync(server);

        var response = await MoveAsync(client);

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal(90, destination.Store.Objects.Count);
        Assert.Equal(2, destination.Store.Objects.Select(stored => stored.Association.Id).Distinct().Count());
    }

    [Fact]
    public async Task Move_CancelledHalfWay_StopsSendingAndTellsWhatIsLeft()
    {
        _archive.AddPhantoms(100);
        await using var destination = await TestListener.StartAsync();
        await using var server = await StartAsync(destination);
        await using var client = await QueryRetrieveClient.ConnectAsync(server);
        using var cancel = new CancellationTokenSource();
        destination.Store.OnComplete = async _ =>
        {
            if (destination.Store.Objects.Count == 2)
                await cancel.CancelAsync();
            return CStoreResult.Success;
        };

        var response = await client.MoveAsync(QueryRetrieveClient.Move, QueryRetrieveClient.StudyIdentifier, "DESTINATION", null, cancel.Token);

        Assert.Equal(DicomStatus.Cancel, response.Status);
        Assert.Equal(100, (int)response.NumberOfRemainingSuboperations! + (int)response.NumberOfCompletedSuboperations!);
        Assert.Equal(destination.Store.Objects.Count, (int)response.NumberOfCompletedSuboperations!);
    }

    private static Task<CMoveResponse> MoveAsync(DicomClient client) =>
        client.MoveAsync(QueryRetrieveClient.Move, QueryRetrieveClient.StudyIdentifier, "DESTINATION");

    private Task<TestListener> StartAsync(TestListener? destination = null)
    {
        if (destination is not null)
            _archive.Destinations["DESTINATION"] = destination.ClientOptions();
        return TestListener.StartAsync(
            services: DimseServices.Echo.With(new CMoveService(_archive, _archive, NullLogger<CMoveService>.Instance)));
    }

    private sealed class RejectEveryone : IAssociationAdmission
    {
        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AssociationDecision.Reject(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CallingAETitleNotRecognized, "no"));
    }

    private sealed class OfClass(string sopClassUid, string sopInstanceUid) : RetrievableObject
    {
        public override string SOPClassUID => sopClassUid;

        public override string SOPInstanceUID => sopInstanceUid;

        public override string TransferSyntaxUID => DicomUID.ExplicitVRLittleEndian.Value;

        public override ValueTask<Stream> OpenDatasetAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Stream>(new MemoryStream(new byte[64]));
    }
}
