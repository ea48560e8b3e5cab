using Bunit;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Retention;
using Noctis.Portal.Layout;
using Noctis.Portal.Studies;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;
using TrashPage = Noctis.Portal.Retention.TrashPage;

namespace Noctis.Portal.Tests.Retention;

public sealed class TrashPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_Empty_TeachesWhatComesHere()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        Assert.Contains("The trash is empty", page.Markup, StringComparison.Ordinal);
        Assert.Contains("30 days", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Empty the trash", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Study_DeletedOnItsPage_NeedsAReason_AndSaysHowItWent()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var stored = await pages.StoreAsync(facility, new PhantomImage { PatientName = "Goes^Gerda" });
        var current = (await pages.EnterAsync(facility))!;
        var page = RenderStudy(pages, current, stored.StudyId);

        page.FindAll("button").Single(button => button.TextContent.Contains("Delete", StringComparison.Ordinal)).Click();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count > 0);
        Assert.Contains("Goes, Gerda", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal);
        Assert.Contains("for 30 days", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal);
        await page.Find("[role=alertdialog] form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Say why", page.Find("[role=alertdialog] .field-error").TextContent, StringComparison.Ordinal));
        page.Find("input[name=reason]").Input("Sent by mistake");
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("This study was deleted", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Sent by mistake", page.Markup, StringComparison.Ordinal);
        page.FindAll("button").Single(button => button.TextContent.Contains("Restore", StringComparison.Ordinal)).Click();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Goes, Gerda", page.Find("h1").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Study_SeenByStaff_HasNoButtons_AndTellsWhoCanRestoreIt()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var stored = await pages.StoreAsync(facility, new PhantomImage());
        await pages.SignInAsync(facility: facility);
        var current = (await pages.EnterAsync(facility))!;
        var page = RenderStudy(pages, current, stored.StudyId);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Delete", StringComparison.Ordinal) || button.TextContent.Contains("Pin", StringComparison.Ordinal));

        await DeleteAsync(pages, facility, stored.StudyId, "Test images");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("a manager of the facility can restore it", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Restore", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Study_Pinned_ShowsItEverywhere()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var stored = await pages.StoreAsync(facility, new PhantomImage());
        var current = (await pages.EnterAsync(facility))!;
        var list = pages.Render<StudiesPage>(current.Href("studies"), current);
        Assert.DoesNotContain("Pinned", list.Find("tbody").TextContent, StringComparison.Ordinal);
        var page = RenderStudy(pages, current, stored.StudyId);

        page.FindAll("button").Single(button => button.TextContent.Trim() == "Pin").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Pinned", page.Find(".head").TextContent, StringComparison.Ordinal));
        PagesUnderTest.WaitFor(list, () => Assert.Contains("Pinned", list.Find("tbody").TextContent, StringComparison.Ordinal));
        page.FindAll("button").Single(button => button.TextContent.Trim() == "Unpin").Click();
        PagesUnderTest.WaitFor(page, () => Assert.DoesNotContain("Pinned", page.Find(".head").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_AStudy_LeavesTheListAndOffersIt()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var stored = await pages.StoreAsync(facility, new PhantomImage { PatientName = "Back^Bert" });
        await DeleteAsync(pages, facility, stored.StudyId, "Wrong button");
        var page = await RenderAsync(pages, facility);
        var row = page.Find("tbody tr").TextContent;
        foreach (var part in new[] { "Back, Bert", "Wrong button", "in 30 days" }) Assert.Contains(part, row, StringComparison.Ordinal);

        page.FindAll("button").Single(button => button.TextContent == "Restore").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Contains($"/studies/{stored.StudyId}\"", page.Markup, StringComparison.Ordinal));
        Assert.Contains("The trash is empty", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_All_AsksFirst_AndRemovesForGood()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        for (var i = 0; i < 2; i++)
            await DeleteAsync(pages, facility, (await pages.StoreAsync(facility, new PhantomImage { PatientID = $"P{i}" })).StudyId, "x");
        var page = await RenderAsync(pages, facility);

        page.FindAll("button").Single(button => button.TextContent.Contains("Empty the trash", StringComparison.Ordinal)).Click();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count > 0);
        var asked = page.Find("[role=alertdialog]").TextContent;
        Assert.Contains("2 studies", asked, StringComparison.Ordinal);
        Assert.Contains("cannot be undone", asked, StringComparison.Ordinal);
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("The trash is empty", page.Markup, StringComparison.Ordinal));
        Assert.Equal(new TrashTotals(0, 0), await pages.Get<TrashQueries>().GetTotalsAsync(FacilityScope.ForJob(facility.Id, "test"), default));
    }

    [Fact]
    public async Task Empty_OneStudy_LeavesTheOthers()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        foreach (var name in new[] { "Stays^Sam", "Goes^Gerda" })
            await DeleteAsync(pages, facility, (await pages.StoreAsync(facility, new PhantomImage { PatientID = name, PatientName = name })).StudyId, "x");
        var page = await RenderAsync(pages, facility);

        page.Find("button[aria-label='Delete the study of Goes, Gerda for good']").Click();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count > 0);
        Assert.Contains("Goes, Gerda", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal);
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Single(page.FindAll("tbody tr")));
        Assert.Contains("Stays, Sam", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAManagerWhoLostTheRole_ChangesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await DeleteAsync(pages, facility, (await pages.StoreAsync(facility, new PhantomImage())).StudyId, "x");
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);
        var page = await RenderAsync(pages, facility);

        // Somebody else signs in over the same page, as a lost role would have it.
        await pages.SignInAsync(facility: facility);
        page.FindAll("button").Single(button => button.TextContent == "Restore").Click();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("managers", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, (await pages.Get<TrashQueries>().GetTotalsAsync(FacilityScope.ForJob(facility.Id, "test"), default)).Studies);
    }

    internal static async Task DeleteAsync(PagesUnderTest pages, Facility facility, long studyId, string reason)
    {
        var deleted = await pages.Get<StudyDeletion>().DeleteAsync(FacilityScope.ForJob(facility.Id, "test"), [studyId], reason, default);
        Assert.True(deleted.IsSuccess, deleted.Error?.Message);
    }

    private static IRenderedComponent<StudyDetailsPage> RenderStudy(PagesUnderTest pages, CurrentFacility current, long studyId)
    {
        var page = pages.RenderWith<StudyDetailsPage>(current.Href($"studies/{studyId}"), current, with => with.Add(one => one.StudyId, studyId));
        PagesUnderTest.Wait(page, () => page.FindAll("h1").Count > 0);
        return page;
    }

    private static async Task<IRenderedComponent<TrashPage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = (await pages.EnterAsync(facility))!;
        return pages.Render<TrashPage>(current.Href("trash"), current);
    }
}
