using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Portal.Journal;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Journal;

public sealed class FixCommandsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Theory]
    [InlineData(FixKind.RegisterDevice, "192.0.2.7")]
    [InlineData(FixKind.RegisterDeviceAnywhere, null)]
    public async Task Apply_Register_AddsTheDeviceAndUndoTakesItAway(FixKind kind, string? address)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var scope = await ManageAsync(pages);

        var applied = await pages.Get<FixCommands>().ApplyAsync(scope, kind, Refused(JournalCode.CallingTitleUnknown));

        Assert.True(applied.IsSuccess, applied.ToString());
        var device = Assert.Single(await DevicesAsync(pages, scope));
        Assert.Equal(("CT-1", address, true), (device.AETitle, device.ExpectedAddress, device.IsActive));
        Assert.True((await applied.Value.Undo!(scope)).IsSuccess);
        Assert.Empty(await DevicesAsync(pages, scope));
    }

    [Fact]
    public async Task Apply_RegisterTwice_IsRefusedWithTheRule()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var scope = await ManageAsync(pages);
        await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.RegisterDevice, Refused(JournalCode.CallingTitleUnknown));

        var again = await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.RegisterDevice, Refused(JournalCode.CallingTitleUnknown));

        Assert.IsType<InvalidError>(again.Error);
    }

    [Fact]
    public async Task Apply_SwitchOnAndMove_ChangeTheDeviceAndUndoLeavesWhatWasChangedBeside()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var scope = await ManageAsync(pages);
        var device = (await pages.Get<DeviceCommands>().AddAsync(scope, new DeviceDraft("CT-1", "old", "192.0.2.1", IsActive: false))).Value;

        var on = await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.SwitchDeviceOn, Refused(JournalCode.DeviceInactive));
        var moved = await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.TakeAddress, Refused(JournalCode.AddressUnexpected));
        Assert.Equal((true, "192.0.2.7"), await StateAsync());
        await pages.Get<DeviceCommands>().UpdateAsync(scope, device.Id, new DeviceDraft("CT-1", "new", "192.0.2.7"));

        Assert.True((await moved.Value.Undo!(scope)).IsSuccess);
        Assert.Equal((true, "192.0.2.1"), await StateAsync());
        Assert.True((await on.Value.Undo!(scope)).IsSuccess);
        Assert.Equal((false, "192.0.2.1"), await StateAsync());
        Assert.Equal("new", Assert.Single(await DevicesAsync(pages, scope)).Description);

        async Task<(bool, string?)> StateAsync()
        {
            var now = Assert.Single(await DevicesAsync(pages, scope));
            return (now.IsActive, now.ExpectedAddress);
        }
    }

    [Fact]
    public async Task Apply_Settings_AreAFixInTheHistoryAndUndoTakesThemBack()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var scope = await ManageAsync(pages);
        await pages.Get<FacilitySettingsCommands>().ChangeAsync(scope, settings => settings with { Access = settings.Access with { AllowedNetworks = ["198.51.100.0/24"] } });

        var allowed = await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.AllowAddress, Refused(JournalCode.NetworkNotAllowed));
        var ignored = await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.IgnoreCase, Refused(JournalCode.CallingTitleCaseDiffers));
        var after = (await pages.Get<FacilitySettingsQueries>().GetAsync(scope)).Settings.Access;
        Assert.Equal(["198.51.100.0/24", "192.0.2.7/32"], after.AllowedNetworks);
        Assert.False(after.IsCaseSensitive);
        Assert.Equal(SettingsChangeCause.Fix, (await pages.Get<FacilitySettingsQueries>().HistoryAsync(scope))[0].Cause);

        Assert.True((await allowed.Value.Undo!(scope)).IsSuccess);
        Assert.True((await ignored.Value.Undo!(scope)).IsSuccess);
        after = (await pages.Get<FacilitySettingsQueries>().GetAsync(scope)).Settings.Access;
        Assert.Equal(["198.51.100.0/24"], after.AllowedNetworks);
        Assert.True(after.IsCaseSensitive);
    }

    [Fact]
    public async Task Apply_NothingLeftToChange_HasNothingToUndo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var scope = await ManageAsync(pages);
        await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.IgnoreCase, Refused(JournalCode.CallingTitleCaseDiffers));

        var again = await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.IgnoreCase, Refused(JournalCode.CallingTitleCaseDiffers));

        Assert.True(again.IsSuccess);
        Assert.Null(again.Value.Undo);
    }

    [Fact]
    public async Task Apply_Staff_IsForbidden()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility);
        var scope = (await pages.EnterAsync(facility))!.Scope;

        Assert.IsType<ForbiddenError>((await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.RegisterDevice, Refused(JournalCode.CallingTitleUnknown))).Error);
        Assert.IsType<ForbiddenError>((await pages.Get<FixCommands>().ApplyAsync(scope, FixKind.IgnoreCase, Refused(JournalCode.CallingTitleCaseDiffers))).Error);
    }

    private static async Task<FacilityScope> ManageAsync(PagesUnderTest pages) => (await pages.EnterAsync(await pages.AddFacilityAsync()))!.Scope;

    private static Task<IReadOnlyList<Device>> DevicesAsync(PagesUnderTest pages, FacilityScope scope) => pages.Get<DeviceQueries>().ListAsync(scope);

    private static Refusal Refused(JournalCode code) => new(code, JournalKind.Association, "CT-1", "192.0.2.7");
}
