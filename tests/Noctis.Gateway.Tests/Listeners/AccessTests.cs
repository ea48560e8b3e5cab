using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Each access setting on the wire: refused before, served after, and the other way round, without a restart.</summary>
public sealed class AccessTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task ChecksCalledAETitle_SwitchedOff_TakesWhatIsCalled()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.AddDeviceAsync(facility, new DeviceDraft("CT1"));
        await host.UntilDirectoryAsync(directory => directory.FindByDevice("CT1").Count > 0);
        Assert.Equal((1, 1, 7), await RejectedAsync(facility.Port, "CT1", "ORTHANC"));

        await ChangeAsync(host, facility, access => access with { ChecksCalledAETitle = false });

        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, "CT1", "ORTHANC"));
    }

    [Fact]
    public async Task ChecksCallingAETitle_SwitchedOff_TakesAStrangerWithoutADevice()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        Assert.Equal((1, 1, 3), await RejectedAsync(facility.Port, "NOBODY", facility.AETitle));

        await ChangeAsync(host, facility, access => access with { ChecksCallingAETitle = false });

        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, "NOBODY", facility.AETitle));
        var served = (await host.AssociationsAsync(facility.Id, rows: 2)).First(entry => entry.Outcome == JournalOutcome.Completed);
        Assert.Equal(("NOBODY", null), (served.CallingAETitle, served.DeviceId));
    }

    [Fact]
    public async Task IsCaseSensitive_SwitchedOff_TakesEitherSpellingAtBothDoors()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await host.AddDeviceAsync(facility, new DeviceDraft("Mr1"));
        await host.UntilDirectoryAsync(directory => directory.FindByDevice("Mr1").Count > 0);
        Assert.Equal((1, 1, 3), await RejectedAsync(facility.Port, "MR1", facility.AETitle));
        Assert.Equal((1, 1, 3), await RejectedAsync(host.SharedPort, "MR1", "NOCTIS_SERVER"));

        await ChangeAsync(host, facility, access => access with { IsCaseSensitive = false });

        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, "MR1", facility.AETitle.ToLowerInvariant()));
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(host.SharedPort, "MR1", "noctis_server"));
    }

    [Fact]
    public async Task AllowedNetworks_WithoutTheCaller_RefuseItAndWithItServeIt()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await ChangeAsync(host, facility, access => access with { AllowedNetworks = ["192.0.2.0/24", "2001:db8::/32"] });

        Assert.Equal((1, 1, 1), await RejectedAsync(facility.Port, facility.AETitle, facility.AETitle));
        var entry = Assert.Single(await host.JournalAsync(facility.Id));
        Assert.Equal(JournalCode.NetworkNotAllowed, entry.Code);
        Assert.Contains("192.0.2.0/24, 2001:db8::/32", entry.Reason, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1), await RejectedAsync(host.SharedPort, facility.AETitle, "NOCTIS_SERVER"));

        await ChangeAsync(host, facility, access => access with { AllowedNetworks = ["192.0.2.0/24", "127.0.0.0/8"] });

        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(facility.Port, facility.AETitle, facility.AETitle));
        Assert.Equal(DicomStatus.Success, await Scu.EchoAsync(host.SharedPort, facility.AETitle, "NOCTIS_SERVER"));
    }

    [Fact]
    public async Task Changed_WhileAnAssociationRuns_LeavesThatOneAlone()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central Hospital");
        await using var running = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);

        await ChangeAsync(host, facility, access => access with { AllowedNetworks = ["192.0.2.0/24"] });

        Assert.Equal((1, 1, 1), await RejectedAsync(facility.Port, facility.AETitle, facility.AETitle));
        Assert.Equal(DicomStatus.Success, await running.EchoAsync());
    }

    private static async Task<(int Result, int Source, int Reason)> RejectedAsync(int port, string calling, string called) =>
        (await Assert.ThrowsAsync<AssociationRejectedException>(() => Scu.ConnectAsync(port, calling, called))).Codes();

    private static async Task ChangeAsync(GatewayHost host, Facility facility, Func<AccessSettings, AccessSettings> change)
    {
        var changed = await host.Get<FacilitySettingsCommands>().ChangeAsync(
            FacilityScope.ForJob(facility.Id, "test"), settings => settings with { Access = change(settings.Access) });
        Assert.True(changed.IsSuccess, changed.Error?.Message);
        await host.UntilDirectoryAsync(directory => SettingsDocument.Write(directory.Find(facility.Id)!.Settings) == SettingsDocument.Write(changed.Value.Settings));
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
