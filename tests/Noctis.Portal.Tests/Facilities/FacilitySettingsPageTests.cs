using Bunit;
using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Portal.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Facilities;

public sealed class FacilitySettingsPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Delete_NameNotTyped_CannotBeConfirmed()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync("North Clinic");
        await pages.StoreAsync(facility, new PhantomImage());
        var page = await RenderAsync(pages, facility);

        Ask(page, "Delete");

        Assert.Contains("cannot be undone", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("1 study with 1 image", page.Find("[role=alertdialog]").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[role=alertdialog] button[type=submit]").HasAttribute("disabled"));
        page.Find("[role=alertdialog] input").Input("North Clini");
        Assert.True(page.Find("[role=alertdialog] button[type=submit]").HasAttribute("disabled"));
        await page.Find("[role=alertdialog] form").SubmitAsync();
        Assert.Equal(FacilityState.Active, (await pages.ReadAsync(facility)).State);
    }

    [Fact]
    public async Task Address_Shown_SaysWhatIsAllowedAndWhereItCameFrom()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var range = pages.Get<IOptions<FacilityAddressOptions>>().Value.PortRange;

        var page = await RenderAsync(pages, await pages.AddFacilityAsync());

        Assert.Contains("Up to 16 ", HintOf("ae-title"), StringComparison.Ordinal);
        Assert.Contains("1 to 65535", HintOf("port"), StringComparison.Ordinal);
        Assert.Contains($"{range.First} to {range.Last}", HintOf("port"), StringComparison.Ordinal);

        string HintOf(string name) => page.Find($"#{page.Find($"input[name={name}]").GetAttribute("aria-describedby")}").TextContent;
    }

    [Fact]
    public async Task Delete_NameTyped_DeletesAndLeaves()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync("North Clinic");
        var page = await RenderAsync(pages, facility);
        Ask(page, "Delete");

        page.Find("[role=alertdialog] input").Input("North Clinic");
        await page.Find("[role=alertdialog] form").SubmitAsync();

        pages.WaitForPath(path => path == "/admin/facilities");
        Assert.False((await pages.Get<FacilityQueries>().GetAsync(AdministratorScope.ForSystem("test"), facility.Id)).IsSuccess);
    }

    [Theory]
    [InlineData("Suspend", FacilityState.Suspended)]
    [InlineData("Archive", FacilityState.Archived)]
    public async Task State_Confirmed_ChangesAndCanBeUndone(string button, FacilityState state)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        Ask(page, button);

        await page.Find("[role=alertdialog] form").SubmitAsync();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count == 0);

        Assert.Equal(state, (await pages.ReadAsync(facility)).State);
        var again = await RenderAsync(pages, facility);
        Ask(again, "Resume");
        await again.Find("[role=alertdialog] form").SubmitAsync();
        PagesUnderTest.Wait(again, () => again.FindAll("[role=alertdialog]").Count == 0);
        Assert.Equal(FacilityState.Active, (await pages.ReadAsync(facility)).State);
    }

    [Fact]
    public async Task AETitle_Changed_WarnsOfTheScannersAndIsSaved()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        Assert.DoesNotContain("Scanners have to be changed", page.Markup, StringComparison.Ordinal);
        var title = $"T{Guid.NewGuid():N}"[..12].ToUpperInvariant();

        page.Find("input[name=ae-title]").Input(title);

        Assert.Contains("Scanners have to be changed", page.Markup, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();
        PagesUnderTest.Wait(page, () => page.Markup.Contains("Saved", StringComparison.Ordinal));
        Assert.Equal(title, (await pages.ReadAsync(facility)).AETitle);
    }

    [Fact]
    public async Task Save_ChangedBySomebodyElseMeanwhile_SaysSo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        page.Find("input[name=name]").Input("Mine");
        var theirs = await pages.Get<FacilityCommands>().UpdateAsync(AdministratorScope.ForSystem("test"), facility.Id, new FacilityDraft("Theirs"), facility.Version);
        Assert.True(theirs.IsSuccess, theirs.ToString());

        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Somebody else changed this facility", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Theirs", (await pages.ReadAsync(facility)).Name);
        page.FindAll("button").Single(button => button.TextContent == "Load their values").Click();
        PagesUnderTest.WaitFor(page, () => Assert.Equal("Theirs", page.Find("input[name=name]").GetAttribute("value")));
    }

    [Fact]
    public async Task Page_Manager_SeesTheValuesAndChangesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);

        var page = await RenderAsync(pages, facility);

        Assert.Contains(facility.AETitle, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form"));
        Assert.DoesNotContain("Delete", page.Markup, StringComparison.Ordinal);
    }

    private static async Task<IRenderedComponent<FacilitySettingsPage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        var page = pages.Render<FacilitySettingsPage>(current.Href("settings"), current);
        if (current.Scope.IsAdministrator)
            PagesUnderTest.Wait(page, () => page.Find("input[name=name]").GetAttribute("value") == current.Name);
        return page;
    }

    private static void Ask(IRenderedComponent<FacilitySettingsPage> page, string button)
    {
        page.FindAll("button").Single(found => found.TextContent == button).Click();
        PagesUnderTest.Wait(page, () => page.FindAll("[role=alertdialog]").Count > 0);
    }
}
