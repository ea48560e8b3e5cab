using System.Net;
using System.Text.RegularExpressions;

namespace Noctis.Portal.Tests.Layout;

public sealed partial class AccessTests(SetUpPortal portal) : IClassFixture<SetUpPortal>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/admin/users")]
    [InlineData("/account/password")]
    [InlineData("/no-such-page")]
    public async Task Page_Anonymous_LeadsToSignIn(string path)
    {
        using var browser = portal.Browse();

        var page = await browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Equal($"/sign-in?return={Uri.EscapeDataString(path)}", page.Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/team")]
    [InlineData("/studies")]
    public async Task FacilityPage_NotAMember_IsNotFoundLikeOneThatIsNotThere(string page)
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.ManagerOfA);

        var theirs = await browser.GetAsync($"/f/{portal.B.Id}{page}");
        var nobodys = await browser.GetAsync($"/f/{Guid.NewGuid()}{page}");

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.Equal(HttpStatusCode.NotFound, nobodys.Status);
        Assert.Equal(nobodys.Text, theirs.Text);
        Assert.DoesNotContain("Hospital B", theirs.Document.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(portal.B.AETitle, theirs.Document.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FacilityPage_Member_ShowsTheFacilityAndNoOther()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        var page = await browser.GetAsync($"/f/{portal.A.Id}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(portal.A.AETitle, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hospital B", page.Document.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FacilityPage_Administrator_OpensEachWithoutMembership()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.Administrator);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/f/{portal.A.Id}/team")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/f/{portal.B.Id}/team")).Status);
    }

    [Fact]
    public async Task ManagersPage_Staff_IsDeniedAndNotInTheRail()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        var team = await browser.GetAsync($"/f/{portal.A.Id}/team");
        var home = await browser.GetAsync($"/f/{portal.A.Id}");

        Assert.StartsWith("/denied", team.Location, StringComparison.Ordinal);
        Assert.Empty(home.Document.QuerySelectorAll($".rail a[href='/f/{portal.A.Id}/team'], .rail a[href='/admin/users']"));
    }

    [Fact]
    public async Task AdministratorsPage_Manager_IsDenied()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.ManagerOfA);

        Assert.StartsWith("/denied", (await browser.GetAsync("/admin/users")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_Manager_SeesOwnTeamOnly()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.ManagerOfA);

        var page = await browser.GetAsync($"/f/{portal.A.Id}/team");

        Assert.Contains(SetUpPortal.StaffOfA, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SetUpPortal.Administrator, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownAddress_SignedIn_IsNotFoundInOurFrame()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        var page = await browser.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotNull(page.Document.QuerySelector(".rail"));
        Assert.Contains("There is nothing here", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/assets/site.css")]
    [InlineData("/health/live")]
    [InlineData("/no-such-page")]
    public async Task Answer_Always_HasSecurityHeaders(string path)
    {
        using var browser = portal.Browse();

        var page = await browser.GetAsync(path);

        var policy = page.Headers["Content-Security-Policy"];
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src[^;]*unsafe-inline", policy);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", page.Headers["X-Frame-Options"]);
        Assert.Equal("same-origin", page.Headers["Referrer-Policy"]);
    }

    [Fact]
    public async Task Page_Always_IsNotCachedAndHoldsNoInlineScript()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        var page = await browser.GetAsync($"/f/{portal.A.Id}");

        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Assert.All(page.Document.Scripts, script => Assert.False(string.IsNullOrEmpty(script.Source)));
        Assert.Empty(page.Document.QuerySelectorAll("style"));
    }

    [Fact]
    public async Task Page_Files_AreAllThere()
    {
        using var browser = portal.Browse();
        var page = await browser.GetAsync("/sign-in");

        var files = page.Document.QuerySelectorAll("script[src], link[href]").Select(file => file.GetAttribute("src") ?? file.GetAttribute("href")!).ToList();

        Assert.Contains(files, file => ScriptName().IsMatch(file));
        foreach (var file in files)
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/" + file.TrimStart('/'))).Status);
    }

    [Theory]
    [InlineData("light", "light")]
    [InlineData("dark", "dark")]
    [InlineData("<script>", "system")]
    public async Task Page_ThemeCookie_IsInTheFirstPaint(string cookie, string expected)
    {
        using var client = portal.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("Cookie", $"noctis.theme={Uri.EscapeDataString(cookie)}");

        using var response = await client.SendAsync(request);

        Assert.Contains($"data-theme=\"{expected}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_Anonymous_Answers(string path)
    {
        using var browser = portal.Browse();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);
    }

    [GeneratedRegex(@"assets/blazor\.web(\.\w+)?\.js$")]
    private static partial Regex ScriptName();
}
