using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Archive.Studies;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.Tests.Listeners;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.EndToEnd;

/// <summary>A listener restarted again and again in the middle of sending: what was answered with success is there.</summary>
public sealed class RestartTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private const int Restarts = 5;

    [Fact]
    public async Task Restart_OverAndOverUnderLoad_LosesNothingThatWasAcknowledged()
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
        var facility = await host.CreateFacilityAsync("Central");
        var acknowledged = Channel.CreateUnbounded<string>();
        using var enough = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 3).Select(_ => Task.Run(() => SendAsync(facility, acknowledged.Writer, enough.Token))).ToArray();

        var all = new List<string>();
        for (var turn = 0; turn < Restarts; turn++)
        {
            var since = host.Status.Get(facility.Id).SinceUtc;
            await host.OrderAsync(facility, ListenerOrderKind.Restart);
            await host.Status.UntilAsync(facility.Id, status => status.State == ListenerState.Running && status.SinceUtc > since);
            // The next comes in the middle of sending again.
            while (acknowledged.Reader.TryRead(out var uid))
                all.Add(uid);
            all.Add(await acknowledged.Reader.ReadAsync());
        }

        await enough.CancelAsync();
        await Task.WhenAll(senders);
        while (acknowledged.Reader.TryRead(out var uid))
            all.Add(uid);

        Assert.True(all.Count > Restarts, $"Only {all.Count} images were acknowledged.");
        await using var database = host.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        var stored = await database.Set<Instance>().Where(instance => instance.FacilityId == facility.Id).Select(instance => instance.SOPInstanceUID).ToListAsync();
        Assert.Empty(all.Except(stored));
    }

    /// <summary>A scanner that goes on whatever happens: three images an association, and again when it is turned away or cut off.</summary>
    private static async Task SendAsync(Facility facility, ChannelWriter<string> acknowledged, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
                foreach (var image in PhantomImage.CreateSeries(new PhantomImage(), 3))
                {
                    if ((await client.SendAsync(image.ToDataset(), image.SOPInstanceUID)).Status == DicomStatus.Success)
                        acknowledged.TryWrite(image.SOPInstanceUID);
                }

                await client.ReleaseAsync(CancellationToken.None);
            }
            catch (DicomNetworkException)
            {
                // The port was closed for a moment.
                await Task.Yield();
            }
        }
    }
}
