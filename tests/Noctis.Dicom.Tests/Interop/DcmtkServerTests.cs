using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>Our client against dcmtk's servers: dcmqrscp, an archive, and wlmscpfs, a worklist.</summary>
public class DcmtkServerTests
{
    private const string Qrscp = "QRSCP";

    private static readonly DicomQueryRetrieveModel StudyRoot = InteropClient.StudyRoot;

    [DcmtkFact]
    public async Task Store_ToDcmqrscp_IsFoundThere()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var qrscp = await StartQrscpAsync(ours);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(qrscp.Port, Qrscp));

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        var studies = await client.FindAllAsync(
            StudyRoot.FindUid, InteropClient.Query("STUDY", (DicomTag.PatientName, ""), (DicomTag.StudyInstanceUID, "")));

        Assert.Equal(
            [(InteropServer.CtStudy, "Phantom^Paula"), (InteropServer.MrStudy, "Müller^Jürgen")],
            studies.Select(study => (study.GetString(DicomTag.StudyInstanceUID), study.GetString(DicomTag.PatientName))).Order());
        await client.ReleaseAsync();
    }

    [DcmtkTheory]
    [InlineData("PATIENT", 1)]
    [InlineData("STUDY", 1)]
    [InlineData("SERIES", 1)]
    [InlineData("IMAGE", 3)]
    public async Task Find_InPatientRootOfDcmqrscp_FindsAtEachLevel(string level, int count)
    {
        await using var ours = await InteropServer.StartAsync();
        await using var qrscp = await StartQrscpAsync(ours);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(qrscp.Port, Qrscp));
        (DicomTag, string)[] keys =
        [
            (DicomTag.PatientID, "PH-0001"), (DicomTag.StudyInstanceUID, InteropServer.CtStudy),
            (DicomTag.SeriesInstanceUID, InteropServer.CtStudy + ".1"), (DicomTag.SOPInstanceUID, ""),
        ];
        var depth = Array.IndexOf(["PATIENT", "STUDY", "SERIES", "IMAGE"], level) + 1;

        var matches = await client.FindAllAsync(DicomQueryRetrieveModel.PatientRoot.FindUid, InteropClient.Query(level, keys[..depth]));

        Assert.Equal(count, matches.Count);
        await client.ReleaseAsync();
    }

    [DcmtkFact]
    public async Task Find_LeftEarlyAtDcmqrscp_TheAssociationGoesOn()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var qrscp = await StartQrscpAsync(ours);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(qrscp.Port, Qrscp));
        var query = InteropClient.Query(
            "IMAGE", (DicomTag.StudyInstanceUID, InteropServer.CtStudy), (DicomTag.SeriesInstanceUID, InteropServer.CtStudy + ".1"), (DicomTag.SOPInstanceUID, ""));

        await foreach (var match in client.FindAsync(StudyRoot.FindUid, query))
        {
            Assert.NotNull(match.GetString(DicomTag.SOPInstanceUID));
            break;
        }

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        Assert.Equal(3, (await client.FindAllAsync(StudyRoot.FindUid, query)).Count);
        await client.ReleaseAsync();
    }

    [DcmtkFact]
    public async Task Get_FromDcmqrscp_TheStudyArrives()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var qrscp = await StartQrscpAsync(ours);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(qrscp.Port, Qrscp, fetches: true));

        var response = await client.GetAsync(StudyRoot.GetUid, InteropClient.Study(InteropServer.CtStudy), ours.Received);

        Assert.Equal((DicomStatus.Success, (ushort?)3), (response.Status, response.NumberOfCompletedSuboperations));
        ours.AssertHolds(InteropServer.CtStudy, ours.ReceivedFiles);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    [DcmtkFact]
    public async Task Move_FromDcmqrscp_TheStudyArrivesAtOurListener()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var qrscp = await StartQrscpAsync(ours);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(qrscp.Port, Qrscp));

        var response = await client.MoveAsync(StudyRoot.MoveUid, InteropClient.Study(InteropServer.CtStudy), InteropServer.AETitle);

        Assert.Equal((DicomStatus.Success, (ushort?)3), (response.Status, response.NumberOfCompletedSuboperations));
        ours.AssertHolds(InteropServer.CtStudy, ours.ReceivedFiles);
        await client.ReleaseAsync();
    }

    [DcmtkFact]
    public async Task Move_FromDcmqrscpToAnUnknownDestination_IsRefusedAndTheAssociationGoesOn()
    {
        await using var ours = await InteropServer.StartAsync();
        await using var qrscp = await StartQrscpAsync(ours);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(qrscp.Port, Qrscp));

        var response = await client.MoveAsync(StudyRoot.MoveUid, InteropClient.Study(InteropServer.CtStudy), "NOBODY");

        Assert.Equal(DicomStatus.MoveDestinationUnknown, response.Status);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    [DcmtkFact]
    public async Task Move_FromOursToStorescp_TheStudyArrives()
    {
        await using var ours = await InteropServer.StartAsync();
        var folder = ours.MakeFolder("storescp");
        await using var storescp = await ToolServer.StartAsync("storescp", port => ["-v", "+xa", "-od", folder, $"{port}"]);
        ours.Archive.Destinations["STORESCP"] = storescp.Port;
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(ours.Port, InteropServer.AETitle));

        var response = await client.MoveAsync(StudyRoot.MoveUid, InteropClient.Study(InteropServer.CompressedStudy), "STORESCP");

        Assert.True(response.Status == DicomStatus.Success, storescp.Output);
        ours.AssertHolds(InteropServer.CompressedStudy, Directory.EnumerateFiles(folder));
        await client.ReleaseAsync();
    }

    [DcmtkFact]
    public async Task Find_InTheWorklistOfWlmscpfs_FindsTheStepsOfAModality()
    {
        await using var ours = await InteropServer.StartAsync();
        var folder = ours.MakeFolder("worklists");
        await WorklistItems.WriteAsync(Path.Combine(folder, "WLMSCP"));
        await using var wlmscpfs = await ToolServer.StartAsync("wlmscpfs", port => ["-v", "-dfp", folder, $"{port}"]);
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(wlmscpfs.Port, "WLMSCP"));

        var steps = await client.FindAllAsync(InteropClient.Worklist, WorklistItems.Query("CT"));

        var step = Assert.Single(steps);
        Assert.Equal("Müller^Jürgen", step.GetString(DicomTag.PatientName));
        Assert.Equal("S1", step.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items[0].GetString(DicomTag.ScheduledProcedureStepID));
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    /// <summary>A dcmqrscp that knows our listener, and holds the CT and the MR study, sent by our client.</summary>
    private static async Task<ToolServer> StartQrscpAsync(InteropServer ours)
    {
        var folder = ours.MakeFolder("qrscp");
        var configuration = Path.Combine(ours.Folder, "dcmqrscp.cfg");
        var server = await ToolServer.StartAsync("dcmqrscp", port =>
        {
            File.WriteAllText(
                configuration,
                $"""
                 NetworkTCPPort = {port}
                 MaxPDUSize = 16384
                 MaxAssociations = 16
                 HostTable BEGIN
                 ours = ({InteropServer.AETitle}, 127.0.0.1, {ours.Port})
                 HostTable END
                 VendorTable BEGIN
                 VendorTable END
                 AETable BEGIN
                 {Qrscp} {folder} RW (50, 64mb) ANY
                 AETable END

                 """);
            return ["-v", "-c", configuration];
        });
        await using var client = await DicomClient.ConnectAsync(InteropClient.Options(server.Port, Qrscp));
        foreach (var file in ours.FilesOf(InteropServer.CtStudy).Concat(ours.FilesOf(InteropServer.MrStudy)))
            Assert.Equal(DicomStatus.Success, (await client.StoreAsync(file)).Status);
        await client.ReleaseAsync();
        return server;
    }
}
