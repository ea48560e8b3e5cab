using System.Security.Authentication;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>TLS against implementations that are not ours: dcmtk in both roles, openssl, curl.</summary>
public sealed class TlsToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noctis-tls-").FullName;
    private readonly string _authority;
    private readonly (string Certificate, string Key) _device;

    public TlsToolTests()
    {
        _authority = Path.Combine(_folder, "authority.crt");
        File.WriteAllText(_authority, TestAuthority.Trusted.Certificate.ExportCertificatePem());
        _device = TestAuthority.Save(_folder, "device", TestAuthority.Device);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [DcmtkFact]
    public async Task Echoscu_WithCertificate_Succeeds()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Mutual));

        var (code, output) = await DcmtkTool.RunAsync(
            "echoscu", "-v", "+tls", _device.Key, _device.Certificate, "+cf", _authority, "localhost", $"{server.Port}");

        Assert.True(code == 0, output);
        var association = await server.Observer.NextAcceptedAsync();
        Assert.Equal("CN=CT scanner 1", association.Peer.Tls!.PeerCertificate!.Subject);
        Assert.Equal(AssociationEnding.Released, (await server.Observer.NextEndedAsync()).Ending);
    }

    [DcmtkFact]
    public async Task Echoscu_OverTls12_Succeeds()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Server with
        {
            Protocols = SslProtocols.Tls12,

            // The profile that dcmtk has by default wants RSA in TLS 1.2.
            Certificate = TestAuthority.Trusted.IssueRsa("rsa-server"),
        }));

        var (code, output) = await DcmtkTool.RunAsync("echoscu", "-v", "+tla", "+cf", _authority, "localhost", $"{server.Port}");

        Assert.True(code == 0, output);
        Assert.Equal(SslProtocols.Tls12, (await server.Observer.NextAcceptedAsync()).Peer.Tls!.Protocol);
    }

    [DcmtkFact]
    public async Task Echoscu_WithoutCertificateWhereOneIsRequired_IsRefused()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Mutual));

        var (code, _) = await DcmtkTool.RunAsync("echoscu", "-v", "+tla", "+cf", _authority, "localhost", $"{server.Port}");

        Assert.NotEqual(0, code);
        Assert.Equal(ConnectionFailureKind.TlsCertificateMissing, (await server.Observer.NextFailureAsync()).Kind);
    }

    [DcmtkFact]
    public async Task Echoscu_DoesNotTrustOurCertificate_ItsAlertIsTheReason()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());

        var (code, _) = await DcmtkTool.RunAsync("echoscu", "-v", "+tla", "localhost", $"{server.Port}");

        Assert.NotEqual(0, code);
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(ConnectionFailureKind.TlsOurCertificateRefused, failure.Kind);
        Assert.Contains("does not take our certificate (unknown authority)", failure.Reason, StringComparison.Ordinal);
    }

    [DcmtkFact]
    public async Task Echoscu_OnTheWrongKindOfPort_IsToldItsKind()
    {
        await using var plain = await TestListener.StartAsync();
        await using var secure = await TestListener.StartAsync(TlsSettings.Listening());

        var (first, _) = await DcmtkTool.RunAsync("echoscu", "-v", "+tla", "+cf", _authority, "localhost", $"{plain.Port}");
        var (second, _) = await DcmtkTool.RunAsync("echoscu", "-v", "localhost", $"{secure.Port}");

        Assert.True(first != 0 && second != 0);
        Assert.Equal(ConnectionFailureKind.TlsOnPlainPort, (await plain.Observer.NextFailureAsync()).Kind);
        Assert.Equal(ConnectionFailureKind.PlainOnTlsPort, (await secure.Observer.NextFailureAsync()).Kind);
    }

    [DcmtkFact]
    public async Task Storescu_OverTls_ObjectsArriveByteForByte()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());
        var files = Enumerable.Range(1, 5).Select(i => WriteObject($"1.2.3.{i}", 150_000 * i)).ToList();

        var (code, output) = await DcmtkTool.RunAsync(
            "storescu", ["-v", "+tla", "+cf", _authority, "localhost", $"{server.Port}", .. files]);

        Assert.True(code == 0, output);
        Assert.Equal(5, server.Store.Objects.Count);
        foreach (var stored in server.Store.Objects)
        {
            var sent = DicomFile.Open(Path.Combine(_folder, stored.Request.AffectedSOPInstanceUID + ".dcm"));
            var received = DicomReader.ReadDataset(stored.Dataset, stored.Request.TransferSyntax!);
            Assert.Equal(Pixels(sent.Dataset), Pixels(received));
        }
    }

    [DcmtkFact]
    public async Task Client_ToStorescpThatWantsACertificate_Stores()
    {
        var port = FreePort.Take();
        var server = TestAuthority.Save(_folder, "server", TestAuthority.Server);
        using var storescp = DcmtkTool.Start("storescp", ["-od", _folder, "+xa", "+tls", server.Key, server.Certificate, "+cf", _authority, $"{port}"]);
        try
        {
            var path = WriteObject("1.2.3.77", 700_000);
            var options = Calling(port, TlsSettings.Device);
            await using var client = await ConnectWhenItListensAsync(options);
            Assert.True(client.Association.Peer.IsEncrypted);
            Assert.Equal(DicomStatus.Success, (await client.StoreAsync(path)).Status);
            await client.ReleaseAsync();
            var received = Assert.Single(Directory.GetFiles(_folder, "CT*"));
            Assert.Equal(Pixels(DicomFile.Open(path).Dataset), Pixels(DicomFile.Open(received).Dataset));

            // Without a certificate: dcmtk's alert, which TLS 1.3 brings after the handshake.
            var refused = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(options with { Tls = TlsSettings.Client }));
            Assert.Equal(ConnectionFailureKind.TlsOurCertificateRefused, refused.Kind);
            Assert.Contains("wants a certificate of ours", refused.Message, StringComparison.Ordinal);

            var stranger = await Assert.ThrowsAnyAsync<DicomNetworkException>(
                () => DicomClient.ConnectAsync(options with { Tls = TlsSettings.Client with { Certificate = TestAuthority.Stranger } }));
            Assert.Equal(ConnectionFailureKind.TlsOurCertificateRefused, stranger.Kind);

            var plain = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(options with { Tls = null }));
            Assert.Contains("perhaps it wants TLS on this port", plain.Message, StringComparison.Ordinal); // dcmtk closes without a word
        }
        finally
        {
            storescp.Kill();
        }
    }

    [DcmtkFact]
    public async Task Client_ToPlainStorescp_SaysThatItIsPlain()
    {
        var port = FreePort.Take();
        using var storescp = DcmtkTool.Start("storescp", ["-od", _folder, $"{port}"]);
        try
        {
            await using (await ConnectWhenItListensAsync(Calling(port, null)))
            {
            }

            var exception = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(Calling(port, TlsSettings.Client)));
            Assert.Contains("plain DICOM on this port", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            storescp.Kill();
        }
    }

    [ToolFact("openssl")]
    public async Task Openssl_EachVersion_IsTakenFrom12On()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());

        Assert.Contains("TLSv1.3", await SClientAsync(server, "-tls1_3"), StringComparison.Ordinal);
        Assert.Contains("TLSv1.2", await SClientAsync(server, "-tls1_2"), StringComparison.Ordinal);
        await server.Observer.NextFailureAsync();
        await server.Observer.NextFailureAsync();

        var old = await SClientAsync(server, "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0");
        Assert.Contains("alert protocol version", old, StringComparison.Ordinal);
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(ConnectionFailureKind.TlsHandshakeFailed, failure.Kind);
        Assert.Contains("no version of TLS in common", failure.Reason, StringComparison.Ordinal);
    }

    [ToolFact("openssl")]
    public async Task Openssl_CipherSuitesOfOld_AreRefused()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());

        foreach (var suite in new[] { "AES256-SHA", "AES256-GCM-SHA384", "ECDHE-ECDSA-AES256-SHA384", "DHE-RSA-AES256-GCM-SHA384" })
        {
            Assert.Contains("alert handshake failure", await SClientAsync(server, "-tls1_2", "-cipher", suite), StringComparison.Ordinal);
            Assert.Contains("no cipher suite of TLS in common", (await server.Observer.NextFailureAsync()).Reason, StringComparison.Ordinal);
        }
    }

    [ToolFact("curl")]
    public async Task Curl_ToEitherKindOfPort_IsToldThatItIsHttp()
    {
        await using var plain = await TestListener.StartAsync();
        await using var secure = await TestListener.StartAsync(TlsSettings.Listening());

        var (first, _) = await DcmtkTool.RunAsync("curl", "-s", $"http://127.0.0.1:{plain.Port}/");
        var (second, _) = await DcmtkTool.RunAsync("curl", "-s", "--cacert", _authority, $"https://localhost:{secure.Port}/");
        var (third, _) = await DcmtkTool.RunAsync("curl", "-s", "--no-alpn", "--cacert", _authority, $"https://localhost:{secure.Port}/");
        var (fourth, _) = await DcmtkTool.RunAsync("curl", "-s", $"http://localhost:{secure.Port}/");

        Assert.All(new[] { first, second, third, fourth }, code => Assert.NotEqual(0, code));
        Assert.Equal(ConnectionFailureKind.Http, (await plain.Observer.NextFailureAsync()).Kind);
        for (var i = 0; i < 3; i++)
            Assert.Equal(ConnectionFailureKind.Http, (await secure.Observer.NextFailureAsync()).Kind);
    }

    private static byte[] Pixels(DicomDataset dataset) => ((DicomValueElement)dataset[DicomTag.PixelData]).Value.ToArray();

    private static async Task<string> SClientAsync(TestListener server, params string[] arguments)
    {
        var (_, output) = await DcmtkTool.RunAsync("openssl", ["s_client", "-connect", $"127.0.0.1:{server.Port}", .. arguments]);
        return output;
    }

    private static DicomClientOptions Calling(int port, DicomTlsClientOptions? tls) => new()
    {
        Host = "localhost",
        Port = port,
        CallingAETitle = "NOCTIS",
        CalledAETitle = "STORESCP",
        PresentationContexts = TestListener.DefaultContexts(),
        Tls = tls,
    };

    private static async Task<DicomClient> ConnectWhenItListensAsync(DicomClientOptions options)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await DicomClient.ConnectAsync(options);
            }
            catch (DicomNetworkException exception) when (exception.Kind == ConnectionFailureKind.Unreachable && attempt < 200)
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
            .SetString(DicomTag.SeriesInstanceUID, "1.2.3.1");
        var pixels = new byte[pixelBytes];
        new Random(pixelBytes).NextBytes(pixels);
        dataset.SetValue(DicomTag.PixelData, DicomVR.OW, pixels);
        var path = Path.Combine(_folder, sopInstanceUid + ".dcm");
        new DicomFile(dataset, DicomTransferSyntax.ExplicitVRLittleEndian).Save(path);
        return path;
    }
}
