using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;
using Noctis.Testing;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>TLS as the settings and certificates have it, by real connections.</summary>
public sealed class TlsOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private readonly TestCertificates _authority = new();

    [Fact]
    public async Task Tls_SwitchedOn_TheNextSpeaksItAndTheOldOneGoesOnInTheClear()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await UploadAsync(host, facility, _authority.Issue("first"));
        await using var running = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
        var since = host.Status.Get(facility.Id).SinceUtc;

        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });

        await using var next = await ConnectAsync(facility);
        Assert.Equal("CN=first", next.Association.Peer.Tls?.PeerCertificate?.Subject);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle));
        Assert.Equal((DicomStatus.Success, DicomStatus.Success), (await running.EchoAsync(), await next.EchoAsync()));
        Assert.Equal((ListenerState.Running, since), (host.Status.Get(facility.Id).State, host.Status.Get(facility.Id).SinceUtc));
    }

    [Fact]
    public async Task Certificate_Replaced_IsShownToTheNextConnection()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await UploadAsync(host, facility, _authority.Issue("first"));
        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });
        await using var running = await ConnectAsync(facility);

        await UploadAsync(host, facility, _authority.Issue("second"));
        await host.SettleAsync();

        await using var next = await ConnectAsync(facility);
        Assert.Equal("CN=second", next.Association.Peer.Tls?.PeerCertificate?.Subject);
        Assert.Equal(DicomStatus.Success, await running.EchoAsync());
    }

    [Fact]
    public async Task Certificate_MissingThenGenerated_FailsClosedAndThenListens()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });
        var failed = await host.Status.UntilAsync(facility.Id, ListenerState.Failed);
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle));

        var made = await host.Get<CertificateCommands>().GenerateAsync(ScopeOf(facility), "127.0.0.1");
        Assert.True(made.IsSuccess);
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);

        Assert.Equal("TLS is on, but the facility has no certificate.", failed.Reason);
        using var own = X509Certificate2.CreateFromPem(made.Value.Pem);
        await using var client = await ConnectAsync(facility, trusts: own);
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task ClientCertificates_Wanted_OnlyTrustedDevicesAssociate()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await UploadAsync(host, facility, _authority.Issue("server"));
        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.ClientCertificates });
        var failed = await host.Status.UntilAsync(facility.Id, ListenerState.Failed);
        Assert.Equal("Devices have to present a certificate, but nobody is trusted to sign them.", failed.Reason);

        var trusted = new TestCertificates("Devices");
        Assert.Equal(1, (await host.Get<CertificateCommands>().AddAuthoritiesAsync(ScopeOf(facility), TestCertificates.CertificatePem(trusted.Authority))).Value);
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);

        await using var device = await ConnectAsync(facility, own: trusted.Issue("CT 1"));
        Assert.Equal(DicomStatus.Success, await device.EchoAsync());
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility));
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => ConnectAsync(facility, own: new TestCertificates("Devices").Issue("CT 1")));
    }

    [Fact]
    public async Task Path_FileRenewed_IsReadAgainAndAMissingFileTakesNothingDown()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var folder = Directory.CreateTempSubdirectory("noctis-certificates-");
        var path = Path.Combine(folder.FullName, "server.pem");
        await File.WriteAllBytesAsync(path, TestCertificates.Pem(_authority.Issue("first")));
        await AddPathAsync(host, facility, path);
        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });
        await using (var before = await ConnectAsync(facility))
            Assert.Equal("CN=first", before.Association.Peer.Tls?.PeerCertificate?.Subject);

        await File.WriteAllBytesAsync(path, TestCertificates.Pem(_authority.Issue("the renewed one")));
        await host.SettleAsync();
        await using (var after = await ConnectAsync(facility))
            Assert.Equal("CN=the renewed one", after.Association.Peer.Tls?.PeerCertificate?.Subject);
        Assert.Equal("CN=the renewed one", Assert.Single(await host.Get<CertificateQueries>().ListAsync(ScopeOf(facility))).Subject);

        folder.Delete(recursive: true);
        var concerned = await host.Status.UntilAsync(facility.Id, status => status.Reason is not null);
        Assert.Equal((ListenerState.Running, true), (concerned.State, concerned.IsInTrouble));
        await using var still = await ConnectAsync(facility);
        Assert.Equal(DicomStatus.Success, await still.EchoAsync());
    }

    [Fact]
    public async Task Certificate_Expired_IsNamedAndTheListenerGoesOn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var folder = Directory.CreateTempSubdirectory("noctis-certificates-");
        var path = Path.Combine(folder.FullName, "server.pem");
        await File.WriteAllBytesAsync(path, TestCertificates.Pem(_authority.Issue("old", to: DateTimeOffset.UtcNow.AddDays(-1))));
        await AddPathAsync(host, facility, path);

        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });

        var status = await host.Status.UntilAsync(facility.Id, status => status.Reason is not null);
        // It fails for most, and is cut off for none: whoever does not look at the date still sends.
        Assert.True(status.IsFailing);
        Assert.True(status.IsInTrouble);
        Assert.Equal(ListenerState.Running, status.State);
        Assert.StartsWith("The certificate expired on", status.Reason, StringComparison.Ordinal);
        Assert.NotNull(status.Remedy);
        folder.Delete(recursive: true);
    }

    [ToolFact("storescu")]
    public async Task Dcmtk_OverTls_EchoesAndStoresAndIsRefusedInTheClear()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var made = (await host.Get<CertificateCommands>().GenerateAsync(ScopeOf(facility), "127.0.0.1")).Value;
        var device = new TestCertificates("Devices").Issue("CT 1", rsaBits: 2048);
        await host.Get<CertificateCommands>().AddAuthoritiesAsync(ScopeOf(facility), TestCertificates.CertificatePem(device));
        var folder = Directory.CreateTempSubdirectory("noctis-certificates-");
        try
        {
            string In(string name) => Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(In("server.pem"), made.Pem);
            await File.WriteAllBytesAsync(In("device.pem"), TestCertificates.CertificatePem(device));
            await File.WriteAllBytesAsync(In("device.key"), TestCertificates.KeyPem(device));
            string[] call = ["-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", facility.Port.ToString(CultureInfo.InvariantCulture)];
            string[] anonymous = ["+tla", "+cf", In("server.pem"), .. call];
            string[] known = ["+tls", In("device.key"), In("device.pem"), "+cf", In("server.pem"), .. call];
            var file = new PhantomImage().Save(In("image.dcm"));

            await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });
            Assert.Equal(0, (await Tool.RunAsync("echoscu", anonymous)).ExitCode);
            Assert.Equal(0, (await Tool.RunAsync("storescu", [.. anonymous, file])).ExitCode);
            Assert.NotEqual(0, (await Tool.RunAsync("echoscu", call)).ExitCode);

            await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.ClientCertificates });
            Assert.NotEqual(0, (await Tool.RunAsync("echoscu", anonymous)).ExitCode);
            var echoed = await Tool.RunAsync("echoscu", known);
            Assert.True(echoed.ExitCode == 0, $"{echoed.Output} {string.Join(Environment.NewLine, (await host.JournalAsync(facility.Id)).Select(row => row.Reason))}");
            Assert.Equal(0, (await Tool.RunAsync("storescu", [.. known, file])).ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Tls_On_TheSharedDoorRefusesTheFacilitysCallersInTheClear()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await UploadAsync(host, facility, _authority.Issue("server"));
        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, facility.AETitle, "NOCTIS_SERVER"));

        Assert.Equal((1, 1, 1), rejected.Codes());
        Assert.Contains("over TLS only", Assert.Single(await host.JournalAsync(facility.Id)).Reason, StringComparison.Ordinal);
    }

    private static FacilityScope ScopeOf(Facility facility) => FacilityScope.ForJob(facility.Id, "test");

    private static async Task UploadAsync(GatewayHost host, Facility facility, X509Certificate2 certificate) =>
        Assert.True((await host.Get<CertificateCommands>().UploadAsync(ScopeOf(facility), new CertificateUpload(TestCertificates.Pem(certificate)))).IsSuccess);

    // Past the command, which is for administrators and takes none that has expired.
    private static async Task AddPathAsync(GatewayHost host, Facility facility, string path)
    {
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        database.Add(new FacilityCertificate
        {
            Id = host.Get<IdGenerator>().Next(),
            FacilityId = facility.Id,
            Kind = CertificateKind.ServerCertificate,
            Source = CertificateSource.Path,
            Path = path,
            Pem = "",
            Subject = "CN=as it was",
            Issuer = "CN=as it was",
            Thumbprint = "",
            AddedBy = "test",
        });
        await database.SaveChangesAsync();
    }

    private Task<DicomClient> ConnectAsync(Facility facility, X509Certificate2? own = null, X509Certificate2? trusts = null) =>
        DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = facility.Port,
            CallingAETitle = facility.AETitle,
            CalledAETitle = facility.AETitle,
            PresentationContexts = [new(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
            Tls = new DicomTlsClientOptions { TrustAnchors = [trusts ?? _authority.Authority], Certificate = own },
        });

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
