using System.Net.Sockets;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Traffic;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.SelfTests;
using Noctis.Gateway.Tests.Listeners;
using Noctis.Gateway.Traffic;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Traffic;

/// <summary>From real sockets to the figures that dashboards read.</summary>
public sealed class TrafficOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Counting_EverythingThatCanHappen_ReachesTheFacilityWhoseItIs(DatabaseProviderKind kind)
    {
        await using var host = await GatewayHost.StartAsync(await databases.OpenAsync(kind));
        var (central, north) = (await host.CreateFacilityAsync("Central Hospital"), await host.CreateFacilityAsync("North Clinic"));
        var device = await host.AddDeviceAsync(central, new DeviceDraft("CT-1"));
        await host.UntilDirectoryAsync(directory => directory.FindByDevice("CT-1").Count > 0);
        var images = PhantomImage.CreateSeries(new PhantomImage(), 3).ToList();

        await Scu.StoreAsync(central.Port, "CT-1", central.AETitle, images);
        await Scu.StoreAsync(host.SharedPort, central.AETitle, "NOCTIS_SERVER", new PhantomImage());
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(central.Port, "STRANGER", central.AETitle));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(host.SharedPort, "STRANGER", "NOCTIS_SERVER"));
        await using (var client = await Scu.ConnectAsync(central.Port, "CT-1", central.AETitle))
        {
            await client.SendAsync("not a data set"u8.ToArray(), new PhantomImage().SOPInstanceUID);
            await client.AbortAsync();
        }

        await host.AssociationsAsync(central.Id, rows: 4);
        Assert.True(await host.Get<TrafficWriter>().FlushAsync());

        var minutes = await MinutesAsync(host, central);
        var dataset = minutes.Sum(minute => minute.Bytes);
        Assert.Equal((3, 2, 4, 1), (minutes.Sum(minute => minute.Associations), minutes.Sum(minute => minute.Refusals), minutes.Sum(minute => minute.Images), minutes.Sum(minute => minute.Errors)));
        Assert.True(dataset > 4 * images[0].PixelBytes, $"{dataset} bytes");
        Assert.True(minutes.Sum(minute => minute.StoreMs) >= 0 && minutes.Max(minute => minute.PeakAssociations) >= 1);
        Assert.All(await MinutesAsync(host, north), minute => Assert.Equal((0, 0, 0, 0L), (minute.Associations, minute.Refusals, minute.Images, minute.Bytes)));
        var day = Assert.Single((await host.Get<TrafficQueries>().GetDeviceDaysAsync(ScopeOf(central), DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-2)))
            .GroupBy(day => day.DeviceId));
        Assert.Equal((device.Id, 2, 3), (day.Key, day.Sum(one => one.Associations), day.Sum(one => one.Images)));
    }

    [Fact]
    public async Task Counting_SeveralAtATime_KeepsThePeak()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        var clients = new List<DicomClient>();
        for (var i = 0; i < 3; i++)
            clients.Add(await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle));
        // An association is counted once its acceptance is sent, and before anything is answered in it.
        foreach (var client in clients)
            Assert.Equal(DicomStatus.Success, await client.EchoAsync());

        Assert.True(await host.Get<TrafficWriter>().FlushAsync());
        foreach (var client in clients)
        {
            await client.ReleaseAsync();
            await client.DisposeAsync();
        }

        Assert.Equal(3, (await MinutesAsync(host, facility)).Max(minute => minute.PeakAssociations));
    }

    [Fact]
    public async Task Counting_SelfTestsAndPortTests_CountNowhere()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        using (var probe = new TcpClient())
            await probe.ConnectAsync("127.0.0.1", facility.Port);
        await host.Get<SelfTester>().TestAsync(ScopeOf(facility), SelfTestKind.Image);
        await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle);

        Assert.True(await host.Get<TrafficWriter>().FlushAsync());

        var minutes = await MinutesAsync(host, facility);
        Assert.Equal((1, 0, 0, 0), (minutes.Sum(minute => minute.Associations), minutes.Sum(minute => minute.Refusals), minutes.Sum(minute => minute.Images), minutes.Sum(minute => minute.Errors)));
    }

    [Fact]
    public async Task Stop_CountedAndNotYetAdded_IsAdded()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var host = await GatewayHost.StartAsync(database);
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage());

        await host.StopAsync();

        Assert.Equal(1, (await MinutesAsync(host, facility)).Sum(minute => minute.Images));
    }

    [DatabaseTheory]
    public async Task Listener_AfterARestartAndBesideAnotherNode_KnowsWhatTheDayHasBrought(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var settings = GatewayHost.Settings();
        Facility facility;
        await using (var before = await GatewayHost.StartAsync(database, settings))
        {
            facility = await before.CreateFacilityAsync("Central Hospital");
            await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, PhantomImage.CreateSeries(new PhantomImage(), 2));
            await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.EchoAsync(facility.Port, "STRANGER", facility.AETitle));
        }

        await using var host = await GatewayHost.StartAsync(database, settings);
        await host.Status.UntilAsync(facility.Id, ListenerState.Running);
        await Scu.StoreAsync(facility.Port, facility.AETitle, facility.AETitle, new PhantomImage());
        for (var flush = 0; flush < 2; flush++)
            Assert.True(await host.Get<TrafficWriter>().FlushAsync());
        await using var other = await GatewayHost.StartAsync(database);
        Assert.True(await other.Get<TrafficWriter>().FlushAsync());

        foreach (var status in new[] { host.Status.Get(facility.Id), other.Status.Get(facility.Id) })
            Assert.Equal((3L, 1L, 0L), (status.ImagesToday, status.RefusalsToday, status.ErrorsToday));
        Assert.Equal((1L, 0L), (host.Status.Get(facility.Id).Images, other.Status.Get(facility.Id).Images));
        Assert.True(host.Status.Get(facility.Id).BytesToday > host.Status.Get(facility.Id).Bytes);
    }

    private static FacilityScope ScopeOf(Facility facility) => FacilityScope.ForJob(facility.Id, "test");

    private static Task<IReadOnlyList<TrafficPoint>> MinutesAsync(GatewayHost host, Facility facility) =>
        host.Get<TrafficQueries>().GetMinutesAsync(ScopeOf(facility), DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(1));

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
