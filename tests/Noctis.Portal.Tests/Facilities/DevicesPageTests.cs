using Bunit;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Portal.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Facilities;

public sealed class DevicesPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_NoDevice_SaysWhoMaySendAlready()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        Assert.Contains("No device is registered", page.Markup, StringComparison.Ordinal);
        Assert.Contains(facility.AETitle, page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_Manager_RegistersTheDevice()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);
        var page = await RenderAsync(pages, facility, "?add=");

        page.Find("input[name=ae-title]").Input("CT-ROOM-2");
        page.Find("input[name=description]").Input("CT in room 2");
        page.Find("input[name=address]").Input("192.0.2.10");
        await page.Find("[role=dialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("CT in room 2", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        var row = page.Find("tbody tr").TextContent;
        Assert.Contains("CT-ROOM-2", row, StringComparison.Ordinal);
        Assert.Contains("192.0.2.10", row, StringComparison.Ordinal);
        Assert.Contains("May send", row, StringComparison.Ordinal);
        Assert.Equal($"/f/{facility.Id}/devices", pages.Path);
    }

    [Theory]
    [InlineData("ae-title", "CT\\2", "backslash")]
    [InlineData("address", "not an address!", "neither an IP address")]
    public async Task Add_InvalidValue_SaysSoAsItIsTyped(string field, string value, string message)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = await RenderAsync(pages, await pages.AddFacilityAsync(), "?add=CT1");

        page.Find($"input[name={field}]").Input(value);

        PagesUnderTest.WaitFor(page, () => Assert.Contains(message, page.Find($"input[name={field}]").ParentElement!.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RefusedCaller_NotRegistered_IsOfferedAndGoneOnceAllowed()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.RefuseAsync(facility, "MRI-3", JournalCode.CallingTitleUnknown, "MRI-3 is not registered here.", times: 3);
        var page = await RenderAsync(pages, facility);
        Assert.Contains("Refused 3 times", page.Markup, StringComparison.Ordinal);

        PagesUnderTest.WaitFor(page, () => Assert.Equal("Allow MRI-3", page.Find("[data-fix=RegisterDevice]").TextContent));
        page.Find("[data-fix=RegisterDevice]").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("MRI-3", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
        Assert.Contains("192.0.2.7", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-fix]"));
    }

    [Fact]
    public async Task RefusedCaller_WhileThePageIsOpen_AppearsWithoutReload()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);

        await pages.RefuseAsync(facility, "US-1", JournalCode.CallingTitleUnknown, "US-1 is not registered here.");

        PagesUnderTest.WaitFor(page, () => Assert.Equal("Allow US-1", page.Find("[data-fix=RegisterDevice]").TextContent));
    }

    [Fact]
    public async Task Remove_Confirmed_TakesTheDeviceAway()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await AddAsync(pages, facility, "CT1");
        var page = await RenderAsync(pages, facility);

        page.Find("button[aria-label='Remove CT1']").Click();
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Empty(page.FindAll("tbody tr")));
    }

    [Fact]
    public async Task Page_Staff_SeesDevicesAndChangesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await AddAsync(pages, facility, "CT1");
        await pages.SignInAsync(facility: facility, role: FacilityRole.Staff);

        var page = await RenderAsync(pages, facility, "?add=SNEAKY");

        Assert.Contains("CT1", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=dialog], button[aria-label^='Remove'], a[aria-label^='Change'], [data-fix]"));
    }

    [Fact]
    public async Task Page_AnotherFacilitysDevice_IsNeitherListedNorOpened()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var own = await pages.AddFacilityAsync("Own");
        var other = await pages.AddFacilityAsync("Other");
        var theirs = await AddAsync(pages, other, "THEIRS");
        await pages.RefuseAsync(other, "ALSO-THEIRS", JournalCode.CallingTitleUnknown, "Not registered.");

        var page = await RenderAsync(pages, own, $"?edit={theirs.Id}");

        Assert.DoesNotContain("THEIRS", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[role=dialog]"));
    }

    private static async Task<Device> AddAsync(PagesUnderTest pages, Facility facility, string title)
    {
        var added = await pages.Get<DeviceCommands>().AddAsync(Archive.FacilityScope.ForJob(facility.Id, "test"), new DeviceDraft(title));
        Assert.True(added.IsSuccess, added.ToString());
        return added.Value;
    }

    private static async Task<IRenderedComponent<DevicesPage>> RenderAsync(PagesUnderTest pages, Facility facility, string query = "")
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<DevicesPage>(current.Href("devices") + query, current);
    }
}
