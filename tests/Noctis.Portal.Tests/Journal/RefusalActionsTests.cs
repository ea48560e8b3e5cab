using Bunit;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Journal;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Journal;

public sealed class RefusalActionsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly Refusal Unknown = new(JournalCode.CallingTitleUnknown, JournalKind.Association, "CT-1", "192.0.2.7");

    [Fact]
    public async Task Actions_Manager_OneClickAllowsItAndTheToastTakesItBack()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);
        var current = await pages.EnterAsync(facility);
        var toast = pages.Render<AppliedFixToast>("/");
        var actions = pages.RenderWith<RefusalActions>("/", current!, parameters => parameters.Add(one => one.Facility, current!).Add(one => one.Refusal, Unknown));
        PagesUnderTest.Wait(actions, () => actions.FindAll("[data-fix=RegisterDevice]").Count == 1);

        actions.Find("[data-fix=RegisterDevice]").Click();

        PagesUnderTest.WaitFor(actions, () => Assert.Contains("CT-1 is registered now.", actions.Markup, StringComparison.Ordinal));
        Assert.Equal("192.0.2.7", Assert.Single(await pages.Get<DeviceQueries>().ListAsync(current!.Scope)).ExpectedAddress);
        PagesUnderTest.WaitFor(toast, () => Assert.Contains("CT-1 is registered and may send from 192.0.2.7.", toast.Markup, StringComparison.Ordinal));
        toast.Find(".notice-actions .btn").Click();
        PagesUnderTest.WaitFor(toast, () => Assert.Contains("Undone.", toast.Markup, StringComparison.Ordinal));
        Assert.Empty(await pages.Get<DeviceQueries>().ListAsync(current.Scope));
        PagesUnderTest.WaitFor(actions, () => Assert.NotEmpty(actions.FindAll("[data-fix=RegisterDevice]")));
    }

    [Fact]
    public async Task Actions_RoleLostSinceThePageWasOpened_ChangesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var current = await pages.EnterAsync(facility);
        var actions = pages.RenderWith<RefusalActions>("/", current!, parameters => parameters.Add(one => one.Facility, current!).Add(one => one.Refusal, Unknown));
        PagesUnderTest.Wait(actions, () => actions.FindAll("[data-fix=RegisterDevice]").Count == 1);
        await pages.SignInAsync(facility: facility);

        actions.Find("[data-fix=RegisterDevice]").Click();

        PagesUnderTest.WaitFor(actions, () => Assert.NotEmpty(actions.FindAll("[role=alert]")));
        Assert.Empty(await pages.Get<DeviceQueries>().ListAsync(current!.Scope));
    }
}
