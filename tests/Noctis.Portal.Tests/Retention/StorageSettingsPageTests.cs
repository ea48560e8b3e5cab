using Bunit;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Portal.Attention;
using Noctis.Portal.Retention;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Retention;

public sealed class StorageSettingsPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Save_ByAnAdministrator_KeepsAllValues()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        Assert.Empty(page.FindAll("button[type=submit]"));

        page.Find("select[name=layout]").Change("Date");
        Assert.Contains("dates/2026", page.Markup, StringComparison.Ordinal);
        page.Find("select[name=naming]").Change("Sequence");
        page.Find("select[name=duplicates]").Change("KeepBoth");
        page.Find("input[name=quota]").Input("0,5");
        page.Find("input[name=warn]").Input("90");
        page.Find("select[name=clean-up]").Change("WhenFull");
        page.Find("input[name=retention]").Input("365");
        page.Find("input[name=trash]").Input("7");
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(
            new StorageSettingsDraft
            {
                Layout = StorageLayout.Date,
                FileNaming = FileNaming.Sequence,
                DuplicatePolicy = DuplicatePolicy.KeepBoth,
                QuotaBytes = 500_000_000,
                WarnPercent = 90,
                CleanUp = CleanUp.WhenFull,
                RetentionDays = 365,
                TrashDays = 7,
            },
            StorageSettingsDraft.Of(await ReadAsync(pages, facility)));
        Assert.Equal("0.5", page.Find("input[name=quota]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("quota", "half a TB", "Type a number of GB")]
    [InlineData("quota", "0.0001", "between 1 MB and 1 PB")]
    [InlineData("warn", "100", "between 1 and 99")]
    [InlineData("retention", "1.5", "Type a whole number of days")]
    [InlineData("retention", "40000", "between 0 and 36500")]
    [InlineData("trash", "", "Type a whole number of days")]
    [InlineData("trash", "-1", "between 0 and 365")]
    public async Task Type_AValueOutOfItsRange_SaysSoUnderIt_AndIsNotSaved(string field, string value, string message)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);

        page.Find($"input[name={field}]").Input(value);
        Assert.Contains(message, page.Find($".field:has(input[name={field}]) .field-error").TextContent, StringComparison.Ordinal);
        await page.Find("form").SubmitAsync();

        Assert.Equal(0, (await ReadAsync(pages, facility)).Version);
    }

    [Fact]
    public async Task CleanUp_WithoutRetentionDays_AsksForThem()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = await RenderAsync(pages, await pages.AddFacilityAsync());

        page.Find("select[name=clean-up]").Change("Always");

        Assert.Contains("Clean-up needs to know", page.Find(".field:has(input[name=retention]) .field-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CleanUp_ThatWouldTakeStudies_SaysHowManyFirst()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.StoreAsync(facility, new PhantomImage());
        await using (var context = pages.Get<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facility.Id, "test")))
        {
            var old = DateTime.UtcNow.AddDays(-30);
            await context.Set<Study>().ExecuteUpdateAsync(row => row.SetProperty(study => study.LastReceivedUtc, old).SetProperty(study => study.CompletedUtc, old));
        }

        var page = await RenderAsync(pages, facility);
        page.Find("select[name=clean-up]").Change("Always");
        page.Find("input[name=retention]").Input("7");
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("1 study is past the retention days", Text(page.Find("[role=alertdialog]").TextContent), StringComparison.Ordinal));
        Assert.Equal(CleanUp.Off, (await ReadAsync(pages, facility)).CleanUp);
        await page.Find("[role=alertdialog] form").SubmitAsync();
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(CleanUp.Always, (await ReadAsync(pages, facility)).CleanUp);
    }

    [Fact]
    public async Task Quota_ForAManager_IsReadOnly_AndTheRestCanBeSaved()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);
        var page = await RenderAsync(pages, facility);

        Assert.True(page.Find("input[name=quota]").HasAttribute("disabled"));
        Assert.Contains("Set by an administrator", page.Markup, StringComparison.Ordinal);
        page.Find("input[name=trash]").Input("14");
        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(14, (await ReadAsync(pages, facility)).TrashDays);
    }

    [Fact]
    public async Task Save_ChangedBySomebodyElseMeanwhile_SaysSo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var page = await RenderAsync(pages, facility);
        page.Find("input[name=trash]").Input("14");
        Assert.True((await pages.Get<StorageSettingsCommands>().SaveAsync(
            FacilityScope.ForJob(facility.Id, "test"), new StorageSettingsDraft { TrashDays = 1 }, 0, default)).IsSuccess);

        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Somebody else changed these settings", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, (await ReadAsync(pages, facility)).TrashDays);
        page.FindAll("button").Single(button => button.TextContent == "Load their values").Click();
        PagesUnderTest.WaitFor(page, () => Assert.Equal("1", page.Find("input[name=trash]").GetAttribute("value")));
    }

    [Theory]
    [InlineData(790_000, CleanUp.Off, null)]
    [InlineData(800_000, CleanUp.Off, "80 % of the quota of 1 MB is used")]
    [InlineData(990_000, CleanUp.WhenFull, null)]
    [InlineData(990_000, CleanUp.Always, "99 % of the quota of 1 MB is used")]
    [InlineData(1_000_000, CleanUp.Off, "The quota of 1 MB is used up")]
    [InlineData(1_000_000, CleanUp.WhenFull, "The quota of 1 MB is used up")]
    public async Task Attention_OfTheQuota_SpeaksUpWhereSomebodyHasToAct(long used, CleanUp cleanUp, string? title)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var current = (await pages.EnterAsync(await pages.AddFacilityAsync("North")))!;
        var standing = new QuotaStanding(current.Id, "North", used, 1_000_000, 80, cleanUp);

        Assert.Equal(title, QuotaAttention.OfFacility(AttentionPlace.Of(current), standing).SingleOrDefault()?.Title);
    }

    private static async Task<IRenderedComponent<StorageSettingsPage>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var current = (await pages.EnterAsync(facility))!;
        return pages.Render<StorageSettingsPage>(current.Href("settings/storage"), current);
    }

    private static Task<StorageSettings> ReadAsync(PagesUnderTest pages, Facility facility) =>
        pages.Get<StorageSettingsQueries>().GetAsync(FacilityScope.ForJob(facility.Id, "test"), default);

    private static string Text(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
