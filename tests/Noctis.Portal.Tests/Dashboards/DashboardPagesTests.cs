using Bunit;
using Noctis.Archive.Facilities;
using Noctis.Archive.Traffic;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Dashboards;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Dashboards;

public sealed class DashboardPagesTests : IAsyncLifetime
{
    // One for each test: sums over all facilities show what other tests have added.
    private readonly DatabaseFixture _databases = new();

    public Task InitializeAsync() => _databases.InitializeAsync();

    public Task DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task Dashboard_NothingCameYet_TeachesHowToBegin()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        Assert.Contains("Nothing came in the last 24 hours", page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll($"a[href='/f/{facility.Id}/connection']"));
        Assert.NotEmpty(page.FindAll($"a[href='/f/{facility.Id}/connection/check']"));
    }

    [Fact]
    public async Task Dashboard_Traffic_IsDrawnAndSaidInWords()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync();
        await AddAsync(pages, facility, images: 1200, refusals: 3);

        var page = await RenderAsync(pages, facility, "?range=15m");

        Assert.Equal(6, page.FindAll("svg.chart").Count);
        Assert.All(page.FindAll("svg.chart"), chart => Assert.Contains("in the last 15 minutes", chart.GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.Contains("1,200 images", page.Find("#images-title").ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("3 refusals", page.Find("#refusals-title").ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("rect.chart-bar.is-warn"));
        Assert.Equal("15 min", page.Find("nav[aria-label='How far back'] [aria-current]").TextContent);
    }

    [Fact]
    public async Task Dashboard_AsATable_HoldsTheSameFigures()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync();
        await AddAsync(pages, facility, images: 1200, refusals: 3);

        var page = await RenderAsync(pages, facility, "?range=15m&view=table");

        Assert.Empty(page.FindAll("svg.chart"));
        Assert.Equal(15, page.FindAll("tbody tr").Count);
        var filled = Assert.Single(page.FindAll("tbody tr"), row => row.TextContent.Contains("1,200", StringComparison.Ordinal));
        Assert.Contains("12 MB", filled.TextContent, StringComparison.Ordinal);
        Assert.Contains("5 ms", filled.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_TrafficOfAnotherServer_AppearsWithoutReload()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility, "?range=15m");

        // Another server adds to the same database; nothing in this process hears of it but the feed.
        await AddAsync(pages, facility, images: 7, refusals: 0);
        await pages.Get<TrafficFeed>().RefreshAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("7 images", page.Find("#images-title").ParentElement!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_AssociationOpens_IsCountedAtOnce()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        Assert.Equal("0", page.Find("[aria-label='Associations now'] .v").TextContent);

        pages.Listeners.Set(facility.Id, new ListenerStatus(ListenerState.Running, DateTime.UtcNow) { ActiveAssociations = 4 });

        PagesUnderTest.WaitFor(page, () => Assert.Equal("4", page.Find("[aria-label='Associations now'] .v").TextContent));
    }

    [Fact]
    public async Task Dashboard_AnotherFacilitysTraffic_IsNotInIt()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var own = await pages.AddFacilityAsync("Own");
        var other = await pages.AddFacilityAsync("Other");
        await AddAsync(pages, other, images: 9, refusals: 9);
        await pages.SignInAsync(facility: own);

        var page = await RenderAsync(pages, own, "?range=15m");

        Assert.Contains("Nothing came", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Other", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdministratorDashboard_Facilities_AreAddedUpAndRanked()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var busy = await pages.AddFacilityAsync("Busy");
        var refusing = await pages.AddFacilityAsync("Refusing");
        var silent = await pages.AddFacilityAsync("Silent");
        await AddAsync(pages, busy, images: 100, refusals: 0);
        await AddAsync(pages, refusing, images: 1, refusals: 50);
        pages.Listeners.Set(silent.Id, ListenerState.Failed, "The port is taken.", "Choose another one.");

        var page = pages.Render<AdministratorDashboardPage>("/admin/dashboard?range=15m");

        Assert.Contains("101 images", page.Find("#images-title").ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Busy", "Refusing", "Silent"], Names(page));
        // To the rows themselves, since the charts begin.
        Assert.Matches(@"^/admin/activity\?outcome=refused&time=\d{4}-\d\d-\d\dT\d\d%3A\d\dZ\.\.$", page.Find("#refusals-title + a").GetAttribute("href"));
        Assert.StartsWith("/admin/activity?outcome=trouble&time=", page.Find("[aria-label='Refusals and errors'] .v a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll($"a[href='/f/{busy.Id}/dashboard?range=15m']"));
        Assert.Equal(["Refusing"], Names(pages.Render<AdministratorDashboardPage>("/admin/dashboard?range=15m&by=refusals")));
        Assert.Equal(["Silent"], Names(pages.Render<AdministratorDashboardPage>("/admin/dashboard?range=15m&by=silent")));
        var failed = pages.Render<AdministratorDashboardPage>("/admin/dashboard?range=30d&by=failed");
        Assert.Equal(["Silent"], Names(failed));
        Assert.Contains("The port is taken. Choose another one.", failed.Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing failed at any facility.", pages.Render<AdministratorDashboardPage>("/admin/dashboard?by=errors").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdministratorDashboard_NotAnAdministrator_ShowsNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync("Secret Clinic");
        await pages.SignInAsync(facility: facility);

        var page = pages.Render<AdministratorDashboardPage>("/admin/dashboard");

        Assert.Contains("needs an administrator", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret Clinic", page.Markup, StringComparison.Ordinal);
    }

    private static Task AddAsync(PagesUnderTest pages, Facility facility, int images, int refusals)
    {
        var now = DateTime.UtcNow;
        return pages.Get<TrafficLedger>().AddAsync(
            [
                new TrafficMinute
                {
                    FacilityId = facility.Id,
                    StartUtc = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc),
                    Associations = 1,
                    Images = images,
                    Bytes = images * 10_000L,
                    StoreMs = images * 5L,
                    Refusals = refusals,
                    PeakAssociations = 1,
                },
            ],
            []);
    }

    private static List<string> Names(IRenderedComponent<AdministratorDashboardPage> page) => [.. page.FindAll(".ranking tbody .row-link").Select(link => link.TextContent)];

    private static async Task<IRenderedComponent<DashboardPage>> RenderAsync(PagesUnderTest pages, Facility facility, string query = "")
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<DashboardPage>(current.Href("dashboard") + query, current);
    }
}
