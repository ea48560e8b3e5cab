using Bunit;
using Noctis.Archive.Facilities;
using Noctis.Portal.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Facilities;

public sealed class NewFacilityPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_Opened_AsksForTheNameAlone()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);

        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");

        Assert.Equal("name", Assert.Single(page.FindAll("input")).GetAttribute("name"));
    }

    [Theory]
    [InlineData("Central Hospital", "^CENTRALHOSP[0-9A-F]{4}$")]
    [InlineData("Klinik Süd", "^KLINIKS[A-Z]+[0-9A-F]{4}$")]
    [InlineData("東京病院", "^[A-Z]+[0-9A-F]{4}$")]
    public async Task Name_Typed_ProposesAETitleAndPort(string name, string title)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");

        Type(page, "name", name);

        Assert.Matches(title, ValueOf(page, "ae-title"));
        Assert.InRange(int.Parse(ValueOf(page, "port"), System.Globalization.CultureInfo.InvariantCulture), 11113, 65535);
    }

    [Fact]
    public async Task Name_TypedOn_KeepsTheRandomDigits()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");
        Type(page, "name", "Cent");
        var first = ValueOf(page, "ae-title");

        page.Find("input[name=name]").Input("Central");
        PagesUnderTest.Wait(page, () => ValueOf(page, "ae-title").StartsWith("CENTRAL", StringComparison.Ordinal));

        Assert.Equal(first[^4..], ValueOf(page, "ae-title")[^4..]);
    }

    [Theory]
    [InlineData("ae-title", "CT\\ROOM", "backslash")]
    [InlineData("ae-title", "SEVENTEENLETTERSX", "at most 16 characters; this one has 17")]
    [InlineData("ae-title", "MÜNCHEN", "unaccented letters")]
    [InlineData("ae-title", "NOCTIS_SERVER", "shared door")]
    [InlineData("port", "70000", "between 1 and 65535; 70000 is not")]
    [InlineData("port", "abc", "between 1 and 65535; \"abc\" is not")]
    [InlineData("port", "11112", "shared door")]
    [InlineData("name", " ", "needs a name")]
    public async Task Value_BreaksARule_SaysSoUnderItsFieldAsItIsTyped(string field, string value, string message)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");
        Type(page, "name", "Central Hospital");

        page.Find($"input[name={field}]").Input(value);

        PagesUnderTest.WaitFor(page, () => Assert.Contains(message, ErrorOf(page, field), StringComparison.Ordinal));
        Assert.Equal("true", page.Find($"input[name={field}]").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task AETitle_AnotherFacilityHasIt_SaysSoAsItIsTyped()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var other = await pages.AddFacilityAsync("Another");
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");
        Type(page, "name", "Central Hospital");

        page.Find("input[name=ae-title]").Input(other.AETitle);

        PagesUnderTest.WaitFor(page, () => Assert.Contains($"already has the AE title {other.AETitle}", ErrorOf(page, "ae-title"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_FromTheName_MakesTheFacilityAndShowsItsValues()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");
        var name = $"New Hospital {Guid.NewGuid():N}";
        Type(page, "name", name);
        var title = ValueOf(page, "ae-title");

        await page.Find("form").SubmitAsync();

        pages.WaitForPath(path => path.EndsWith("/connection", StringComparison.Ordinal));
        var made = Assert.Single(await pages.Get<FacilityQueries>().ListAsync(Archive.AdministratorScope.ForSystem("test")), facility => facility.Name == name);
        Assert.Equal(title, made.AETitle);
        Assert.Equal($"/f/{made.Id}/connection", pages.Path);
    }

    [Fact]
    public async Task Create_InvalidValue_StaysAndMakesNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");
        var name = $"Never {Guid.NewGuid():N}";
        Type(page, "name", name);
        page.Find("input[name=ae-title]").Input("NO\\GOOD");

        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("backslash", ErrorOf(page, "ae-title"), StringComparison.Ordinal));
        Assert.Equal("/admin/facilities/new", pages.Path);
        Assert.DoesNotContain(await pages.Get<FacilityQueries>().ListAsync(Archive.AdministratorScope.ForSystem("test")), facility => facility.Name == name);
    }

    [Fact]
    public async Task Create_NoLongerAnAdministrator_IsRefused()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        await pages.SignInAsync();
        var page = pages.Render<NewFacilityPage>("/admin/facilities/new");
        Type(page, "name", "Not Mine");

        await page.Find("form").SubmitAsync();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("needs an administrator", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    private static void Type(IRenderedComponent<NewFacilityPage> page, string field, string value)
    {
        page.Find($"input[name={field}]").Input(value);
        PagesUnderTest.Wait(page, () => page.FindAll("input[name=ae-title]").Count > 0);
    }

    private static string ValueOf(IRenderedComponent<NewFacilityPage> page, string field) => page.Find($"input[name={field}]").GetAttribute("value") ?? "";

    private static string ErrorOf(IRenderedComponent<NewFacilityPage> page, string field) =>
        page.Find($"input[name={field}]").ParentElement!.QuerySelector(".field-error")!.TextContent;
}
