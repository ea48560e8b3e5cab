using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Dimse;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>dcmtk's findscu against our provider, and termscu against a listener that does not know its SOP class.</summary>
public class DcmtkQueryTests
{
    [DcmtkFact]
    public async Task Findscu_StudyRoot_FindsByWildcardAndReadsUmlauts()
    {
        await using var server = await InteropServer.StartAsync();

        var matches = await FindAsync(
            server, "-S", "-k", "0008,0005=ISO_IR 192", "-k", "0008,0052=STUDY", "-k", "0010,0010=m?ller*", "-k", "0020,000d", "-k", "0008,0020=20260101-20261231");

        var match = Assert.Single(matches);
        Assert.Equal("Müller^Jürgen", match.GetString(DicomTag.PatientName));
        Assert.Equal(InteropServer.MrStudy, match.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal("20260301", match.GetString(DicomTag.StudyDate));
    }

    [DcmtkTheory]
    [InlineData("PATIENT", 1)]
    [InlineData("STUDY", 1)]
    [InlineData("SERIES", 1)]
    [InlineData("IMAGE", 3)]
    public async Task Findscu_PatientRoot_FindsAtEachLevel(string level, int count)
    {
        await using var server = await InteropServer.StartAsync();
        string[] keys = ["0010,0020=PH-0001", "0020,000d=" + InteropServer.CtStudy, "0020,000e=" + InteropServer.CtStudy + ".1", "0008,0018"];
        var depth = Array.IndexOf(["PATIENT", "STUDY", "SERIES", "IMAGE"], level) + 1;

        var matches = await FindAsync(server, ["-P", "-k", "0008,0052=" + level, .. keys[..depth].SelectMany(key => new[] { "-k", key })]);

        Assert.Equal(count, matches.Count);
        Assert.All(matches, match => Assert.Equal("PH-0001", match.GetString(DicomTag.PatientID)));
    }

    [DcmtkFact]
    public async Task Findscu_Worklist_FindsTheStepsOfAModality()
    {
        await using var server = await InteropServer.StartAsync();

        var matches = await FindAsync(
            server, "-W", "-k", "0010,0010", "-k", "(0040,0100)[0].Modality=CT", "-k", "(0040,0100)[0].ScheduledProcedureStepID");

        var match = Assert.Single(matches);
        Assert.Equal("Müller^Jürgen", match.GetString(DicomTag.PatientName));
        Assert.Equal("S1", match.GetSequence(DicomTag.ScheduledProcedureStepSequence)!.Items[0].GetString(DicomTag.ScheduledProcedureStepID));
    }

    [DcmtkFact]
    public async Task Findscu_UniqueKeyMissing_PrintsWhatIsWrong()
    {
        await using var server = await InteropServer.StartAsync();

        var (_, output) = await DcmtkTool.RunAsync(
            "findscu", "-d", "-S", "-k", "0008,0052=SERIES", "-k", "0020,000e", "127.0.0.1", $"{server.Port}");

        Assert.Contains("StudyInstanceUID: is missing", output, StringComparison.Ordinal);
        Assert.Contains("0xa900", output, StringComparison.Ordinal);
    }

    [DcmtkFact]
    public async Task Findscu_Cancels_TheSearchStops()
    {
        var endless = new ScriptedFind { OnFind = (_, token) => ScriptedFind.Endless(token) };
        await using var server = await InteropServer.StartAsync(before: new CFindService(endless));

        var (code, output) = await DcmtkTool.RunAsync(
            "findscu", "-v", "-S", "--cancel", "3", "-k", "0008,0052=STUDY", "-k", "0020,000d", "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
        Assert.Equal(AssociationEnding.Released, (await server.Listener.Observer.NextEndedAsync()).Ending);
        Assert.Equal(DicomStatus.Cancel, Assert.Single(server.Listener.Observer.Operations).Status);
    }

    [DcmtkFact]
    public async Task Termscu_ToOurListener_IsTurnedAwayAndTheListenerGoesOn()
    {
        await using var server = await TestListener.StartAsync();

        var (_, output) = await DcmtkTool.RunAsync("termscu", "-v", "127.0.0.1", $"{server.Port}");

        Assert.Contains("No Acceptable Presentation Contexts", output, StringComparison.OrdinalIgnoreCase);
        await using var client = await server.ConnectAsync();
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    private static async Task<List<DicomDataset>> FindAsync(InteropServer server, params string[] arguments)
    {
        var folder = server.MakeFolder("responses");
        var (code, output) = await DcmtkTool.RunAsync(
            "findscu", ["-v", "-aec", InteropServer.AETitle, "-X", "-od", folder, .. arguments, "127.0.0.1", $"{server.Port}"]);
        Assert.True(code == 0, output);
        return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => DicomFile.Open(file).Dataset)];
    }
}
