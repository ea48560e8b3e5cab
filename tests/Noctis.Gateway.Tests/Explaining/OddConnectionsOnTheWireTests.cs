using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Testing;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Explaining;

/// <summary>What comes to a DICOM port and is no association, byte by byte: each has its code and a sentence that says what to do.</summary>
public sealed class OddConnectionsOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    /// <summary>The beginning of an A-ASSOCIATE-RQ that announces 200 bytes (PS3.8 9.3.2).</summary>
    private static readonly byte[] HalfRequest = [0x01, 0x00, 0x00, 0x00, 0x00, 0xC8, 0x00, 0x01, 0x00, 0x00];

    private readonly TestCertificates _authority = new();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP was spoken to this port, which takes DICOM")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "SSH was spoken to this port, which takes DICOM")]
    [InlineData("\0\0\0\0noise", "What came is no DICOM")]
    public async Task Connect_AnotherProtocol_IsForeign(string spoken, string said)
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        using var stranger = await OpenAsync(facility.Port);

        await stranger.GetStream().WriteAsync(Encoding.Latin1.GetBytes(spoken));

        await AssertRowAsync(host, facility, JournalCode.ForeignProtocol, said);
    }

    [Fact]
    public async Task Connect_TlsToAPlainPort_IsUnexpectedHereAndAtTheSharedDoor()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility.Port));
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(host.SharedPort));

        await AssertRowAsync(host, facility, JournalCode.TlsUnexpected, "Switch TLS off on the device, or on for this facility");
        var shared = await host.FrontDoorEntryAsync(entry => entry.LocalPort == host.SharedPort && entry.Code == JournalCode.TlsUnexpected);
        Assert.Contains("call its facility's own port", shared.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_PlainToATlsPort_IsExpected()
    {
        await using var host = await StartAsync();
        var facility = await CreateWithTlsAsync(host, TlsMode.On);

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle));

        await AssertRowAsync(host, facility, JournalCode.TlsExpected, "Switch TLS on at the device");
    }

    [Fact]
    public async Task Connect_HttpInPlaceOfTls_IsForeign()
    {
        await using var host = await StartAsync();
        var facility = await CreateWithTlsAsync(host, TlsMode.On);
        using var browser = await OpenAsync(facility.Port);

        await browser.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        await AssertRowAsync(host, facility, JournalCode.ForeignProtocol, "HTTP was spoken");
    }

    [Fact]
    public async Task Connect_LikeBeforeTheSettingsChanged_IsARowOfItsOwn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await KnockAsync();
        await host.JournalAsync(facility.Id);

        await host.SetAsync(facility, new NetworkSettings { MaxAssociations = 3 });
        await KnockAsync();

        Assert.Equal(2, (await host.JournalAsync(facility.Id, rows: 2)).Count);

        async Task KnockAsync()
        {
            using var browser = await OpenAsync(facility.Port);
            await browser.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await ReadToEndAsync(browser);
        }
    }

    [Fact]
    public async Task Connect_OurCertificateUnknownToThePeer_SaysSo()
    {
        await using var host = await StartAsync();
        var facility = await CreateWithTlsAsync(host, TlsMode.On);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility.Port, trusts: new TestCertificates("Another").Authority));

        var row = await RowAsync(host, facility);
        Assert.True(row.Code is JournalCode.TlsOurCertificateRefused or JournalCode.TlsFailed, $"The code is {row.Code}.");
        Assert.Contains("certificate", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_CutOffInTheHandshake_IsAFailedHandshake()
    {
        await using var host = await StartAsync();
        var facility = await CreateWithTlsAsync(host, TlsMode.On);

        using (var device = await OpenAsync(facility.Port))
        {
            // A record header of a handshake that announces 512 bytes (RFC 8446 5.1), and nothing after.
            await device.GetStream().WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 });
            device.Client.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(device);
        }

        await AssertRowAsync(host, facility, JournalCode.TlsFailed, "TLS 1.2 or 1.3");
    }

    [Fact]
    public async Task Connect_ClientCertificates_EachFaultHasItsCode()
    {
        await using var host = await StartAsync();
        var devices = new TestCertificates("Devices");
        var expired = devices.Issue("CT 1", to: DateTimeOffset.UtcNow.AddDays(-1));
        var stranger = new TestCertificates("Somebody").Issue("CT 2");

        foreach (var (own, code, said) in new[]
        {
            ((X509Certificate2?)null, JournalCode.TlsCertificateMissing, "Give the device a certificate"),
            (stranger, JournalCode.TlsCertificateUntrusted, "CN=CT 2"),
            (expired, JournalCode.TlsCertificateExpired, "expired on"),
        })
        {
            var facility = await CreateWithTlsAsync(host, TlsMode.ClientCertificates, devices);
            await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility.Port, own));
            await AssertRowAsync(host, facility, code, said);
        }
    }

    [Fact]
    public async Task Connect_SilentOrHalfARequest_IsToldApart()
    {
        await using var host = await StartAsync();
        var (silent, half, gone) = (await host.CreateFacilityAsync("Silent"), await host.CreateFacilityAsync("Half"), await host.CreateFacilityAsync("Gone"));
        foreach (var facility in new[] { silent, half, gone })
            await host.SetAsync(facility, new NetworkSettings { AcseTimeoutSeconds = 5 });

        using var nothing = await OpenAsync(silent.Port);
        using var stuck = await OpenAsync(half.Port);
        await stuck.GetStream().WriteAsync(HalfRequest);
        using (var hangsUp = await OpenAsync(gone.Port))
        {
            await hangsUp.GetStream().WriteAsync(HalfRequest);
            hangsUp.Client.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(hangsUp);
        }

        await AssertRowAsync(host, gone, JournalCode.ConnectionLost, "It had sent 10 bytes of its request");
        await Task.WhenAll(ReadToEndAsync(nothing), ReadToEndAsync(stuck));
        await AssertRowAsync(host, silent, JournalCode.SilentConnection, "within 5 seconds");
        await AssertRowAsync(host, half, JournalCode.TimedOut, "It had sent 10 bytes of its request");
    }

    [Fact]
    public async Task Connect_AFloodOfTheSame_IsOneRowAndRefusalsKeepTheirs()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");

        for (var i = 0; i < 20; i++)
        {
            using var scanner = await OpenAsync(facility.Port);
            await scanner.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await ReadToEndAsync(scanner);
        }

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "STRANGER", facility.AETitle));

        var rows = await host.JournalAsync(facility.Id, rows: 4);
        Assert.Equal((1, 3), (rows.Count(row => row.Code == JournalCode.ForeignProtocol), rows.Count(row => row.Code == JournalCode.CallingTitleUnknown)));
    }

    private static async Task<JournalEntry> RowAsync(GatewayHost host, Facility facility) => Assert.Single(await host.JournalAsync(facility.Id));

    private static async Task AssertRowAsync(GatewayHost host, Facility facility, JournalCode code, string said)
    {
        var row = await RowAsync(host, facility);
        Assert.True((row.Outcome, row.Code) == (JournalOutcome.Aborted, code), $"{row.Code}: {row.Reason}");
        Assert.Contains(said, row.Reason, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> OpenAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private static async Task ReadToEndAsync(TcpClient client)
    {
        try
        {
            while (await client.Client.ReceiveAsync(new byte[512]) > 0)
            {
                // What it says is no matter.
            }
        }
        catch (SocketException)
        {
            // Reset: that is an end too.
        }
    }

    private async Task<Facility> CreateWithTlsAsync(GatewayHost host, TlsMode mode, TestCertificates? trusted = null)
    {
        var facility = await host.CreateFacilityAsync("Central");
        var (commands, scope) = (host.Get<CertificateCommands>(), FacilityScope.ForJob(facility.Id, "test"));
        Assert.True((await commands.UploadAsync(scope, new CertificateUpload(TestCertificates.Pem(_authority.Issue("server"))))).IsSuccess);
        if (trusted is not null)
            Assert.True((await commands.AddAuthoritiesAsync(scope, TestCertificates.CertificatePem(trusted.Authority))).IsSuccess);
        await host.SetAsync(facility, new NetworkSettings { Tls = mode });
        return facility;
    }

    private Task<DicomClient> ConnectAsync(int port, X509Certificate2? own = null, X509Certificate2? trusts = null) =>
        DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            CallingAETitle = "CT1",
            CalledAETitle = "ANY",
            PresentationContexts = [new(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
            Tls = new DicomTlsClientOptions { TrustAnchors = [trusts ?? _authority.Authority], Certificate = own },
        });

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
