using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Listeners;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Gateway.Tests.Listeners;

public sealed class SharedDoorTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private const string Server = "NOCTIS_SERVER";

    [Fact]
    public async Task Store_BySharedDoor_LandsAtTheFacilityOfTheCallingTitle()
    {
        await using var host = await StartAsync();
        var central = await host.CreateFacilityAsync("Central Hospital");
        var north = await host.CreateFacilityAsync("North Clinic");
        await host.AddDeviceAsync(north, new DeviceDraft("US7"));
        await host.CreateFacilityAsync("Later");

        await Scu.StoreAsync(host.SharedPort, central.AETitle, Server, new PhantomImage());
        await Scu.StoreAsync(host.SharedPort, "US7", Server, PhantomImage.CreateSeries(new PhantomImage(), 2));

        Assert.Equal(1, Assert.Single(await host.AssociationsAsync(central.Id)).Images);
        Assert.Equal(2, Assert.Single(await host.AssociationsAsync(north.Id)).Images);
        Assert.Equal((1, 2, 3), (host.Status.Get(central.Id).Images, host.Status.Get(north.Id).Images, host.Status.SharedDoor.Images));
        var device = Assert.Single(await host.Get<DeviceQueries>().ListAsync(Archive.FacilityScope.ForJob(north.Id, "test")));
        Assert.Equal("127.0.0.1", device.LastSeenAddress);
        Assert.NotNull(device.LastSeenUtc);
    }

    [Fact]
    public async Task Associate_TitleOfTwoFacilities_IsRejectedForTheAdministrator()
    {
        await using var host = await StartAsync();
        var central = await host.CreateFacilityAsync("Central Hospital");
        var north = await host.CreateFacilityAsync("North Clinic");
        await host.AddDeviceAsync(central, new DeviceDraft("TWICE1"));
        await host.AddDeviceAsync(north, new DeviceDraft("TWICE1"));
        await host.CreateFacilityAsync("Later");

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, "TWICE1", Server));

        Assert.Equal((1, 1, 3), rejected.Codes());
        var entry = await host.FrontDoorEntryAsync(entry => entry.CallingAETitle == "TWICE1");
        Assert.Empty(await host.JournalAsync(central.Id, rows: 0));
        Assert.Empty(await host.JournalAsync(north.Id, rows: 0));
        Assert.Equal(JournalCode.CallerAmbiguous, entry.Code);
    }

    [Theory]
    [InlineData("NOBODY", Server, 3, JournalCode.CallingTitleUnknown)]
    [InlineData("NOBODY", "ORTHANC", 7, JournalCode.CalledTitleWrong)]
    public async Task Associate_Unknown_IsRejectedForTheAdministrator(string calling, string called, int reason, JournalCode code)
    {
        await using var host = await StartAsync();
        await host.CreateFacilityAsync("Central Hospital");

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, calling, called));

        Assert.Equal((1, 1, reason), rejected.Codes());
        var entry = await host.FrontDoorEntryAsync(entry => entry.LocalPort == host.SharedPort);
        Assert.Equal(code, entry.Code);
    }

    [Fact]
    public async Task Associate_SuspendedFacility_IsRejectedForNowAndTheFacilityReadsWhy()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.SuspendAsync(facility);
        await host.Status.UntilAsync(facility.Id, ListenerState.Stopped);

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, facility.AETitle, Server));

        Assert.Equal((2, 1, 1), rejected.Codes());
        Assert.Contains("is suspended", Assert.Single(await host.JournalAsync(facility.Id)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_OneFacilityFloodsTheDoor_LeavesItOpenToTheOthers()
    {
        await using var host = await StartAsync();
        var flooding = await host.CreateFacilityAsync("Flooding");
        await host.SetAsync(flooding, new NetworkSettings { MaxAssociations = 2 });
        var quiet = await host.CreateFacilityAsync("Quiet");
        await using var first = await Scu.ConnectAsync(host.SharedPort, flooding.AETitle, Server);
        await using var second = await Scu.ConnectAsync(host.SharedPort, flooding.AETitle, Server);

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(host.SharedPort, flooding.AETitle, Server));

        Assert.Equal((2, 3, 2), rejected.Codes());
        Assert.Equal(JournalCode.LimitReached, Assert.Single(await host.JournalAsync(flooding.Id)).Code);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(host.SharedPort, quiet.AETitle, Server));
    }

    private async Task<GatewayHost> StartAsync(Dictionary<string, string?>? settings = null) =>
        await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite), settings);
}
