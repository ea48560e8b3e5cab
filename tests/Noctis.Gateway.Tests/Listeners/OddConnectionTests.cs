using System.Net;
using System.Net.Sockets;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Dicom.Network;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Connections that come to nothing, and associations that break off: explained where the facility reads it.</summary>
public sealed class OddConnectionTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Connect_AndCloseWithoutAWord_LeavesNoRow()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using (var probe = new TcpClient())
            await probe.ConnectAsync(IPAddress.Loopback, facility.Port);

        // What comes after it is kept: so the look at the port has been passed over.
        await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle);

        var entry = Assert.Single(await host.AssociationsAsync(facility.Id));
        Assert.Equal((JournalOutcome.Completed, facility.AETitle), (entry.Outcome, entry.CallingAETitle));
    }

    [Fact]
    public async Task Abort_InTheMiddleOfAnObject_LeavesNoObjectAndARow()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var image = new PhantomImage { PixelBytes = 1024 * 1024 };
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(new AbortingStream(image.ToBytes(), 600_000, client), image.SOPInstanceUID));

        var entry = Assert.Single(await host.AssociationsAsync(facility.Id));
        // In the middle of a PDU there is no room for an A-ABORT: then all that arrives is the end of the connection.
        Assert.Equal((JournalOutcome.Aborted, 0), (entry.Outcome, entry.Images));
        Assert.True(entry.Code is JournalCode.PeerAborted or JournalCode.ConnectionLost, $"The code is {entry.Code}.");
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        Assert.DoesNotContain(database.Set<Archive.Studies.Instance>(), instance => instance.SOPInstanceUID == image.SOPInstanceUID);
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));

    /// <summary>A data set whose sender loses patience on the way.</summary>
    private sealed class AbortingStream(byte[] bytes, int abortAt, DicomClient client) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= abortAt)
                await client.AbortAsync();
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
