using System.Collections.Concurrent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

public class StorageCommitmentTests
{
    private static readonly string Commitment = DicomUID.StorageCommitmentPushModel.Value;
    private static readonly StorageCommitmentReference One = new(DicomUID.CTImageStorage.Value, "1.2.3.1");
    private static readonly StorageCommitmentReference Two = new(DicomUID.MRImageStorage.Value, "1.2.3.2");

    private readonly Keeper _keeper = new();
    private readonly Receiver _receiver = new();

    [Fact]
    public async Task Request_ResultKnownAtOnce_IsReportedOnTheSameAssociation()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var response = await client.RequestStorageCommitmentAsync(new StorageCommitmentRequest("1.2.9", [One, Two]));
        await _receiver.ServeUntilReceivedAsync(client);

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal((ushort)1, response.ActionTypeID);
        var (request, _) = Assert.Single(_keeper.Requests);
        Assert.Equal("1.2.9", request.TransactionUID);
        Assert.Equal([One, Two], request.References);
        var result = Assert.Single(_receiver.Results);
        Assert.Equal("1.2.9", result.TransactionUID);
        Assert.True(result.IsSuccess);
        Assert.Equal([One, Two], result.Committed);
        Assert.Empty(_keeper.NotReported);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Request_SomeAreNotKept_AreReportedWithTheirReasons()
    {
        _keeper.OnCommit = request => new StorageCommitmentResult(request.TransactionUID, [One], [new StorageCommitmentFailure(Two, 0x0112)]);
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        await client.RequestStorageCommitmentAsync(new StorageCommitmentRequest("1.2.9", [One, Two]));
        await _receiver.ServeUntilReceivedAsync(client);

        var result = Assert.Single(_receiver.Results);
        Assert.False(result.IsSuccess);
        Assert.Equal([One], result.Committed);
        Assert.Equal([new StorageCommitmentFailure(Two, 0x0112)], result.Failed);
    }

    [Fact]
    public async Task Request_ReleasedBeforeTheReport_ResultIsTheProvidersToReport()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        await client.RequestStorageCommitmentAsync(new StorageCommitmentRequest("1.2.9", [One]));
        await client.ReleaseAsync();
        await server.Observer.NextEndedAsync();

        Assert.Equal("1.2.9", Assert.Single(_keeper.NotReported).TransactionUID);
        Assert.Empty(_receiver.Results);
    }

    [Fact]
    public async Task Request_ReportRefused_ResultIsTheProvidersToReport()
    {
        _receiver.OnReceive = () => throw new OperationRefusedException(DicomStatus.ProcessingFailure, "not now");
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        await client.RequestStorageCommitmentAsync(new StorageCommitmentRequest("1.2.9", [One]));
        await _receiver.ServeUntilReceivedAsync(client);

        // The next answer comes after the provider has been told.
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        Assert.Single(_keeper.NotReported);
    }

    [Fact]
    public async Task Request_ResultComesLater_IsReportedOnAnAssociationOfItsOwn()
    {
        _keeper.OnCommit = _ => null;
        await using var server = await StartAsync();
        await using var modality = await TestListener.StartAsync(
            services: DimseServices.Echo.With(new StorageCommitmentReportService(_receiver)));
        await using var client = await ConnectAsync(server);
        Assert.Equal(DicomStatus.Success, (await client.RequestStorageCommitmentAsync(new StorageCommitmentRequest("1.2.9", [One]))).Status);
        await client.ReleaseAsync();

        var builder = new PresentationContextBuilder();
        builder.Add(Commitment, DicomUID.ImplicitVRLittleEndian.Value);
        builder.SelectRole(Commitment, scu: false, scp: true);
        await using var reporter = await DicomClient.ConnectAsync(
            modality.ClientOptions([.. builder.BuildContexts()]) with { RoleSelections = builder.BuildRoles() });
        var report = await reporter.ReportStorageCommitmentAsync(new StorageCommitmentResult("1.2.9", [One], []));

        Assert.Equal(DicomStatus.Success, report.Status);
        Assert.Equal((ushort)1, report.EventTypeID);
        Assert.Equal([One], Assert.Single(_receiver.Results).Committed);
        Assert.True(reporter.Association.PresentationContexts.FindAccepted(Commitment)!.RequestorIsScp);
    }

    [Fact]
    public async Task Request_WithoutTransactionUid_IsRefusedByName()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);
        var information = new DicomDataset().SetSequence(
            DicomTag.ReferencedSOPSequence,
            new DicomDataset().SetString(DicomTag.ReferencedSOPClassUID, "1.2").SetString(DicomTag.ReferencedSOPInstanceUID, "1.3"));

        var response = await client.NActionAsync(Commitment, DicomUID.StorageCommitmentPushModelInstance.Value, 1, information);

        Assert.Equal(DicomStatus.MissingAttribute, response.Status);
        Assert.Equal([DicomTag.TransactionUID], response.OffendingElements);
        Assert.Equal("Transaction UID is missing.", response.ErrorComment);
        Assert.Empty(_keeper.Requests);
    }

    [Fact]
    public async Task Request_OfWhatIsNoUid_IsRefusedInsteadOfFailingInTheReport()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);
        var item = new DicomDataset()
            .SetString(DicomTag.ReferencedSOPClassUID, "1.2")
            .SetValue(DicomTag.ReferencedSOPInstanceUID, DicomVR.UI, new byte[] { (byte)'1', (byte)'.', 0xFF, 0x1B });
        var information = new DicomDataset().SetString(DicomTag.TransactionUID, "1.2.9").SetSequence(DicomTag.ReferencedSOPSequence, item);

        var response = await client.NActionAsync(Commitment, DicomUID.StorageCommitmentPushModelInstance.Value, 1, information);

        Assert.Equal(DicomStatus.InvalidArgumentValue, response.Status);
        Assert.Equal("Referenced SOP Instance UID is no UID.", response.ErrorComment);
        Assert.Empty(_keeper.Requests);
        Assert.Empty(server.Logs.Errors);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.20.1.1", 2, (ushort)0x0123)]
    [InlineData("1.2.3", 1, (ushort)0x0112)]
    public async Task Request_OtherActionOrInstance_IsRefused(string instance, int action, ushort status)
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var response = await client.NActionAsync(Commitment, instance, (ushort)action, new DicomDataset().SetString(DicomTag.TransactionUID, "1.2"));

        Assert.Equal(status, response.Status.Code);
    }

    [Fact]
    public async Task Report_UnknownEventType_IsRefused()
    {
        await using var modality = await TestListener.StartAsync(
            services: DimseServices.Echo.With(new StorageCommitmentReportService(_receiver)));
        await using var reporter = await modality.ConnectAsync(new Noctis.Dicom.Network.Pdus.PresentationContextRq(1, Commitment, [DicomUID.ImplicitVRLittleEndian.Value]));

        var report = await reporter.NEventReportAsync(Commitment, "1.2.840.10008.1.20.1.1", 3, new DicomDataset().SetString(DicomTag.TransactionUID, "1.2"));

        Assert.Equal(DicomStatus.NoSuchEventType, report.Status);
        Assert.Empty(_receiver.Results);
    }

    [Fact]
    public async Task Serve_PeerReleases_IsAnsweredAndTold()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);
        using var stop = new CancellationTokenSource();
        var serving = client.ServeAsync(stop.Token);

        await stop.CancelAsync();

        Assert.False(await serving);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    private Task<TestListener> StartAsync() =>
        TestListener.StartAsync(services: DimseServices.Echo.With(new StorageCommitmentService(_keeper)));

    private Task<DicomClient> ConnectAsync(TestListener server)
    {
        var builder = new PresentationContextBuilder();
        builder.Add(DicomUID.Verification.Value, DicomUID.ImplicitVRLittleEndian.Value);
        builder.Add(Commitment, DicomUID.ExplicitVRLittleEndian.Value);
        return DicomClient.ConnectAsync(server.ClientOptions([.. builder.BuildContexts()]) with
        {
            Services = new DimseServices(new StorageCommitmentReportService(_receiver)),
        });
    }

    private sealed class Keeper : IStorageCommitmentProvider
    {
        public ConcurrentQueue<(StorageCommitmentRequest Request, Association Association)> Requests { get; } = [];

        public ConcurrentQueue<StorageCommitmentResult> NotReported { get; } = [];

        public Func<StorageCommitmentRequest, StorageCommitmentResult?> OnCommit { get; set; } =
            request => new StorageCommitmentResult(request.TransactionUID, request.References, []);

        public ValueTask<StorageCommitmentResult?> CommitAsync(StorageCommitmentRequest request, Association association, CancellationToken cancellationToken)
        {
            Requests.Enqueue((request, association));
            return ValueTask.FromResult(OnCommit(request));
        }

        public ValueTask NotReportedAsync(StorageCommitmentResult result, Association association)
        {
            NotReported.Enqueue(result);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Receiver : IStorageCommitmentReceiver
    {
        private readonly CancellationTokenSource _received = new();

        public ConcurrentQueue<StorageCommitmentResult> Results { get; } = [];

        public Action OnReceive { get; set; } = () => { };

        public async Task ServeUntilReceivedAsync(DicomClient client) => Assert.False(await client.ServeAsync(_received.Token));

        public async ValueTask ReceiveAsync(StorageCommitmentResult result, Association association, CancellationToken cancellationToken)
        {
            await _received.CancelAsync();
            OnReceive();
            Results.Enqueue(result);
        }
    }
}
