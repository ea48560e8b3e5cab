using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.Dicom.Tests.Interop;

/// <summary>dcmtk's getscu and movescu against our providers.</summary>
public class DcmtkRetrieveTests
{
    [DcmtkTheory]
    [InlineData(InteropServer.CtStudy, "+x=")]
    [InlineData(InteropServer.CompressedStudy, "+xs")]
    public async Task Getscu_AStudy_ArrivesAsItIsKept(string study, string preferred)
    {
        await using var server = await InteropServer.StartAsync();
        var folder = server.MakeFolder("fetched");

        // The compressed pixels are no real ones: dcmtk must not look into them.
        var (code, output) = await DcmtkTool.RunAsync(
            "getscu", "-v", "-S", preferred, "+B", "-aec", InteropServer.AETitle, "-od", folder,
            "-k", "0008,0052=STUDY", "-k", "0020,000d=" + study, "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
        server.AssertHolds(study, Directory.EnumerateFiles(folder));
        var get = server.Listener.Observer.Operations.Single(operation => operation.Command == CommandField.CGetRequest);
        Assert.Equal(DicomStatus.Success, get.Status);
    }

    [DcmtkFact]
    public async Task Getscu_OneImageByPatientRoot_ArrivesAlone()
    {
        await using var server = await InteropServer.StartAsync();
        var folder = server.MakeFolder("fetched");

        var (code, output) = await DcmtkTool.RunAsync(
            "getscu", "-v", "-P", "-od", folder, "-k", "0008,0052=IMAGE", "-k", "0010,0020=PH-0001", "-k", "0020,000d=" + InteropServer.CtStudy,
            "-k", "0020,000e=" + InteropServer.CtStudy + ".1", "-k", "0008,0018=" + InteropServer.CtStudy + ".1.2", "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
        Assert.EndsWith(InteropServer.CtStudy + ".1.2", Assert.Single(Directory.GetFiles(folder)), StringComparison.Ordinal);
    }

    [DcmtkFact]
    public async Task Movescu_ToItself_TheStudyArrives()
    {
        await using var server = await InteropServer.StartAsync();

        var (code, output, folder) = await MoveAsync(server, InteropServer.CtStudy, "MOVESCU");

        Assert.True(code == 0, output);
        server.AssertHolds(InteropServer.CtStudy, Directory.EnumerateFiles(folder));
        Assert.Equal(DicomStatus.Success, Assert.Single(server.Listener.Observer.Operations).Status);
    }

    [DcmtkFact]
    public async Task Movescu_ToAnUnknownDestination_IsToldSo()
    {
        await using var server = await InteropServer.StartAsync();

        var (_, output, folder) = await MoveAsync(server, InteropServer.CtStudy, "NOBODY");

        Assert.Contains("0xa801", output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("The move destination NOBODY is not known here.", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [DcmtkFact]
    public async Task Movescu_Cancels_WhatWasLeftIsNotSent()
    {
        const int Images = 200;
        await using var server = await InteropServer.StartAsync();
        var first = PhantomImage.Create("2.25.1004", "2.25.1004.1", "2.25.1004.1.1", pixelBytes: 1024);
        foreach (var image in PhantomImage.CreateSeries(first, Images))
            await server.Archive.AddAsync(image.Save(Path.Combine(server.FolderOf("2.25.1004"), image.SOPInstanceUID + ".dcm")));

        var (_, output, folder) = await MoveAsync(server, "2.25.1004", "MOVESCU", "--cancel", "1");

        Assert.Equal(AssociationEnding.Released, (await server.Listener.Observer.NextEndedAsync()).Ending);
        Assert.Equal(DicomStatus.Cancel, Assert.Single(server.Listener.Observer.Operations).Status);
        Assert.True(Directory.GetFiles(folder).Length is > 0 and < Images, output);
    }

    private static async Task<(int Code, string Output, string Folder)> MoveAsync(
        InteropServer server, string study, string destination, params string[] more)
    {
        var port = FreePort.Take();
        server.Archive.Destinations["MOVESCU"] = port;
        var folder = server.MakeFolder("moved");
        var (code, output) = await DcmtkTool.RunAsync(
            "movescu",
            [
                "-d", "-S", "-aet", "MOVESCU", "-aec", InteropServer.AETitle, "-aem", destination, "+P", $"{port}", "-od", folder, .. more,
                "-k", "0008,0052=STUDY", "-k", "0020,000d=" + study, "127.0.0.1", $"{server.Port}",
            ]);
        return (code, output, folder);
    }
}
