using System.Collections.Concurrent;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Dimse;

/// <summary>The plumbing of the N-services, with Modality Performed Procedure Step (PS3.4 F.7) as what is built on it.</summary>
public class NormalizedServiceTests
{
    private static readonly string Mpps = DicomUID.ModalityPerformedProcedureStep.Value;

    private readonly PerformedProcedureSteps _steps = new();

    [Fact]
    public async Task Mpps_CreateAndSet_StepIsInProgressThenCompleted()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var created = await client.NCreateAsync(Mpps, "1.2.3", Status("IN PROGRESS"));
        var set = await client.NSetAsync(Mpps, "1.2.3", Status("COMPLETED"));
        var read = await client.NGetAsync(Mpps, "1.2.3", [DicomTag.PerformedProcedureStepStatus]);

        Assert.Equal(DicomStatus.Success, created.Status);
        Assert.Equal("1.2.3", created.AffectedSOPInstanceUID);
        Assert.Equal(Mpps, created.AffectedSOPClassUID);
        Assert.Equal(DicomStatus.Success, set.Status);
        Assert.Equal("COMPLETED", read.Dataset!.GetString(DicomTag.PerformedProcedureStepStatus));
        Assert.Equal([DicomTag.PerformedProcedureStepStatus], _steps.Asked);
    }

    [Fact]
    public async Task Create_WithoutInstanceUid_ProviderChoosesIt()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var created = await client.NCreateAsync(Mpps, null, Status("IN PROGRESS"));

        Assert.Equal("1.2.3.99", created.AffectedSOPInstanceUID);
    }

    [Fact]
    public async Task Create_OfWhatIsThereAlready_IsRefusedAndTheAssociationGoesOn()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);
        await client.NCreateAsync(Mpps, "1.2.3", Status("IN PROGRESS"));

        var again = await client.NCreateAsync(Mpps, "1.2.3", Status("IN PROGRESS"));

        Assert.Equal(0x0111, again.Status.Code);
        Assert.Equal("There is one already.", again.ErrorComment);
        Assert.Equal(DicomStatus.Success, (await client.NSetAsync(Mpps, "1.2.3", Status("COMPLETED"))).Status);
    }

    [Fact]
    public async Task Set_AttributesThatCannotBeSet_AreListed()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);
        await client.NCreateAsync(Mpps, "1.2.3", Status("IN PROGRESS"));

        var response = await client.NSetAsync(Mpps, "1.2.3", new DicomDataset().SetString(DicomTag.PatientID, "1"));

        Assert.Equal(0x0107, response.Status.Code);
        Assert.Equal([DicomTag.PatientID], response.AttributeIdentifierList);
    }

    [Fact]
    public async Task Delete_NotOverridden_IsNotOffered()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var response = await client.NDeleteAsync(Mpps, "1.2.3");

        Assert.Equal(DicomStatus.UnrecognizedOperation, response.Status);
        Assert.Equal("1.2.3", response.AffectedSOPInstanceUID);
    }

    [Fact]
    public async Task Action_WithReply_BringsItBack()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var response = await client.NActionAsync(Mpps, "1.2.3", 7, Status("X"));

        Assert.Equal((ushort)7, response.ActionTypeID);
        Assert.Equal("X", response.Dataset!.GetString(DicomTag.PerformedProcedureStepStatus));
    }

    [Fact]
    public async Task EventReport_IsTaken()
    {
        await using var server = await StartAsync();
        await using var client = await ConnectAsync(server);

        var response = await client.NEventReportAsync(Mpps, "1.2.3", 4);

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal((ushort)4, response.EventTypeID);
        Assert.Equal((ushort)4, _steps.LastEvent);
    }

    private static DicomDataset Status(string status) => new DicomDataset().SetString(DicomTag.PerformedProcedureStepStatus, status);

    private static Task<DicomClient> ConnectAsync(TestListener server) =>
        server.ConnectAsync(new PresentationContextRq(1, Mpps, [DicomUID.ExplicitVRLittleEndian.Value]));

    private Task<TestListener> StartAsync() => TestListener.StartAsync(services: DimseServices.Echo.With(_steps));

    private sealed class PerformedProcedureSteps() : NormalizedService(Mpps)
    {
        private readonly ConcurrentDictionary<string, DicomDataset> _steps = new();

        public IReadOnlyList<DicomTag> Asked { get; private set; } = [];

        public ushort LastEvent { get; private set; }

        protected override ValueTask<NServiceResult> CreateAsync(NCreateRequest request, Association association, CancellationToken cancellationToken)
        {
            var uid = request.AffectedSOPInstanceUID ?? "1.2.3.99";
            return _steps.TryAdd(uid, request.Dataset!)
                ? ValueTask.FromResult(NServiceResult.Success with { AffectedSOPInstanceUID = uid })
                : throw new OperationRefusedException(new DicomStatus(0x0111), "There is one already.");
        }

        protected override ValueTask<NServiceResult> SetAsync(NSetRequest request, Association association, CancellationToken cancellationToken)
        {
            DicomTag[] fixedTags = [.. request.Dataset!.Select(element => element.Tag).Where(tag => tag != DicomTag.PerformedProcedureStepStatus)];
            if (fixedTags.Length > 0)
                return ValueTask.FromResult(new NServiceResult(new DicomStatus(0x0107)) { AttributeIdentifierList = fixedTags });
            _steps[request.RequestedSOPInstanceUID] = request.Dataset!;
            return ValueTask.FromResult(NServiceResult.Success);
        }

        protected override ValueTask<NServiceResult> GetAsync(NGetRequest request, Association association, CancellationToken cancellationToken)
        {
            Asked = request.AttributeIdentifierList;
            return ValueTask.FromResult(NServiceResult.Success with { Dataset = _steps[request.RequestedSOPInstanceUID] });
        }

        protected override ValueTask<NServiceResult> ActionAsync(NActionRequest request, Association association, CancellationToken cancellationToken) =>
            ValueTask.FromResult(NServiceResult.Success with { Dataset = request.Dataset });

        protected override ValueTask<NServiceResult> EventReportAsync(NEventReportRequest request, Association association, CancellationToken cancellationToken)
        {
            LastEvent = request.EventTypeID;
            return ValueTask.FromResult(NServiceResult.Success);
        }
    }
}
