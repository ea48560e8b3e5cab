using Bunit;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Facilities;

public sealed class FacilitiesPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task List_Facility_ShowsWhatItHasAndOpens()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync($"Shown {Guid.NewGuid():N}");
        await pages.StoreAsync(facility, new PhantomImage());

        var row = pages.Render<FacilitiesPage>($"/admin/facilities?q={facility.AETitle}").Find("tbody tr");

        Assert.Equal($"/f/{facility.Id}", row.GetAttribute("data-href"));
        Assert.Contains(facility.Name, row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Listening", row.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector($"button[aria-label='Stop: {facility.Name}']"));
        Assert.NotNull(row.QuerySelector($"button[aria-label='Drain: {facility.Name}']"));
        Assert.NotNull(row.QuerySelector($"button[aria-label='Restart: {facility.Name}']"));
        Assert.Equal("1", row.QuerySelector("td[data-label=Studies]")!.TextContent);
        Assert.Equal("1", row.QuerySelector("td[data-label=Images]")!.TextContent);
    }

    [Fact]
    public async Task List_ListenerFails_SaysWhyWithoutReload()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = pages.Render<FacilitiesPage>($"/admin/facilities?q={facility.AETitle}");

        pages.Listeners.Set(facility.Id, ListenerState.Failed, "Port 11113 is used by another program.", "Stop that program.");

        PagesUnderTest.WaitFor(page, () =>
        {
            var listener = page.Find("td.listener").TextContent;
            Assert.Contains("Not listening", listener, StringComparison.Ordinal);
            Assert.Contains("Port 11113 is used by another program. Stop that program.", listener, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task List_FacilityCreated_AppearsWithoutReload()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var mark = Guid.NewGuid().ToString("N");
        await pages.AddFacilityAsync($"First {mark}");
        var page = pages.Render<FacilitiesPage>($"/admin/facilities?q={mark}");
        Assert.Single(page.FindAll("tbody tr"));

        await pages.AddFacilityAsync($"Second {mark}");

        PagesUnderTest.WaitFor(page, () => Assert.Equal(2, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public async Task Search_NothingMatches_SaysHowToLook()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        await pages.AddFacilityAsync();

        Assert.Contains("No facility matches", pages.Render<FacilitiesPage>("/admin/facilities?q=there-is-none-of-this").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_MoreThanAPage_GoesOnByKey()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var mark = Guid.NewGuid().ToString("N");
        for (var i = 0; i <= FacilitiesPage.PageSize; i++)
            await pages.AddFacilityAsync($"{mark} {i:D3}");

        var first = pages.Render<FacilitiesPage>($"/admin/facilities?q={mark}");
        Assert.Equal(FacilitiesPage.PageSize, first.FindAll("tbody tr").Count);
        Assert.Empty(first.FindAll("a[rel=prev]"));
        var second = pages.Render<FacilitiesPage>(new Uri(new Uri("http://localhost"), first.Find("a[rel=next]").GetAttribute("href")).PathAndQuery);

        Assert.Contains($"{mark} {FacilitiesPage.PageSize:D3}", Assert.Single(second.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Single(second.FindAll("a[rel=prev]"));
        Assert.Empty(second.FindAll("a[rel=next]"));
    }

    [Fact]
    public async Task List_NotAnAdministrator_ShowsNoFacility()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility);

        var page = pages.RenderUnloaded<FacilitiesPage>("/admin/facilities");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("needs an administrator", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(facility.AETitle, page.Markup, StringComparison.Ordinal);
    }
}
