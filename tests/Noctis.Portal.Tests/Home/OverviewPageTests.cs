using Bunit;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Home;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Home;

public sealed class OverviewPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Overview_Facilities_AddsThemUpAndNamesWhatFails()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        Assert.Contains("Begin with a facility", pages.Render<OverviewPage>("/admin").Markup, StringComparison.Ordinal);
        var first = await pages.AddFacilityAsync("First");
        var second = await pages.AddFacilityAsync("Second");
        await pages.StoreAsync(first, new PhantomImage());
        await pages.StoreAsync(second, new PhantomImage());

        var page = pages.Render<OverviewPage>("/admin");

        Assert.Equal("2", page.Find("[aria-label='Facilities'] .v").TextContent);
        Assert.Equal("2", page.Find("[aria-label='Images today'] .v").TextContent);
        Assert.Contains("2 of 2 active listening", page.Markup, StringComparison.Ordinal);

        pages.Listeners.Set(second.Id, ListenerState.Failed, "The port is taken.", "Choose another one.");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Second does not receive.", page.Find(".sub").TextContent, StringComparison.Ordinal));
        Assert.Contains("The port is taken. Choose another one.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("1 of 2 active listening", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_NotAnAdministrator_ShowsNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility);

        var page = pages.Render<OverviewPage>("/admin");

        Assert.Contains("needs an administrator", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(facility.AETitle, page.Markup, StringComparison.Ordinal);
    }
}
