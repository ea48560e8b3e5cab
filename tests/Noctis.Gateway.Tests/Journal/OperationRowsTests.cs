using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Gateway.Journal;
using Noctis.Testing;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Journal;

/// <summary>What associations and the operations in them leave in the journal, from real sockets to the rows.</summary>
public sealed class OperationRowsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Operations_EchoAndImage_LeaveARowEachAndOneOfTheirAssociation(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var device = await host.AddDeviceAsync(facility, new DeviceDraft("CT-1"));
        await host.UntilDirectoryAsync(directory => directory.FindByDevice("CT-1").Count > 0);
        var image = new PhantomImage();

        await using (var client = await Scu.ConnectAsync(facility.Port, "CT-1", facility.AETitle))
        {
            await client.EchoAsync();
            await client.SendAsync(image.ToDataset(), image.SOPInstanceUID);
            await client.ReleaseAsync();
        }

        var rows = await host.JournalAsync(facility.Id, rows: 3);
        Assert.Equal([JournalKind.Association, JournalKind.Store, JournalKind.Echo], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal(
            (JournalOutcome.Completed, JournalCode.None, "127.0.0.1", "CT-1", facility.AETitle, facility.Port, (long?)device.Id),
            (row.Outcome, row.Code, row.RemoteAddress, row.CallingAETitle, row.CalledAETitle, row.LocalPort, row.DeviceId)));
        var associationId = Assert.Single(rows.Select(row => row.AssociationId).Distinct());
        Assert.True(0 < associationId && associationId < rows[2].Id && rows[2].Id < rows[1].Id && rows[1].Id < rows[0].Id);
        var (association, stored, echoed) = (rows[0], rows[1], rows[2]);
        Assert.Equal(
            (DicomUID.CTImageStorage.Value, image.SOPInstanceUID, DicomUID.ExplicitVRLittleEndian.Value, 0, 1, null, null),
            (stored.SOPClassUID, stored.SOPInstanceUID, stored.TransferSyntaxUID, stored.Status, stored.Images, stored.Reason, stored.Details));
        Assert.True(stored.Bytes > image.PixelBytes && stored.Bytes < association.Bytes);
        Assert.Equal((DicomUID.Verification.Value, null, null, 0, 0, 0L), (echoed.SOPClassUID, echoed.SOPInstanceUID, echoed.TransferSyntaxUID, echoed.Status, echoed.Images, echoed.Bytes));
        Assert.Equal((1, null, null), (association.Images, association.SOPClassUID, association.Status));
    }

    [Fact]
    public async Task Association_OneOfTwoContextsTaken_SaysWhatWasProposedAndWhatBecameOfIt()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");

        await using (var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle,
            new PresentationContextRq(1, DicomUID.CTImageStorage.Value, [DicomUID.JPEG2000.Value, DicomUID.ExplicitVRLittleEndian.Value]),
            new PresentationContextRq(5, "1.2.840.10008.5.1.4.1.2.2.1", [DicomUID.ImplicitVRLittleEndian.Value])))
        {
            await client.ReleaseAsync();
        }

        var details = AssociationDetails.FromJson(Assert.Single(await host.JournalAsync(facility.Id)).Details)!;
        Assert.Equal([1, 5], details.Contexts.Select(context => context.Id));
        Assert.Equal([DicomUID.JPEG2000.Value, DicomUID.ExplicitVRLittleEndian.Value], details.Contexts[0].Proposed);
        Assert.Equal((DicomUID.CTImageStorage.Value, DicomUID.JPEG2000.Value, (int?)0), (details.Contexts[0].AbstractSyntax, details.Contexts[0].Accepted, details.Contexts[0].Result));
        Assert.Equal(("1.2.840.10008.5.1.4.1.2.2.1", null, (int?)3), (details.Contexts[1].AbstractSyntax, details.Contexts[1].Accepted, details.Contexts[1].Result));
        Assert.NotNull(details.ImplementationClassUID);
        Assert.True(details.MaxPduLength > 0);
        Assert.Equal((null, null, null, 0), (details.TlsVersion, details.TlsCipher, details.PeerCertificate, details.MoreContexts));
    }

    [Fact]
    public async Task Association_Refused_SaysWhatWasAskedForAndIsNoAssociationsButItsOwn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, "STRANGER", facility.AETitle));

        var row = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal(row.Id, row.AssociationId);
        var details = AssociationDetails.FromJson(row.Details)!;
        Assert.Equal([DicomUID.Verification.Value, DicomUID.CTImageStorage.Value], details.Contexts.Select(context => context.AbstractSyntax));
        Assert.All(details.Contexts, context => Assert.Equal((null, null), (context.Accepted, context.Result)));
    }

    [Fact]
    public async Task Association_AtTheSharedDoorOfNobody_KeepsWhatWasAskedForWithTheAdministratorsEntry()
    {
        await using var host = await StartAsync();

        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, "NOBODYS", "NOCTIS_SERVER"));

        var entry = await host.FrontDoorEntryAsync(entry => entry.CallingAETitle == "NOBODYS");
        Assert.Equal(DicomUID.Verification.Value, AssociationDetails.FromJson(entry.Details)!.Contexts[0].AbstractSyntax);
    }

    [Fact]
    public async Task Association_OverTls_SaysVersionAndCipher()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var authority = new TestCertificates();
        var upload = new CertificateUpload(TestCertificates.Pem(authority.Issue("server")));
        Assert.True((await host.Get<CertificateCommands>().UploadAsync(FacilityScope.ForJob(facility.Id, "test"), upload)).IsSuccess);
        await host.SetAsync(facility, new NetworkSettings { Tls = TlsMode.On });

        await using (var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = facility.Port,
            CallingAETitle = facility.AETitle,
            CalledAETitle = facility.AETitle,
            PresentationContexts = [new PresentationContextRq(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
            Tls = new DicomTlsClientOptions { TrustAnchors = [authority.Authority] },
        }))
        {
            await client.ReleaseAsync();
        }

        var details = AssociationDetails.FromJson(Assert.Single(await host.AssociationsAsync(facility.Id)).Details)!;
        Assert.StartsWith("TLS 1.", details.TlsVersion, StringComparison.Ordinal);
        Assert.StartsWith("TLS_", details.TlsCipher, StringComparison.Ordinal);
        Assert.Null(details.PeerCertificate);
    }

    [Fact]
    public async Task Operation_AssociationBreaksOffInTheMiddle_LeavesARowWithoutAStatus()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
        var image = new PhantomImage();

        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(new BrokenStream(), image.SOPInstanceUID));
        await client.DisposeAsync();

        var rows = await host.JournalAsync(facility.Id, rows: 2);
        Assert.Equal([JournalKind.Association, JournalKind.Store], rows.Select(row => row.Kind));
        Assert.Equal((JournalOutcome.Aborted, null, image.SOPInstanceUID, 0), (rows[1].Outcome, rows[1].Status, rows[1].SOPInstanceUID, rows[1].Images));
        Assert.NotNull(rows[1].Reason);
    }

    [Theory]
    [InlineData("1.2\0.3", "1.2?.3")]
    [InlineData("a\r\nb\u0085", "a??b?")]
    [InlineData("Müller", "Müller")]
    [InlineData("12345678901234567890", "1234567890123456")]
    [InlineData(null, null)]
    public void Fit_WhatPeersSend_IsMadeFitForARow(string? sent, string? expected) => Assert.Equal(expected, JournalText.Fit(sent, 16));

    [Fact]
    public void Fit_LoneSurrogateAndHalfAPairAtTheCut_AreMadeFitForARow()
    {
        Assert.Equal("1.2?", JournalText.Fit("1.2" + (char)0xD800, 16));
        Assert.Equal("1234?", JournalText.Fit("1234" + char.ConvertFromUtf32(0x1F642), 5));
    }

    [Fact]
    public void Details_MoreThanARowShouldHold_AreCutAndCounted()
    {
        var syntaxes = Enumerable.Range(0, 100).Select(i => $"1.2.3.4.5.6.7.8.9.10.11.12.{i:D4}").ToList();
        var request = new AAssociateRq
        {
            CalledAETitle = "A",
            CallingAETitle = "B",
            PresentationContexts = [.. Enumerable.Range(0, 128).Select(i => new PresentationContextRq((byte)((2 * i) + 1), new string('9', 300), syntaxes))],
        };
        var peer = new AssociationPeer(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 4000), new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 11113));

        var details = NegotiationDetails.Of(request, peer);

        Assert.Equal(128, details.Contexts.Count + details.MoreContexts);
        Assert.True(details.Contexts.Count > 5 && details.MoreContexts > 0);
        Assert.InRange(details.ToJson().Length, 1, 3 * NegotiationDetails.Budget);
        Assert.All(details.Contexts, context => Assert.Equal(JournalEntry.UidLength, context.AbstractSyntax.Length));
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));

    /// <summary>Begins like a data set, and then the scanner's disk fails.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private int _left = 1024 * 1024;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left <= 0)
                throw new IOException("The disk is gone.");
            _left -= buffer.Length;
            buffer.Span.Clear();
            return new(buffer.Length);
        }
    }
}
