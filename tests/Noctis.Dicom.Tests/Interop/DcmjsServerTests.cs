using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>Our client against a server made of dcmjs-dimse.</summary>
public class DcmjsServerTests
{
    [DcmjsFact]
    public async Task EchoStoreAndFind_StudyAndImages_AreFoundThere()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var theirs = await StartAsync(ours);
        await using var client = await ConnectAsync(theirs);

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        var find = InteropClient.StudyRoot.FindUid;
        var study = Assert.Single(await client.FindAllAsync(find, InteropClient.Query("STUDY", (DicomTag.StudyInstanceUID, ""))));
        var images = await client.FindAllAsync(find, InteropClient.Query("IMAGE", (DicomTag.SOPInstanceUID, "")));

        Assert.Equal(InteropServer.CtStudy, study.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal("Phantom^Paula", study.GetString(DicomTag.PatientName));
        Assert.Equal(3, images.Count);
        await client.ReleaseAsync();
    }

    [DcmjsFact]
    public async Task Echo_OverTls_Succeeds()
    {
        await using var ours = await InteropServer.StartAsync();
        var (certificate, key) = TestAuthority.Save(ours.Folder, "server", TestAuthority.Server);
        await using var theirs = await DcmjsDimse.StartServerAsync(new() { ["tls"] = new { key, cert = certificate } });
        await using var client = await DicomClient.ConnectAsync(
            InteropClient.Options(theirs.Port, DcmjsDimse.AETitle) with { Tls = TlsSettings.Client });

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    [DcmjsFact]
    public async Task Get_AStudy_Arrives()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var theirs = await StartAsync(ours);
        await using var client = await ConnectAsync(theirs, fetches: true);

        var response = await client.GetAsync(InteropClient.StudyRoot.GetUid, InteropClient.Study(InteropServer.CtStudy), ours.Received);

        Assert.Equal(DicomStatus.Success, response.Status);
        ours.AssertHolds(InteropServer.CtStudy, ours.ReceivedFiles, sameSyntax: false);
        await client.ReleaseAsync();
    }

    [DcmjsFact]
    public async Task Move_AStudyToOurListener_Arrives()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var theirs = await StartAsync(ours);
        await using var client = await ConnectAsync(theirs);

        var response = await client.MoveAsync(
            InteropClient.StudyRoot.MoveUid, InteropClient.Study(InteropServer.CtStudy), InteropServer.AETitle);
        var unknown = await client.MoveAsync(InteropClient.StudyRoot.MoveUid, InteropClient.Study(InteropServer.CtStudy), "NOBODY");

        Assert.Equal(DicomStatus.Success, response.Status);
        ours.AssertHolds(InteropServer.CtStudy, ours.ReceivedFiles, sameSyntax: false);
        Assert.Equal(DicomStatus.MoveDestinationUnknown, unknown.Status);
        await client.ReleaseAsync();
    }

    [DcmjsFact]
    public async Task PerformedProcedureStep_CreatedAndSet_IsCompleted()
    {
        await using var theirs = await DcmjsDimse.StartServerAsync();
        await using var client = await ConnectAsync(theirs);
        var mpps = DicomUID.ModalityPerformedProcedureStep.Value;
        static DicomDataset State(string state) => new DicomDataset().SetString(DicomTag.PerformedProcedureStepStatus, state);

        var created = await client.NCreateAsync(mpps, "2.25.3001", State("IN PROGRESS"));
        var set = await client.NSetAsync(mpps, "2.25.3001", State("COMPLETED"));

        Assert.Equal((DicomStatus.Success, DicomStatus.Success), (created.Status, set.Status));
        Assert.Equal("COMPLETED", set.Dataset!.GetString(DicomTag.PerformedProcedureStepStatus));
        await client.ReleaseAsync();
    }

    [DcmjsFact]
    public async Task StorageCommitment_Asked_IsReportedOnTheSameAssociation()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var theirs = await StartAsync(ours);
        await using var client = await ConnectAsync(theirs, services: new DimseServices(new StorageCommitmentReportService(ours)));
        var kept = new StorageCommitmentReference(DicomUID.CTImageStorage.Value, InteropServer.CtStudy + ".1.1");
        var unknown = new StorageCommitmentReference(DicomUID.CTImageStorage.Value, "2.25.404");
        using var stop = new CancellationTokenSource();

        var response = await client.RequestStorageCommitmentAsync(new StorageCommitmentRequest("2.25.3002", [kept, unknown]));
        var serving = client.ServeAsync(stop.Token);
        var report = await ours.NextReportAsync();
        await stop.CancelAsync();

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal("2.25.3002", report.TransactionUID);
        Assert.Equal([kept], report.Committed);
        Assert.Equal([new StorageCommitmentFailure(unknown, 0x0112)], report.Failed);
        Assert.False(await serving);
        await client.ReleaseAsync();
    }

    private static Task<DicomClient> ConnectAsync(ToolServer theirs, bool fetches = false, DimseServices? services = null) =>
        DicomClient.ConnectAsync(
            InteropClient.Options(theirs.Port, DcmjsDimse.AETitle, fetches) with { Services = services ?? DimseServices.None });

    /// <summary>A server that knows our listener, and holds the CT study, sent by our client.</summary>
    private static async Task<ToolServer> StartAsync(InteropServer ours)
    {
        var server = await DcmjsDimse.StartServerAsync(new()
        {
            ["destinations"] = new Dictionary<string, int> { [InteropServer.AETitle] = ours.Port },
        });
        await using var client = await ConnectAsync(server);
        foreach (var file in ours.FilesOf(InteropServer.CtStudy))
            Assert.Equal(DicomStatus.Success, (await client.StoreAsync(file)).Status);
        await client.ReleaseAsync();
        return server;
    }
}
