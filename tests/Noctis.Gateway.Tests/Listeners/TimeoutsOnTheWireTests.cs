using System.Net;
using System.Net.Sockets;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Tests.EndToEnd;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Each time-out as it is set, in real time: the sentence in the journal names the setting's own seconds.</summary>
public sealed class TimeoutsOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly NetworkSettings Short = new()
    {
        NetworkTimeoutSeconds = 5,
        AcseTimeoutSeconds = 6,
        DimseTimeoutSeconds = 7,
        IdleTimeoutSeconds = 8,
    };

    [Fact]
    public async Task Timeouts_Lowered_EndTheNextAndNotThoseThatRun()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await using var running = await ConnectAsync(facility);
        await host.SetAsync(facility, Short);

        // A connection without a word, a message that stops in the middle, and an association without a message.
        using var silent = new TcpClient();
        await silent.ConnectAsync(IPAddress.Loopback, facility.Port);
        using var stuck = await Attackers.ConnectAsync(IPAddress.Loopback, facility.Port);
        await stuck.AssociateAsync(facility);
        foreach (var piece in RawCaller.SlowImage().Take(3))
            await stuck.SendAsync(piece);
        await using var idle = await ConnectAsync(facility);

        var reasons = (await host.AssociationsAsync(facility.Id, rows: 3)).Select(entry => entry.Reason!).ToList();

        Assert.Contains(reasons, reason => reason.Contains("sent no request for an association within 6 seconds", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("stopped in the middle of a message and sent nothing more for 7 seconds", StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("silent for 8 seconds between two messages", StringComparison.Ordinal));
        Assert.Equal(DicomStatus.Success, await running.EchoAsync());
    }

    [Fact]
    public async Task NetworkTimeout_Lowered_EndsATlsHandshakeThatStands()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        Assert.True((await host.Get<CertificateCommands>().GenerateAsync(FacilityScope.ForJob(facility.Id, "test"), "127.0.0.1")).IsSuccess);
        await host.SetAsync(facility, Short with { Tls = TlsMode.On });
        using var peer = new TcpClient();
        await peer.ConnectAsync(IPAddress.Loopback, facility.Port);

        // The head of a TLS record that never comes (RFC 8446 5.1).
        await peer.GetStream().WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 });

        var entry = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Contains("did not finish it within 5 seconds", entry.Reason, StringComparison.Ordinal);
    }

    private static Task<DicomClient> ConnectAsync(Facility facility) => Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
