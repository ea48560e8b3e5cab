using Bunit;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Facilities;
using Noctis.Portal.Settings;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Settings;

public sealed class SettingsCopyPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Copy_GroupsTicked_ShowsThemFirst_AndCopiesNoOther()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var (source, target) = (await pages.AddFacilityAsync("Source Hospital"), await pages.AddFacilityAsync("Target Hospital"));
        var changed = await pages.Get<FacilitySettingsCommands>().ChangeAsync((await pages.EnterAsync(source))!.Scope, settings => settings with
        {
            Network = settings.Network with { MaxAssociations = 20 },
            Services = new ServiceSettings { Off = ["C-ECHO"] },
        });
        Assert.True(changed.IsSuccess, changed.ToString());
        var page = await RenderAsync(pages, target, source);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Copy 2 values", page.Markup, StringComparison.Ordinal));

        await page.Find("input[name=Network]").ChangeAsync(false);

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Copy 1 value<", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Maximum associations", page.Markup, StringComparison.Ordinal);
        Assert.Equal(0, (await ReadAsync(pages, target)).Version);
        await page.Find("form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("1 value from Source Hospital", page.Markup, StringComparison.Ordinal));
        var settings = (await ReadAsync(pages, target)).Settings;
        Assert.Equal((10, "C-ECHO"), (settings.Network.MaxAssociations, Assert.Single(settings.Services.Off)));
        Assert.Contains("has the same values already", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ForAManager_OffersNoFacilityThatTheyDoNotManage()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var (other, own) = (await pages.AddFacilityAsync("Not Theirs"), await pages.AddFacilityAsync("Their Own"));
        await pages.SignInAsync(facility: own, role: FacilityRole.Manager);

        var page = await RenderAsync(pages, own, other);

        Assert.Contains("There is no other facility that you manage", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Not Theirs", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_Saved_AreSaidAndTakenByTheNextFacility_AndByNoOther()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var before = await pages.AddFacilityAsync("Before");
        var page = pages.Render<DefaultsPage>("/admin/defaults/network", parameters => parameters.Add(defaults => defaults.Group, "network"));
        var value = page.Find("input[name='Network.DimseTimeoutSeconds']").GetAttribute("value") == "77" ? "78" : "77";

        page.Find("input[name='Network.DimseTimeoutSeconds']").Input(value);
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("those that are there keep theirs", page.Find(".save-outcome").TextContent, StringComparison.Ordinal));
        var fresh = pages.Render<NewFacilityPage>("/admin/facilities/new", _ => { });
        PagesUnderTest.WaitFor(fresh, () => Assert.Contains($"{value} seconds", fresh.Markup, StringComparison.Ordinal));
        Assert.Equal($"{(await ReadAsync(pages, await pages.AddFacilityAsync("After"))).Settings.Network.DimseTimeoutSeconds}", value);
        Assert.NotEqual($"{(await ReadAsync(pages, before)).Settings.Network.DimseTimeoutSeconds}", value);
    }

    private static async Task<IRenderedComponent<SettingsCopyPage>> RenderAsync(PagesUnderTest pages, Facility target, Facility source)
    {
        var current = (await pages.EnterAsync(target))!;
        var page = pages.RenderUnloaded<SettingsCopyPage>(current.Href($"settings/copy?from={source.Id}"), current);
        PagesUnderTest.Wait(page, () => page.FindAll(".skeleton").Count == 0);
        return page;
    }

    private static Task<VersionedSettings> ReadAsync(PagesUnderTest pages, Facility facility) =>
        pages.Get<FacilitySettingsQueries>().GetAsync(FacilityScope.ForJob(facility.Id, "test"));
}
