using Bunit;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Facilities;

public sealed class ConnectionPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_PublicHost_ShowsWhatAScannerNeedsWithCopyButtons()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:PublicHost"] = "pacs.example.org" });
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        var copies = page.FindAll(".kv.big [data-copy]").Select(button => button.GetAttribute("data-copy"));
        Assert.Equal(["pacs.example.org", $"{facility.Port}", facility.AETitle, facility.AETitle], copies);
        Assert.Contains($"echoscu -v -aet {facility.AETitle} -aec {facility.AETitle} pacs.example.org {facility.Port}", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("this computer only", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SharedDoor_ShowsItsValuesToo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:SharedPort"] = "10104", ["Dicom:ServerAETitle"] = "FRONTDOOR" });

        var page = await RenderAsync(pages, await pages.AddFacilityAsync());

        Assert.Contains("10104", page.Markup, StringComparison.Ordinal);
        Assert.Contains("FRONTDOOR", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoSharedDoor_DoesNotSpeakOfIt()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:SharedPort"] = "0" });

        Assert.DoesNotContain("firewall", (await RenderAsync(pages, await pages.AddFacilityAsync())).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OpenedAsLocalhost_SaysThatScannersNeedAnotherAddress()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);

        // The test browser's address is http://localhost/.
        Assert.Contains("localhost is this computer only", (await RenderAsync(pages, await pages.AddFacilityAsync())).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_StartsThenFails_IsFollowedWithReasonAndRemedy()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        pages.Listeners.Set(facility.Id, ListenerState.Starting);
        var page = await RenderAsync(pages, facility);
        Assert.Contains("Starting", page.Find(".listener-panel").TextContent, StringComparison.Ordinal);

        pages.Listeners.Set(facility.Id, ListenerState.Running);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Listening", page.Find(".listener-panel").TextContent, StringComparison.Ordinal));
        pages.Listeners.Set(facility.Id, ListenerState.Failed, "The port is taken.", "Choose another one.");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("The port is taken. Choose another one.", page.Find(".listener-panel").TextContent, StringComparison.Ordinal));
    }

    private static async Task<IRenderedComponent<ConnectionPage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<ConnectionPage>(current.Href("connection"), current);
    }
}
