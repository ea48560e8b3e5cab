using System.Net.Sockets;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>Against dcmtk, in both roles.</summary>
public sealed class DcmtkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-dcmtk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [DcmtkFact]
    public async Task Echoscu_ToOurListener_Succeeds()
    {
        await using var server = await TestListener.StartAsync();

        var (code, output) = await DcmtkTool.RunAsync(
            "echoscu", "-v", "-aet", "MODALITY", "-aec", TestListener.AETitle, "--repeat", "3", "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal((AssociationEnding.Released, 3), (ended.Ending, ended.Operations));
    }

    [DcmtkFact]
    public async Task Echoscu_Abort_IsHeardAsAborted()
    {
        await using var server = await TestListener.StartAsync();

        var (code, output) = await DcmtkTool.RunAsync("echoscu", "-v", "--abort", "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
        Assert.Equal(AssociationEnding.AbortedByPeer, (await server.Observer.NextEndedAsync()).Ending);
    }

    [DcmtkFact]
    public async Task Echoscu_Rejected_PrintsTheReason()
    {
        await using var server = await TestListener.StartAsync(admission: new RejectCalled());

        var (code, output) = await DcmtkTool.RunAsync("echoscu", "-v", "127.0.0.1", $"{server.Port}");

        Assert.NotEqual(0, code);
        Assert.Contains("Called AE Title Not Recognized", output, StringComparison.Ordinal);
        Assert.Contains("Rejected Permanent", output, StringComparison.Ordinal);
    }

    [DcmtkFact]
    public async Task Storescu_ToOurListener_DatasetsArriveByteForByte()
    {
        await using var server = await TestListener.StartAsync();
        var files = Enumerable.Range(1, 8).Select(i => WriteObject($"1.2.3.{i}", 30_000 * i)).ToList();

        var (code, output) = await DcmtkTool.RunAsync("storescu", ["-v", "127.0.0.1", $"{server.Port}", .. files]);

        Assert.True(code == 0, output);
        Assert.Equal(8, server.Store.Objects.Count);
        foreach (var stored in server.Store.Objects)
        {
            var sent = DicomFile.Open(Path.Combine(_folder, stored.Request.AffectedSOPInstanceUID + ".dcm"));
            var received = DicomReader.ReadDataset(stored.Dataset, stored.Request.TransferSyntax!);
            Assert.Equal(
                ((DicomValueElement)sent.Dataset[DicomTag.PixelData]).Value.ToArray(),
                ((DicomValueElement)received[DicomTag.PixelData]).Value.ToArray());
        }
    }

    [DcmtkFact]
    public async Task Client_ToStorescp_StoresTheFileUntouched()
    {
        var port = FreePort.Take();
        using var storescp = DcmtkTool.Start("storescp", ["-od", _folder, "+xa", "-v", $"{port}"]);
        try
        {
            var path = WriteObject("1.2.3.77", 500_000);
            await using var client = await ConnectAsync(port);
            Assert.Equal(DicomStatus.Success, await client.EchoAsync());

            var response = await client.StoreAsync(path);
            Assert.Equal(DicomStatus.Success, response.Status);
            Assert.Equal(DicomStatus.Success, (await client.StoreAsync(DicomFile.Open(path))).Status);
            await client.ReleaseAsync();

            var received = Assert.Single(Directory.GetFiles(_folder), file => file != path);
            Assert.Equal(
                ((DicomValueElement)DicomFile.Open(path).Dataset[DicomTag.PixelData]).Value.ToArray(),
                ((DicomValueElement)DicomFile.Open(received).Dataset[DicomTag.PixelData]).Value.ToArray());
        }
        finally
        {
            storescp.Kill();
        }
    }

    private static async Task<DicomClient> ConnectAsync(int port)
    {
        var builder = new PresentationContextBuilder();
        builder.Add(DicomUID.Verification.Value, DicomUID.ImplicitVRLittleEndian.Value);
        builder.Add(DicomUID.CTImageStorage.Value, DicomUID.ExplicitVRLittleEndian.Value);
        var options = new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            CallingAETitle = "NOCTIS",
            CalledAETitle = "STORESCP",
            PresentationContexts = builder.BuildContexts(),
        };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await DicomClient.ConnectAsync(options);
            }
            catch (DicomNetworkException exception) when (exception.InnerException is SocketException && attempt < 200)
            {
                // The tool takes a moment to listen, and tells nobody when it does.
                await Task.Delay(50);
            }
        }
    }

    private string WriteObject(string sopInstanceUid, int pixelBytes)
    {
        var dataset = new DicomDataset()
            .SetString(DicomTag.SOPClassUID, DicomUID.CTImageStorage.Value)
            .SetString(DicomTag.SOPInstanceUID, sopInstanceUid)
            .SetString(DicomTag.StudyInstanceUID, "1.2.3")
            .SetString(DicomTag.SeriesInstanceUID, "1.2.3.1")
            .SetString(DicomTag.PatientName, "Test^Dcmtk")
            .SetString(DicomTag.PatientID, "1")
            .SetString(DicomTag.Modality, "CT");
        var pixels = new byte[pixelBytes];
        new Random(pixelBytes).NextBytes(pixels);
        dataset.SetValue(DicomTag.PixelData, DicomVR.OW, pixels);
        var path = Path.Combine(_folder, sopInstanceUid + ".dcm");
        new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian).Save(path);
        return path;
    }

    private sealed class RejectCalled : IAssociationAdmission
    {
        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
            ValueTask.FromResult(AssociationDecision.Reject(
                AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CalledAETitleNotRecognized, "Nobody here has that name."));
    }
}
