using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>Orthanc in both roles: our client against its servers, and its clients, worked through REST, against our listener.</summary>
public class OrthancTests(OrthancPair pair) : IClassFixture<OrthancPair>
{
    private const string Tool = "Orthanc";

    [ToolFact(Tool)]
    public async Task Echo_ToOrthanc_Succeeds()
    {
        var (_, orthanc) = await pair.StartedAsync;
        await using var client = await ConnectAsync(orthanc);

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    [ToolTheory(Tool)]
    [InlineData(InteropServer.CtStudy)]
    [InlineData(InteropServer.MrStudy)]
    [InlineData(InteropServer.CompressedStudy)]
    public async Task Store_ToOrthanc_IsKeptInItsTransferSyntax(string study)
    {
        var (ours, orthanc) = await pair.StartedAsync;

        await StoreAsync(ours, orthanc, study);

        var kept = Assert.Single(await orthanc.FindStudiesAsync(study));
        ours.AssertHolds(study, await orthanc.DownloadAsync(kept, NewFolder(ours)));
    }

    [ToolFact(Tool)]
    public async Task Find_AtOrthanc_FindsAtEachLevel()
    {
        var (ours, orthanc) = await pair.StartedAsync;
        await StoreAsync(ours, orthanc, InteropServer.MrStudy);
        await using var client = await ConnectAsync(orthanc);
        var find = InteropClient.StudyRoot.FindUid;

        var study = Assert.Single(await client.FindAllAsync(
            find, InteropClient.Query("STUDY", (DicomTag.PatientName, "Müller*"), (DicomTag.StudyInstanceUID, ""))));
        var series = await client.FindAllAsync(
            find, InteropClient.Query("SERIES", (DicomTag.StudyInstanceUID, InteropServer.MrStudy), (DicomTag.SeriesInstanceUID, "")));
        var images = await client.FindAllAsync(find, InteropClient.Query(
            "IMAGE", (DicomTag.StudyInstanceUID, InteropServer.MrStudy), (DicomTag.SeriesInstanceUID, InteropServer.MrStudy + ".1"), (DicomTag.SOPInstanceUID, "")));

        Assert.Equal("Müller^Jürgen", study.GetString(DicomTag.PatientName));
        Assert.Equal(InteropServer.MrStudy, study.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal((1, 2), (series.Count, images.Count));
        await client.ReleaseAsync();
    }

    [ToolFact(Tool)]
    public async Task Find_InTheWorklistOfOrthanc_FindsTheStepsOfAModality()
    {
        var (_, orthanc) = await pair.StartedAsync;
        await using var client = await ConnectAsync(orthanc);

        var step = Assert.Single(await client.FindAllAsync(InteropClient.Worklist, WorklistItems.Query("CT")));

        Assert.Equal("Müller^Jürgen", step.GetString(DicomTag.PatientName));
        Assert.Equal("S1", step.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items[0].GetString(DicomTag.ScheduledProcedureStepID));
        await client.ReleaseAsync();
    }

    [ToolTheory(Tool)]
    [InlineData(InteropServer.CtStudy)]
    [InlineData(InteropServer.CompressedStudy)]
    public async Task Get_FromOrthanc_TheStudyArrives(string study)
    {
        var (ours, orthanc) = await pair.StartedAsync;
        await StoreAsync(ours, orthanc, study);
        await using var client = await ConnectAsync(orthanc, fetches: true);
        var store = new FolderStore(NewFolder(ours));

        var response = await client.GetAsync(InteropClient.StudyRoot.GetUid, InteropClient.Study(study), store);

        Assert.Equal(DicomStatus.Success, response.Status);
        ours.AssertHolds(study, Directory.EnumerateFiles(store.Folder));
        await client.ReleaseAsync();
    }

    [ToolFact(Tool)]
    public async Task Move_FromOrthanc_TheStudyArrivesAtOurListener()
    {
        var (ours, orthanc) = await pair.StartedAsync;
        await StoreAsync(ours, orthanc, InteropServer.MrStudy);
        await using var client = await ConnectAsync(orthanc);

        var response = await client.MoveAsync(
            InteropClient.StudyRoot.MoveUid, InteropClient.Study(InteropServer.MrStudy), InteropServer.AETitle);

        Assert.Equal(DicomStatus.Success, response.Status);
        ours.AssertHolds(InteropServer.MrStudy, ReceivedOf(ours, InteropServer.MrStudy));
        await client.ReleaseAsync();
    }

    [ToolFact(Tool)]
    public async Task StorageCommitment_AskedOfOrthanc_IsReportedToOurListener()
    {
        var (ours, orthanc) = await pair.StartedAsync;
        await StoreAsync(ours, orthanc, InteropServer.CtStudy);
        await using var client = await ConnectAsync(orthanc);
        var kept = new StorageCommitmentReference(DicomUID.CTImageStorage.Value, InteropServer.CtStudy + ".1.1");
        var unknown = new StorageCommitmentReference(DicomUID.CTImageStorage.Value, "2.25.404");
        var request = new StorageCommitmentRequest(DicomUID.Generate().Value, [kept, unknown]);

        var response = await client.RequestStorageCommitmentAsync(request);
        await client.ReleaseAsync();
        var report = await ours.NextReportAsync();

        Assert.Equal(DicomStatus.Success, response.Status);
        Assert.Equal(request.TransactionUID, report.TransactionUID);
        Assert.Equal([kept], report.Committed);
        Assert.Equal([new StorageCommitmentFailure(unknown, DicomStatus.NoSuchSOPInstance.Code)], report.Failed);
    }

    [ToolFact(Tool)]
    public async Task OrthancEchoes_OurListener_Succeeds()
    {
        var (_, orthanc) = await pair.StartedAsync;

        await orthanc.AskOursAsync("echo", new { });
    }

    [ToolFact(Tool)]
    public async Task OrthancStores_ToOurListener_TheStudyArrives()
    {
        var (ours, orthanc) = await pair.StartedAsync;
        var study = "";
        foreach (var file in ours.FilesOf(InteropServer.CompressedStudy))
            (_, study) = await orthanc.UploadAsync(file);

        var result = await orthanc.AskOursAsync("store", new { Resources = new[] { study }, Synchronous = true });

        Assert.Equal((1, 0), (result.GetProperty("InstancesCount").GetInt32(), result.GetProperty("FailedInstancesCount").GetInt32()));
        ours.AssertHolds(InteropServer.CompressedStudy, ReceivedOf(ours, InteropServer.CompressedStudy));
    }

    [ToolFact(Tool)]
    public async Task OrthancQueriesAndRetrieves_FromOurListener_TheStudyArrivesThere()
    {
        var (ours, orthanc) = await pair.StartedAsync;
        foreach (var there in await orthanc.FindStudiesAsync(InteropServer.MrStudy))
            await orthanc.DeleteStudyAsync(there);

        var query = (await orthanc.AskOursAsync("query", new { Level = "Study", Query = new { PatientName = "Müller*", StudyInstanceUID = "" } }))
            .GetProperty("Path").GetString();
        var answers = await orthanc.GetAsync($"{query}/answers?expand&simplify");
        await orthanc.PostAsync($"{query}/answers/0/retrieve", new { TargetAet = OrthancServer.AETitle, Synchronous = true });

        var answer = Assert.Single(answers.EnumerateArray().ToList());
        Assert.Equal("Müller^Jürgen", answer.GetProperty("PatientName").GetString());
        Assert.Equal(InteropServer.MrStudy, answer.GetProperty("StudyInstanceUID").GetString());
        var arrived = Assert.Single(await orthanc.FindStudiesAsync(InteropServer.MrStudy));
        ours.AssertHolds(InteropServer.MrStudy, await orthanc.DownloadAsync(arrived, NewFolder(ours)));
    }

    [ToolFact(Tool)]
    public async Task OrthancQueries_OurWorklist_FindsTheStepsOfAModality()
    {
        var (_, orthanc) = await pair.StartedAsync;

        var found = await orthanc.AskOursAsync("find-worklist", new
        {
            PatientName = "",
            PatientID = "",
            ScheduledProcedureStepSequence = new[] { new { Modality = "CT", ScheduledProcedureStepID = "" } },
        });

        Assert.Contains("PH-0002", Assert.Single(found.EnumerateArray().ToList()).GetRawText(), StringComparison.Ordinal);
    }

    [ToolFact(Tool)]
    public async Task OrthancAsksForStorageCommitment_OfOurListener_HearsTheResult()
    {
        var (ours, orthanc) = await pair.StartedAsync;
        string[][] references = [[DicomUID.CTImageStorage.Value, InteropServer.CtStudy + ".1.1"], [DicomUID.CTImageStorage.Value, "2.25.404"]];

        var transaction = (await orthanc.AskOursAsync("storage-commitment", new { DicomInstances = references })).GetProperty("Path").GetString()!;
        await ReportAsync(await ours.Archive.NextNotReportedAsync(), orthanc);

        var result = await orthanc.GetAsync(transaction);
        Assert.Equal("Failure", result.GetProperty("Status").GetString());
        Assert.Equal(InteropServer.CtStudy + ".1.1", Assert.Single(UidsOf(result, "Success")));
        Assert.Equal("2.25.404", Assert.Single(UidsOf(result, "Failures")));
    }

    private static IEnumerable<string?> UidsOf(JsonElement result, string list) =>
        result.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("SOPInstanceUID").GetString());

    private static string NewFolder(InteropServer ours) => ours.MakeFolder("from-orthanc-" + Guid.NewGuid());

    private static IEnumerable<string> ReceivedOf(InteropServer ours, string study) =>
        ours.ReceivedFiles.Where(file => Path.GetFileName(file).StartsWith(study + ".", StringComparison.Ordinal));

    private static Task<DicomClient> ConnectAsync(OrthancServer orthanc, bool fetches = false) =>
        DicomClient.ConnectAsync(InteropClient.Options(orthanc.Port, OrthancServer.AETitle, fetches));

    private static async Task StoreAsync(InteropServer ours, OrthancServer orthanc, string study)
    {
        await using var client = await ConnectAsync(orthanc);
        foreach (var file in ours.FilesOf(study))
            Assert.Equal(DicomStatus.Success, (await client.StoreAsync(file)).Status);
        await client.ReleaseAsync();
    }

    /// <summary>Reports on an association of its own, in which we are SCP.</summary>
    private static async Task ReportAsync(StorageCommitmentResult result, OrthancServer orthanc)
    {
        var commitment = DicomUID.StorageCommitmentPushModel.Value;
        var builder = new PresentationContextBuilder();
        builder.Add(commitment, DicomUID.ExplicitVRLittleEndian.Value, DicomUID.ImplicitVRLittleEndian.Value);
        builder.SelectRole(commitment, scu: false, scp: true);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(orthanc.Port, OrthancServer.AETitle) with
        {
            CallingAETitle = InteropServer.AETitle,
            PresentationContexts = builder.BuildContexts(),
            RoleSelections = builder.BuildRoles(),
        });
        Assert.Equal(DicomStatus.Success, (await client.ReportStorageCommitmentAsync(result)).Status);
        await client.ReleaseAsync();
    }
}
