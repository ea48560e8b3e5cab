using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network.Pdus;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests.Listeners;

/// <summary>Settings that come by another way than being set: from defaults, from another facility, by taking a change back.</summary>
public sealed class SettingsOriginsOnTheWireTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    [Fact]
    public async Task Defaults_Changed_CountForNewFacilitiesAndNotForThoseThatAreThere()
    {
        await using var host = await StartAsync();
        var before = await host.CreateFacilityAsync("Before");
        var saved = await host.Get<FacilitySettingsCommands>().SaveDefaultsAsync(Administrator, WithoutEcho(16_384), version: 0);
        Assert.True(saved.IsSuccess, saved.Error?.Message);

        var after = await host.CreateFacilityAsync("After");

        Assert.Equal((131_072u, true), await SeenAsync(before));
        Assert.Equal((16_384u, false), await SeenAsync(after));
    }

    [Fact]
    public async Task Copy_FromAnotherFacility_TakesTheChosenGroupsAndNotTheRest()
    {
        await using var host = await StartAsync();
        var (source, target) = (await host.CreateFacilityAsync("Source"), await host.CreateFacilityAsync("Target"));
        await host.SetAsync(source, WithoutEcho(16_384));

        var copied = await host.Get<SettingsCopying>().CopyAsync(ScopeOf(source), ScopeOf(target), [nameof(FacilitySettings.Services)]);
        Assert.True(copied.IsSuccess, copied.Error?.Message);
        await host.SettleAsync();

        Assert.Equal((131_072u, false), await SeenAsync(target));
    }

    [Fact]
    public async Task Undo_OfAChange_BringsBackWhatWasAndLeavesWhatWasChangedBesideIt()
    {
        await using var host = await StartAsync();
        var facility = await host.CreateFacilityAsync("Central");
        await ChangeAsync(host, facility, settings => settings with { Services = WithoutEcho(0).Services });
        await ChangeAsync(host, facility, settings => settings with { Network = settings.Network with { IdleTimeoutSeconds = 60 } });
        await host.SettleAsync();
        Assert.Equal((131_072u, false), await SeenAsync(facility));
        var history = await host.Get<FacilitySettingsQueries>().HistoryAsync(ScopeOf(facility));
        Assert.Equal((2, "test"), (history.Count, history[1].ActorName));

        var undone = await host.Get<SettingsUndo>().UndoAsync(ScopeOf(facility), history[1].Id);
        Assert.True(undone.IsSuccess, undone.Error?.Message);
        await host.SettleAsync();

        Assert.Equal((131_072u, true), await SeenAsync(facility));
        Assert.Equal(60, (await host.Get<FacilitySettingsQueries>().GetAsync(ScopeOf(facility))).Settings.Network.IdleTimeoutSeconds);
    }

    private static FacilitySettings WithoutEcho(int maxPduLength) => new()
    {
        Network = new NetworkSettings { MaxPduLength = maxPduLength },
        Services = new ServiceSettings { Off = ["C-ECHO"] },
    };

    private static FacilityScope ScopeOf(Facility facility) => FacilityScope.ForJob(facility.Id, "test");

    private static async Task ChangeAsync(GatewayHost host, Facility facility, Func<FacilitySettings, FacilitySettings> change) =>
        Assert.True((await host.Get<FacilitySettingsCommands>().ChangeAsync(ScopeOf(facility), change)).IsSuccess);

    /// <summary>What a device is told: the longest PDU, and whether it may echo.</summary>
    private static async Task<(uint MaxPduLength, bool Echoes)> SeenAsync(Facility facility)
    {
        await using var client = await Scu.ConnectAsync(facility.Port, facility.AETitle, facility.AETitle);
        await client.ReleaseAsync();
        return (
            client.Association.Response.UserInformation.MaximumLength!,
            client.Association.PresentationContexts.First(context => context.AbstractSyntax == DicomUID.Verification.Value).Result == PresentationContextResult.Acceptance);
    }

    private async Task<GatewayHost> StartAsync() => await GatewayHost.StartAsync(await databases.OpenAsync(DatabaseProviderKind.Sqlite));
}
