using System.Net;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Gateway.Admission;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>What is set at a registered device, and networks of both versions of the Internet Protocol, by real connections.</summary>
public sealed class DevicesOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Device_SwitchedOff_IsRefusedUntilItIsSwitchedOn()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var device = await host.AddDeviceAsync(facility, new DeviceDraft("CT1"));
        await FollowedAsync(host, facility, one => one.IsActive);
        await using var running = await Scu.ConnectAsync(facility.Port, "CT1", facility.AETitle);

        await UpdateAsync(host, facility, device, new DeviceDraft("CT1", IsActive: false));
        await FollowedAsync(host, facility, one => !one.IsActive);

        Assert.Equal((1, 1, 3), await RejectedAsync(facility, "CT1"));
        Assert.Equal(JournalCode.DeviceInactive, Assert.Single(await host.JournalAsync(facility.Id)).Code);
        Assert.Equal(DicomStatus.Success, await running.EchoAsync());
        await UpdateAsync(host, facility, device, new DeviceDraft("CT1"));
        await FollowedAsync(host, facility, one => one.IsActive);
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, "CT1", facility.AETitle));
    }

    [Fact]
    public async Task Device_ExpectedElsewhere_IsRefusedHereAndTakenThere()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.AddDeviceAsync(facility, new DeviceDraft("CT1", ExpectedAddress: "127.0.0.2"));
        await FollowedAsync(host, facility, one => one.ExpectedAddress == "127.0.0.2");

        Assert.Equal((1, 1, 3), await RejectedAsync(facility, "CT1"));

        Assert.Equal(JournalCode.AddressUnexpected, Assert.Single(await host.JournalAsync(facility.Id)).Code);
        Assert.Equal(DicomStatus.Success, await EchoFromAsync(facility, "CT1", "127.0.0.2"));
    }

    [Fact]
    public async Task Device_ExpectedByHostName_IsTakenFromItsAddressAlone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.AddDeviceAsync(facility, new DeviceDraft("CT1", ExpectedAddress: "localhost"));
        await FollowedAsync(host, facility, one => one.ExpectedAddress == "localhost");

        Assert.Equal(DicomStatus.Success, await EchoFromAsync(facility, "CT1", "127.0.0.1"));
        await Assert.ThrowsAsync<AssociationRejectedException>(() => EchoFromAsync(facility, "CT1", "127.0.0.2"));
    }

    [Fact]
    public async Task AllowedNetworks_PartOfANetwork_HoldsThatPartAlone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await host.SetAsync(facility, new FacilitySettings { Access = new AccessSettings { AllowedNetworks = ["127.0.1.0/24", "127.0.2.4/30"] } });

        foreach (var inside in (string[])["127.0.1.1", "127.0.1.255", "127.0.2.4", "127.0.2.7"])
            Assert.Equal(DicomStatus.Success, await EchoFromAsync(facility, facility.AETitle, inside));
        foreach (var outside in (string[])["127.0.0.1", "127.0.2.3", "127.0.2.8"])
            Assert.Equal((1, 1, 1), (await Assert.ThrowsAsync<AssociationRejectedException>(() => EchoFromAsync(facility, facility.AETitle, outside))).Codes());
    }

    [Fact]
    public async Task AllowedNetworks_OfIPv6_AreLookedAtOnAnIPv6Port()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        var network = new NetworkSettings { BindAddress = "::1" };
        await host.SetAsync(facility, new FacilitySettings { Network = network, Access = new AccessSettings { AllowedNetworks = ["::1/128"] } });
        await host.Status.UntilAsync(facility.Id, status => status.EndPoint?.Address.Equals(IPAddress.IPv6Loopback) == true);
        Assert.Equal(DicomStatus.Success, await EchoAsync(facility, facility.AETitle, "::1"));

        await host.SetAsync(facility, new FacilitySettings { Network = network, Access = new AccessSettings { AllowedNetworks = ["2001:db8::/32"] } });

        Assert.Equal((1, 1, 1), (await Assert.ThrowsAsync<AssociationRejectedException>(() => EchoAsync(facility, facility.AETitle, "::1"))).Codes());
    }

    private static Task<DicomStatus> EchoFromAsync(Facility facility, string calling, string address) =>
        EchoAsync(facility, calling, "127.0.0.1", new IPEndPoint(IPAddress.Parse(address), 0));

    private static async Task<DicomStatus> EchoAsync(Facility facility, string calling, string host, IPEndPoint? from = null)
    {
        await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = host,
            Port = facility.Port,
            LocalEndPoint = from,
            CallingAETitle = calling,
            CalledAETitle = facility.AETitle,
            PresentationContexts = [new(1, DicomUID.Verification.Value, [DicomUID.ImplicitVRLittleEndian.Value])],
        });
        var status = await client.EchoAsync();
        await client.ReleaseAsync();
        return status;
    }

    private static async Task<(int Result, int Source, int Reason)> RejectedAsync(Facility facility, string calling) =>
        (await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(facility.Port, calling, facility.AETitle))).Codes();

    private static async Task UpdateAsync(GatewayHost host, Facility facility, Device device, DeviceDraft draft) =>
        Assert.True((await host.Get<DeviceCommands>().UpdateAsync(FacilityScope.ForJob(facility.Id, "test"), device.Id, draft)).IsSuccess);

    private static Task FollowedAsync(GatewayHost host, Facility facility, Func<GatewayDevice, bool> predicate) =>
        host.UntilDirectoryAsync(directory => directory.Find(facility.Id)?.FindDevice("CT1") is { } device && predicate(device));

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
