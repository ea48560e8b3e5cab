using Bunit;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Quarantine;
using Noctis.Portal.Attention;
using Noctis.Portal.Home;
using Noctis.Portal.Quarantine;
using Noctis.Portal.Studies;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;
using QuarantinePage = Noctis.Portal.Quarantine.QuarantinePage;

namespace Noctis.Portal.Tests.Quarantine;

public sealed class QuarantinePageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_Empty_TeachesWhatComesHere()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        Assert.Contains("Nothing waits in quarantine", page.Markup, StringComparison.Ordinal);
        Assert.Contains("/settings/access", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_AStudyAndAllowItsDevice_PutsItAmongTheStudies()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.QuarantineAsync(facility, new PhantomImage { PatientName = "Waits^Walter", StudyDescription = "Chest" }, "CT9");
        await pages.QuarantineAsync(facility, new PhantomImage { PatientName = "Stays^Stella" }, "MR1");
        var page = await RenderAsync(pages, facility);
        Assert.Contains("2 images of devices that are not registered", page.Markup, StringComparison.Ordinal);
        var row = page.FindAll("tbody tr").Single(row => row.TextContent.Contains("Waits, Walter", StringComparison.Ordinal)).TextContent;
        foreach (var part in new[] { "CT9", "192.0.2.7", "Chest", "goes in 30 days" }) Assert.Contains(part, row, StringComparison.Ordinal);

        page.Find("button[aria-label='Release the study of Waits, Walter from CT9']").Click();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count > 0);
        page.Find("input[name=allow]").Change(true);
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("1 image released", page.Markup, StringComparison.Ordinal));
        PagesUnderTest.WaitFor(page, () => Assert.DoesNotContain("Waits, Walter", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.Contains("Stays, Stella", page.Find("tbody").TextContent, StringComparison.Ordinal);
        Assert.Contains(await pages.Get<DeviceQueries>().ListAsync(FacilityScope.ForJob(facility.Id, "test")), device => device is { AETitle: "CT9", IsActive: true });
        var current = (await pages.EnterAsync(facility))!;
        Assert.Contains("Waits, Walter", pages.Render<StudiesPage>(current.Href("studies"), current).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discard_WhatIsSelected_AsksAndSaysThatThereIsNoWayBack()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        for (var i = 1; i <= 3; i++)
            await pages.QuarantineAsync(facility, new PhantomImage { PatientName = $"Patient^{i}" }, $"CT{i}");
        var page = await RenderAsync(pages, facility);
        Assert.DoesNotContain(page.FindAll(".head button, button.danger:not(.s)"), button => button.TextContent.Contains("Discard", StringComparison.Ordinal));

        page.Find("input[aria-label='Select all on this page']").Change(true);
        page.Find("input[aria-label$='from CT1']").Change(false);
        page.FindAll("button").Single(button => button.TextContent.Contains("Discard 2 studies", StringComparison.Ordinal)).Click();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count > 0);
        Assert.Contains("cannot be undone", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal);
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Single(page.FindAll("tbody tr")));
        Assert.Contains("CT1", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAnotherFacilityAndForStaff_ShowsNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var (facility, neighbour) = (await pages.AddFacilityAsync(), await pages.AddFacilityAsync("North Clinic"));
        await pages.QuarantineAsync(facility, new PhantomImage { PatientName = "Secret^Person" }, "CT9");

        await pages.SignInAsync(facility: neighbour, role: FacilityRole.Manager);
        Assert.Null(await pages.EnterAsync(facility));
        Assert.Contains("Nothing waits in quarantine", (await RenderAsync(pages, neighbour)).Markup, StringComparison.Ordinal);
        await pages.SignInAsync(facility: facility);
        var current = (await pages.EnterAsync(facility))!;
        var page = pages.RenderUnloaded<QuarantinePage>(current.Href("quarantine"), current);

        PagesUnderTest.WaitFor(page, () => Assert.Contains("for the facility's managers", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Secret", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_WithSomethingWaiting_TellsManagersAndNotStaff()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.QuarantineAsync(facility, new PhantomImage(), "CT9");

        var manager = (await pages.EnterAsync(facility))!;
        var item = Assert.Single(QuarantineAttention.OfFacility(AttentionPlace.Of(manager), await pages.Get<QuarantineQueries>().GetTotalsAsync(manager.Scope, default)));
        Assert.Equal(("1 image waits in quarantine", manager.Href("quarantine")), (item.Title, item.ActionHref));
        Assert.Contains("1 image waits in quarantine", pages.Render<HomePage>(manager.Href(), manager).Markup, StringComparison.Ordinal);

        await pages.SignInAsync(facility: facility);
        var staff = (await pages.EnterAsync(facility))!;
        Assert.DoesNotContain("quarantine", pages.Render<HomePage>(staff.Href(), staff).Markup, StringComparison.Ordinal);
    }

    private static async Task<IRenderedComponent<QuarantinePage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = (await pages.EnterAsync(facility))!;
        return pages.Render<QuarantinePage>(current.Href("quarantine"), current);
    }
}
