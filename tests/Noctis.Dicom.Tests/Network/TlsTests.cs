using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>Associations over TLS, and handshakes that come to nothing, between our two sides.</summary>
public class TlsTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls13)]
    [InlineData(DicomTls.Protocols, SslProtocols.Tls13)]
    public async Task Association_OverTls_ServesAndBothSidesKnowHow(SslProtocols offered, SslProtocols expected)
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());
        await using var client = await DicomClient.ConnectAsync(server.Calling(TlsSettings.Client with { Protocols = offered }));

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();

        var accepted = await server.Observer.NextAcceptedAsync();
        Assert.True(accepted.Peer.IsEncrypted);
        Assert.Equal(expected, accepted.Peer.Tls!.Protocol);
        Assert.Contains(accepted.Peer.Tls.CipherSuite, DicomTls.CipherSuites);
        Assert.Null(accepted.Peer.Tls.PeerCertificate);
        Assert.Equal((expected, accepted.Peer.Tls.CipherSuite), (client.Association.Peer.Tls!.Protocol, client.Association.Peer.Tls.CipherSuite));
        Assert.Equal("CN=noctis-server", client.Association.Peer.Tls.PeerCertificate!.Subject);
        Assert.Equal(TestAuthority.Server.GetCertHashString(HashAlgorithmName.SHA256), client.Association.Peer.Tls.PeerCertificate.Thumbprint);
        Assert.Equal(AssociationEnding.Released, (await server.Observer.NextEndedAsync()).Ending);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Association_Plain_IsNotEncrypted()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();

        Assert.False(client.Association.Peer.IsEncrypted);
        Assert.Null((await server.Observer.NextAcceptedAsync()).Peer.Tls);
    }

    [Fact]
    public async Task Store_OverTls_ArrivesByteForByteAndIsCountedWithTheCostOfTls()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());
        await using var client = await DicomClient.ConnectAsync(server.Calling());
        var pixels = new byte[5_000_000];
        new Random(7).NextBytes(pixels);

        var response = await client.StoreAsync(
            client.CreateStoreRequest("1.2.840.10008.5.1.4.1.1.2", "1.2.3", "1.2.840.10008.1.2.1"), new MemoryStream(pixels));
        Assert.Equal(DicomStatus.Success, response.Status);
        await client.ReleaseAsync();

        Assert.Equal(pixels, Assert.Single(server.Store.Objects).Dataset);
        var ended = await server.Observer.NextEndedAsync();

        // Each record of 16 KiB has a header and a tag: more than the data alone, by some percent at most.
        Assert.InRange(ended.BytesReceived, pixels.Length + (pixels.Length / 16384 * 20), pixels.Length * 1.02);
        Assert.InRange(ended.BytesSent, 1, 10_000);
    }

    [Fact]
    public async Task Client_WithCertificate_IsKnownByIt()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Mutual));
        await using var client = await DicomClient.ConnectAsync(server.Calling(TlsSettings.Device));

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        var certificate = (await server.Observer.NextAcceptedAsync()).Peer.Tls!.PeerCertificate!;
        Assert.Equal(("CN=CT scanner 1", "CN=Test authority"), (certificate.Subject, certificate.Issuer));
        Assert.Equal(TestAuthority.Device.GetCertHashString(HashAlgorithmName.SHA256), certificate.Thumbprint);
        Assert.InRange(certificate.NotAfterUtc, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(31));
    }

    public static TheoryData<string, SslProtocols, ConnectionFailureKind, string> BadClientCertificates
    {
        get
        {
            var data = new TheoryData<string, SslProtocols, ConnectionFailureKind, string>();
            foreach (var protocol in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
            {
                data.Add("none", protocol, ConnectionFailureKind.TlsCertificateMissing, "presents no certificate");
                data.Add("stranger", protocol, ConnectionFailureKind.TlsCertificateUntrusted, "CN=CT scanner 1, issued by CN=Test authority");
                data.Add("expired", protocol, ConnectionFailureKind.TlsCertificateExpired, "expired on ");
                data.Add("early", protocol, ConnectionFailureKind.TlsCertificateExpired, "is not valid before ");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadClientCertificates))]
    public async Task Client_CertificateNotGood_IsRefusedWithTheReason(string which, SslProtocols protocol, ConnectionFailureKind kind, string reason)
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Mutual));
        var tls = TlsSettings.Client with { Protocols = protocol, Certificate = ClientCertificate(which) };

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(server.Calling(tls)));

        await AssertFailedAsync(server, kind, reason);
        await AssertServesAsync(server, TlsSettings.Device);
    }

    [Fact]
    public async Task Client_CertificateRequestedOnly_MayBeLeftOutButNotBeBad()
    {
        await using var server = await TestListener.StartAsync(
            TlsSettings.Listening(TlsSettings.Server with { ClientCertificates = TlsClientCertificates.Requested }));

        await AssertServesAsync(server, TlsSettings.Client);
        await AssertServesAsync(server, TlsSettings.Device);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(
            () => DicomClient.ConnectAsync(server.Calling(TlsSettings.Client with { Certificate = TestAuthority.Stranger })));
        await AssertFailedAsync(server, ConnectionFailureKind.TlsCertificateUntrusted, "signed by nobody who is trusted here");
    }

    [Fact]
    public async Task Client_JudgedByTheApplication_ItsWordIsTheLast()
    {
        var pinned = TestAuthority.Stranger.Thumbprint;
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Mutual with
        {
            ValidateClientCertificate = (_, certificate, _, _) => certificate is X509Certificate2 presented && presented.Thumbprint == pinned,
        }));

        await AssertServesAsync(server, TlsSettings.Client with { Certificate = TestAuthority.Stranger });
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(server.Calling(TlsSettings.Device)));
        await AssertFailedAsync(server, ConnectionFailureKind.TlsCertificateUntrusted, "refused by the application");
    }

    [Fact]
    public async Task Server_CertificateRenewed_NextConnectionGetsTheNewOne()
    {
        var current = TestAuthority.Server;
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(new DicomTlsServerOptions { SelectCertificate = () => current }));
        await using var before = await DicomClient.ConnectAsync(server.Calling());
        current = TestAuthority.Trusted.Issue("renewed");
        await using var after = await DicomClient.ConnectAsync(server.Calling());

        Assert.Equal("CN=noctis-server", before.Association.Peer.Tls!.PeerCertificate!.Subject);
        Assert.Equal("CN=renewed", after.Association.Peer.Tls!.PeerCertificate!.Subject);
        Assert.Equal(DicomStatus.Success, await before.EchoAsync());
    }

    [Fact]
    public async Task Server_NoCertificateToBeHad_ClosesAndLogsAnError()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(new DicomTlsServerOptions { SelectCertificate = () => null }));

        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(server.Calling()));

        Assert.Equal(ConnectionFailureKind.InternalError, (await server.Observer.NextFailureAsync()).Kind);
        Assert.Contains(server.Logs.Errors, line => line.EventId == 1007);
    }

    [Theory]
    [InlineData("untrusted", ConnectionFailureKind.TlsCertificateUntrusted, "add its issuer, or the certificate itself")]
    [InlineData("expired", ConnectionFailureKind.TlsCertificateExpired, "expired on ")]
    [InlineData("other name", ConnectionFailureKind.TlsCertificateNameMismatch, "made out to pacs.example.org, not to 127.0.0.1")]
    public async Task Client_ServersCertificateNotGood_ThrowsAndSaysWhatToDo(string which, ConnectionFailureKind kind, string reason)
    {
        var certificate = which switch
        {
            "untrusted" => TestAuthority.Stranger,
            "expired" => TestAuthority.Trusted.Issue("old", notAfter: DateTimeOffset.UtcNow.AddDays(-1)),
            _ => TestAuthority.Trusted.Issue("other", onlyFor: "pacs.example.org"),
        };
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(new DicomTlsServerOptions { Certificate = certificate }));

        var exception = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(server.Calling()));

        Assert.Equal(kind, exception.Kind);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.NotEqual(ConnectionFailureKind.Other, (await server.Observer.NextFailureAsync()).Kind);
    }

    [Fact]
    public async Task Client_ServerCalledByAnotherName_ThatNameCounts()
    {
        var certificate = TestAuthority.Trusted.Issue("other", onlyFor: "pacs.example.org");
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(new DicomTlsServerOptions { Certificate = certificate }));

        await AssertServesAsync(server, TlsSettings.Client with { ServerName = "pacs.example.org" });
    }

    [Fact]
    public async Task Client_TrustsTheServersOwnCertificate_NeedsNoAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var own = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(new DicomTlsServerOptions { Certificate = own }));

        await AssertServesAsync(server, new DicomTlsClientOptions { TrustAnchors = [own] });
    }

    [Fact]
    public async Task Handshake_NoVersionInCommon_BothSidesSaySo()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Server with { Protocols = SslProtocols.Tls13 }));

        var exception = await Assert.ThrowsAsync<DicomNetworkException>(
            () => DicomClient.ConnectAsync(server.Calling(TlsSettings.Client with { Protocols = SslProtocols.Tls12 })));

        Assert.Equal(ConnectionFailureKind.TlsHandshakeFailed, exception.Kind);
        Assert.Contains("no version of TLS in common", exception.Message, StringComparison.Ordinal);
        await AssertFailedAsync(server, ConnectionFailureKind.TlsHandshakeFailed, "no version of TLS in common");
    }

    [Fact]
    public async Task Handshake_NoCipherSuiteInCommon_BothSidesSaySo()
    {
        if (OperatingSystem.IsWindows())
            return; // Its cipher suites are the administrator's.
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(TlsSettings.Server with
        {
            Protocols = SslProtocols.Tls12,
            CipherSuites = [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256],
        }));

        var exception = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(
            server.Calling(TlsSettings.Client with { Protocols = SslProtocols.Tls12, CipherSuites = [TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384] })));

        Assert.Contains("no cipher suite of TLS in common", exception.Message, StringComparison.Ordinal);
        await AssertFailedAsync(server, ConnectionFailureKind.TlsHandshakeFailed, "no cipher suite of TLS in common");
    }

    [Fact]
    public void Options_ThatCannotWork_AreRefused()
    {
        using var publicOnly = X509CertificateLoader.LoadCertificate(TestAuthority.Server.RawData);

        AssertRefused(new DicomTlsServerOptions());
        AssertRefused(TlsSettings.Server with { SelectCertificate = () => null });
        AssertRefused(new DicomTlsServerOptions { Certificate = publicOnly });
        AssertRefused(TlsSettings.Server with { Protocols = SslProtocols.None });
#pragma warning disable SYSLIB0039, CA5397 // The very thing that is refused.
        AssertRefused(TlsSettings.Server with { Protocols = SslProtocols.Tls11 | SslProtocols.Tls12 });
#pragma warning restore SYSLIB0039, CA5397
        AssertRefused(TlsSettings.Server with { CipherSuites = [] });
        AssertRefused(TlsSettings.Mutual with { TrustAnchors = [] });
        Assert.Throws<ArgumentException>(() => (TlsSettings.Client with { Certificate = publicOnly }).Validate());
        TlsSettings.Mutual.Validate();
    }

    private static void AssertRefused(DicomTlsServerOptions tls) => Assert.ThrowsAny<ArgumentException>(() => TlsSettings.Listening(tls).Validate());

    private static X509Certificate2? ClientCertificate(string which) => which switch
    {
        "none" => null,
        "stranger" => TestAuthority.Stranger,
        "expired" => TestAuthority.Trusted.Issue("CT scanner 1", notAfter: DateTimeOffset.UtcNow.AddDays(-2)),
        _ => TestAuthority.Trusted.Issue("CT scanner 1", notAfter: DateTimeOffset.UtcNow.AddDays(366)),
    };

    private static async Task AssertFailedAsync(TestListener server, ConnectionFailureKind kind, string reason)
    {
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(reason, failure.Reason, StringComparison.Ordinal);
        Assert.Contains(server.Logs.Lines, line => line.EventId == 1003 && line.Text.EndsWith(failure.Reason, StringComparison.Ordinal));
        Assert.Empty(server.Logs.Errors);
    }

    private static async Task AssertServesAsync(TestListener server, DicomTlsClientOptions tls)
    {
        await using var client = await DicomClient.ConnectAsync(server.Calling(tls));
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }
}
