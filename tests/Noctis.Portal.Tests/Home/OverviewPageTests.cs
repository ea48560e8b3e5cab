using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Home;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Home;

public sealed class OverviewPageTests : IAsyncLifetime
{
    // One for each test: the overview shows what other tests have made.
    private readonly DatabaseFixture _databases = new();

    public Task InitializeAsync() => _databases.InitializeAsync();

    public Task DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task Overview_Facilities_AddsThemUpAndNamesWhatFails()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
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
    public async Task Overview_DatabaseGoesAwayWhileItIsOpen_SaysSoUntilItIsBack()
    {
        var database = new DatabaseSwitch();
        await using var pages = await PagesUnderTest.OpenAsync(_databases, configure: database.Into);
        await pages.AddFacilityAsync("Away");
        var page = pages.Render<OverviewPage>("/admin");

        database.IsAway = true;
        pages.Listeners.SetDatabase(answers: false);

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Not receiving: the database does not answer.", page.Find(".sub").TextContent, StringComparison.Ordinal));
        Assert.Contains("The database does not answer", page.Find("[aria-labelledby='attention-title'] .step .b").TextContent, StringComparison.Ordinal);
        database.IsAway = false;
        pages.Listeners.SetDatabase(answers: true);
        PagesUnderTest.WaitFor(page, () => Assert.DoesNotContain("does not answer", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Overview_DiskAtItsFloor_DoesNotCallItReceiving()
    {
        var disk = new SettableDisk { FreeBytes = 1_000_000_000 };
        await using var pages = await PagesUnderTest.OpenAsync(_databases, configure: services => services.AddSingleton<IDiskSpace>(disk));
        await pages.AddFacilityAsync("Full");

        var page = pages.Render<OverviewPage>("/admin");

        Assert.Contains("Not receiving: the server's disk is full.", page.Find(".sub").TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/storage", page.Find("[aria-labelledby='attention-title'] .step a").GetAttribute("href"));
        disk.FreeBytes++;
        Assert.DoesNotContain("disk is full", pages.Render<OverviewPage>("/admin").Find(".sub").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_DiskFullAndOneFacilityCleansUp_IsNotSaidToReceiveNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases, configure: services => services.AddSingleton<IDiskSpace>(new SettableDisk { FreeBytes = 0 }));
        await pages.AddFacilityAsync("Keeps");
        await pages.CleanUpAsync(await pages.AddFacilityAsync("Cleans"));

        var page = pages.Render<OverviewPage>("/admin");

        Assert.Contains("Receiving only what clean-up makes room for: the server's disk is full.", page.Find(".sub").TextContent, StringComparison.Ordinal);
        Assert.Contains("where clean-up is on", page.Find("[aria-labelledby='attention-title'] .step").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CleanUp.Off, "Quota does not receive.")]
    [InlineData(CleanUp.WhenFull, "Receiving, but one thing needs you.")]
    public async Task Overview_QuotaUsedUp_NamesTheFacilityUnlessCleanUpMakesRoom(CleanUp cleanUp, string verdict)
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync("Quota");
        await pages.StoreAsync(facility, new PhantomImage());
        await using (var context = pages.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities())
        {
            context.Add(new StorageSettings { FacilityId = facility.Id, QuotaBytes = 1, CleanUp = cleanUp });
            await context.SaveChangesAsync();
        }

        var page = pages.Render<OverviewPage>("/admin");

        Assert.Contains(verdict, page.Find(".sub").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_NotAnAdministrator_ShowsNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility);

        var page = pages.Render<OverviewPage>("/admin");

        Assert.Contains("needs an administrator", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(facility.AETitle, page.Markup, StringComparison.Ordinal);
    }
}
