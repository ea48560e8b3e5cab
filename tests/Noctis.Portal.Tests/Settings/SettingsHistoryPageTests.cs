using Bunit;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Portal.Settings;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Settings;

public sealed class SettingsHistoryPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_OfChangesOfAllKinds_SaysThemInWords()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync("North Clinic");
        await ChangeAsync(pages, facility, settings => settings with
        {
            Network = settings.Network with { MaxAssociations = 20, DimseTimeoutSeconds = 60 },
            SopClasses = settings.SopClasses.With(SopClassGroup.Ultrasound, false).With(DicomUID.CTImageStorage.Value, false),
            Access = settings.Access with { AllowedNetworks = ["192.0.2.0/24"] },
        });
        Assert.True((await pages.Get<StorageSettingsCommands>().SaveAsync(FacilityScope.ForJob(facility.Id, "test"), new StorageSettingsDraft { TrashDays = 7 }, 0, default)).IsSuccess);
        Assert.True((await pages.Get<FacilityCommands>().UpdateAsync(AdministratorScope.ForSystem("test"), facility.Id, new FacilityDraft("South Clinic"), facility.Version)).IsSuccess);

        var page = await RenderAsync(pages, facility);

        var lines = page.FindAll("tr[data-change] .change-lines li").Select(line => Text(line.TextContent)).ToArray();
        Assert.Contains("Maximum associations: 10 → becomes 20", lines);
        Assert.Contains("DIMSE time-out: 30 seconds → becomes 60 seconds", lines);
        Assert.Contains("Ultrasound: on → becomes off", lines);
        Assert.Contains("CT Image Storage: on → becomes off", lines);
        Assert.Contains("Allowed networks: every address → becomes 192.0.2.0/24", lines);
        Assert.Contains("Days in the trash: 30 → becomes 7", lines);
        Assert.Contains("Name: North Clinic → becomes South Clinic", lines);
        Assert.DoesNotContain(DicomUID.CTImageStorage.Value, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_Confirmed_SetsItAgain_AndIsInTheHistoryItself()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });
        var page = await RenderAsync(pages, facility);

        page.Find("button[aria-label='Undo Maximum associations']").Click();
        Assert.Contains("Maximum associations: 10", Text(page.Find("[role=alertdialog]").TextContent), StringComparison.Ordinal);
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Equal(2, page.FindAll("tr[data-change]").Count));
        Assert.Contains("Maximum associations: 20 → 10", page.Markup, StringComparison.Ordinal);
        Assert.Contains("by undoing a change", page.FindAll("tr[data-change]")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Undone", page.FindAll("tr[data-change]")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(10, (await pages.Get<FacilitySettingsQueries>().GetAsync(FacilityScope.ForJob(facility.Id, "test"))).Settings.Network.MaxAssociations);
    }

    [Fact]
    public async Task Undo_ChangedAgainSince_SaysSoAndChangesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });
        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 30 } });
        var page = await RenderAsync(pages, facility);

        page.FindAll("button[aria-label='Undo Maximum associations']")[1].Click();
        await page.Find("[role=alertdialog] form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("has been changed again since", page.Find("[role=alertdialog] [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(30, (await pages.Get<FacilitySettingsQueries>().GetAsync(FacilityScope.ForJob(facility.Id, "test"))).Settings.Network.MaxAssociations);
    }

    [Fact]
    public async Task Undo_OfWhatAdministratorsSet_IsNotOfferedToAManager()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { MaxAssociations = 20 } });
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);

        var page = await RenderAsync(pages, facility);

        Assert.Empty(page.FindAll("button[aria-label^=Undo]"));
        Assert.Contains("By an administrator", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_MoreChangesThanItShows_LeadsToTheOlder()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        for (var i = 0; i < 26; i++)
            await ChangeAsync(pages, facility, settings => settings with { Network = settings.Network with { DimseTimeoutSeconds = 40 + i } });

        var page = await RenderAsync(pages, facility);

        var rows = page.FindAll("tr[data-change]");
        Assert.Equal(25, rows.Count);
        Assert.EndsWith($"?before={rows[24].GetAttribute("data-change")}", page.Find(".pager a[rel=next]").GetAttribute("href"), StringComparison.Ordinal);
    }

    private static async Task<IRenderedComponent<SettingsHistoryPage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = (await pages.EnterAsync(facility))!;
        return pages.Render<SettingsHistoryPage>(current.Href("settings/history"), current);
    }

    private static async Task ChangeAsync(PagesUnderTest pages, Facility facility, Func<FacilitySettings, FacilitySettings> change)
    {
        var changed = await pages.Get<FacilitySettingsCommands>().ChangeAsync((await pages.EnterAsync(facility))!.Scope, change);
        Assert.True(changed.IsSuccess, changed.ToString());
    }

    private static string Text(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
