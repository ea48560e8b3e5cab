using Noctis.Dicom.Dimse;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>
/// GDCM's gdcmscu against our listener. Version 3.0.21 ends with an exception of its own once it has released an association, whoever the
/// peer is, dcmtk too ("ProtocolStream as nullptr is invalid"), so that its exit code says nothing: what counts is what arrived.
/// </summary>
public class GdcmTests
{
    private const string Tool = "gdcmscu";

    [ToolFact(Tool)]
    public async Task Gdcmscu_Echo_IsAnswered()
    {
        await using var server = await InteropServer.StartAsync();

        await RunAsync(server, "--echo");

        await AssertServedAsync(server, CommandField.CEchoRequest);
    }

    [ToolFact(Tool)]
    public async Task Gdcmscu_Store_TheImageArrives()
    {
        await using var server = await InteropServer.StartAsync();

        foreach (var file in server.FilesOf(InteropServer.CtStudy))
            await RunAsync(server, "--store", "-i", file);

        server.AssertHolds(InteropServer.CtStudy, server.ReceivedFiles);
    }

    // It would print the matches once it has released the association, and by then it is gone: its trace tells that they came.
    [ToolFact(Tool)]
    public async Task Gdcmscu_Find_ReceivesMatchAndEnd()
    {
        await using var server = await InteropServer.StartAsync();

        var output = await RunAsync(server, "-D", "--find", "--patientroot", "--patient", "--key", "10,10=Ph*", "--key", "10,20");

        Assert.Contains("(0000,0900) ?? (US) 65280 ", output, StringComparison.Ordinal);
        Assert.Contains("(0000,0900) ?? (US) 0 ", output, StringComparison.Ordinal);
        await AssertServedAsync(server, CommandField.CFindRequest);
    }

    // It reads every object of an association in the one transfer syntax that it accepted last: only what is in implicit VR arrives.
    [ToolFact(Tool)]
    public async Task Gdcmscu_Move_TheStudyArrives()
    {
        await using var server = await InteropServer.StartAsync();
        var port = FreePort.Take();
        server.Archive.Destinations["GDCMSCU"] = port;
        var folder = server.MakeFolder("moved");

        await RunAsync(
            server, "--move", "--studyroot", "--study", "--key", "20,d=" + InteropServer.MrStudy, "--port-scp", $"{port}", "-o", folder);

        await AssertServedAsync(server, CommandField.CMoveRequest);
        server.AssertHolds(InteropServer.MrStudy, Directory.EnumerateFiles(folder));
    }

    private static async Task<string> RunAsync(InteropServer server, params string[] arguments)
    {
        var (_, output) = await DcmtkTool.RunAsync(
            Tool, [.. arguments, "--aetitle", "GDCMSCU", "--call", InteropServer.AETitle, "127.0.0.1", $"{server.Port}"]);
        return output;
    }

    private static async Task AssertServedAsync(InteropServer server, CommandField command)
    {
        await server.Listener.Observer.NextEndedAsync();
        var operation = Assert.Single(server.Listener.Observer.Operations);
        Assert.Equal((command, DicomStatus.Success), (operation.Command, operation.Status!.Value));
    }
}
