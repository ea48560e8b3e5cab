using System.Text.Json;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Tests.Dimse;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>dcmjs-dimse as client of our listener.</summary>
public class DcmjsClientTests
{
    [DcmjsFact]
    public async Task Echo_ToOurListener_Succeeds()
    {
        await using var server = await InteropServer.StartAsync();

        var outcome = await DcmjsDimse.AskAsync(server, "echo");

        AssertSucceeded(outcome);
    }

    [DcmjsFact]
    public async Task Echo_OverTls_Succeeds()
    {
        await using var server = await InteropServer.StartAsync(TlsSettings.Listening());
        var authority = Path.Combine(server.Folder, "authority.crt");
        await File.WriteAllTextAsync(authority, TestAuthority.Trusted.Certificate.ExportCertificatePem());

        var outcome = await DcmjsDimse.AskAsync(server, "echo", new() { ["tls"] = authority });

        AssertSucceeded(outcome);
        Assert.NotNull((await server.Listener.Observer.NextAcceptedAsync()).Peer.Tls);
    }

    [DcmjsFact]
    public async Task Store_ToOurListener_TheStudyArrives()
    {
        await using var server = await InteropServer.StartAsync();

        var outcome = await DcmjsDimse.AskAsync(server, "store", new() { ["files"] = server.FilesOf(InteropServer.CtStudy) });

        AssertSucceeded(outcome, 3);
        server.AssertHolds(InteropServer.CtStudy, server.ReceivedFiles, sameSyntax: false);
    }

    [DcmjsFact]
    public async Task Find_AStudy_ReadsUmlauts()
    {
        await using var server = await InteropServer.StartAsync();

        var outcome = await DcmjsDimse.AskAsync(server, "find", new()
        {
            ["level"] = "STUDY",
            ["keys"] = new { PatientName = "M*", StudyInstanceUID = "" },
        });

        Assert.Equal([DicomStatus.Pending.Code, DicomStatus.Success.Code], outcome.Responses.Select(response => response.Status));
        var match = outcome.Responses[0].Dataset!.Value;
        Assert.Equal(InteropServer.MrStudy, match.GetProperty("StudyInstanceUID").GetString());
        Assert.Contains("Müller^Jürgen", match.GetProperty("PatientName").ToString(), StringComparison.Ordinal);
    }

    [DcmjsFact]
    public async Task Find_Cancelled_TheSearchStops()
    {
        var endless = new ScriptedFind { OnFind = (_, token) => ScriptedFind.Endless(token) };
        await using var server = await InteropServer.StartAsync(before: new CFindService(endless));

        var outcome = await DcmjsDimse.AskAsync(
            server, "find", new() { ["level"] = "STUDY", ["keys"] = new { StudyInstanceUID = "" }, ["cancel"] = 3 });

        Assert.Equal(DicomStatus.Cancel.Code, outcome.Responses[^1].Status);
        Assert.Equal(DicomStatus.Cancel, Assert.Single(server.Listener.Observer.Operations).Status);
    }

    [DcmjsFact]
    public async Task Find_InTheWorklist_FindsTheStepsOfAModality()
    {
        await using var server = await InteropServer.StartAsync();

        var outcome = await DcmjsDimse.AskAsync(server, "worklist", new()
        {
            ["keys"] = new
            {
                PatientID = "",

                // Left alone, it asks for women of whom this status is 0: it has no empty value for a number.
                PregnancyStatus = (string?)null,
                ScheduledProcedureStepSequence = new[] { new { Modality = "CT", ScheduledProcedureStepID = "" } },
            },
        });

        Assert.Equal([DicomStatus.Pending.Code, DicomStatus.Success.Code], outcome.Responses.Select(response => response.Status));
        Assert.Equal("PH-0002", outcome.Responses[0].Dataset!.Value.GetProperty("PatientID").GetString());
    }

    [DcmjsFact]
    public async Task Get_AStudy_Arrives()
    {
        await using var server = await InteropServer.StartAsync();

        var outcome = await DcmjsDimse.AskAsync(
            server, "get", new() { ["study"] = InteropServer.CtStudy, ["folder"] = server.MakeFolder("fetched") });

        Assert.Equal(DicomStatus.Success.Code, outcome.Responses[^1].Status);
        server.AssertHolds(InteropServer.CtStudy, outcome.Received, sameSyntax: false);
    }

    [DcmjsFact]
    public async Task Move_AStudyToItsOwnServer_IsFoundThere()
    {
        await using var server = await InteropServer.StartAsync();
        await using var theirs = await DcmjsDimse.StartServerAsync();
        server.Archive.Destinations[DcmjsDimse.AETitle] = theirs.Port;

        var outcome = await DcmjsDimse.AskAsync(
            server, "move", new() { ["study"] = InteropServer.CtStudy, ["destination"] = DcmjsDimse.AETitle });

        Assert.Equal(DicomStatus.Success.Code, outcome.Responses[^1].Status);
        Assert.Equal(3, outcome.Responses.Count);
    }

    [DcmjsFact]
    public async Task PerformedProcedureStep_CreatedAndSet_IsCompleted()
    {
        var steps = new ProcedureSteps();
        await using var server = await InteropServer.StartAsync(before: steps);

        var outcome = await DcmjsDimse.AskAsync(server, "step", new() { ["uid"] = "2.25.3001" });

        AssertSucceeded(outcome, 2);
        Assert.Equal("COMPLETED", steps.States["2.25.3001"]);
    }

    [DcmjsFact]
    public async Task StorageCommitment_Asked_IsReportedOnTheSameAssociation()
    {
        await using var server = await InteropServer.StartAsync();
        object Reference(string uid) => new { ReferencedSOPClassUID = DicomUID.CTImageStorage.Value, ReferencedSOPInstanceUID = uid };

        var outcome = await DcmjsDimse.AskAsync(server, "commit", new()
        {
            ["uid"] = "2.25.3002",
            ["references"] = new[] { Reference(InteropServer.CtStudy + ".1.1"), Reference("2.25.404") },
            ["linger"] = 2000,
        });

        AssertSucceeded(outcome);
        var report = Assert.Single(outcome.Reports);
        Assert.Equal("2.25.3002", report.GetProperty("TransactionUID").GetString());
        Assert.Contains(InteropServer.CtStudy + ".1.1", report.GetProperty("ReferencedSOPSequence").ToString(), StringComparison.Ordinal);
        Assert.Contains("2.25.404", report.GetProperty("FailedSOPSequence").ToString(), StringComparison.Ordinal);
    }

    private static void AssertSucceeded(DcmjsOutcome outcome, int responses = 1)
    {
        Assert.True(outcome.Error is null or { ValueKind: JsonValueKind.Null }, outcome.Error.ToString());
        Assert.Equal(Enumerable.Repeat((int)DicomStatus.Success.Code, responses), outcome.Responses.Select(response => response.Status));
    }
}
