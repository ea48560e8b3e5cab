using System.Net;

namespace Noctis.Portal.Tests.Home;

/// <summary>Where everybody arrives, and who gets how far, over HTTP.</summary>
public sealed class StartPageTests(SetUpPortal portal) : IClassFixture<SetUpPortal>
{
    [Fact]
    public async Task Start_Administrator_GoesOnToTheOverview()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.Administrator);

        Assert.Equal("/admin", (await browser.GetAsync("/")).Location);
        Assert.Contains("Hospital A", (await browser.GetAsync("/admin")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MemberOfOneFacility_GoesOnToItsHome()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        Assert.Equal($"/f/{portal.A.Id}", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task Start_NoFacility_SaysWhatToDo()
    {
        await portal.AddPersonAsync("nobody@example.org");
        using var browser = await portal.SignedInAsync("nobody@example.org");

        var page = await browser.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("You are not a member of a facility yet", page.Text, StringComparison.Ordinal);
        Assert.Contains("nobody@example.org", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/connection")]
    [InlineData("/devices")]
    [InlineData("/settings")]
    public async Task FacilityPage_NotAMember_IsNotFound(string page)
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.ManagerOfA);

        var theirs = await browser.GetAsync($"/f/{portal.B.Id}{page}");
        var own = await browser.GetAsync($"/f/{portal.A.Id}{page}");

        Assert.Equal(HttpStatusCode.NotFound, theirs.Status);
        Assert.DoesNotContain(portal.B.AETitle, theirs.Document.Source.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Contains(portal.A.AETitle, own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_Staff_IsDenied()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        Assert.StartsWith("/denied", (await browser.GetAsync($"/f/{portal.A.Id}/settings")).Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin")]
    [InlineData("/admin/facilities")]
    [InlineData("/admin/facilities/new")]
    public async Task AdministratorsPage_Manager_IsDenied(string path)
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.ManagerOfA);

        Assert.StartsWith("/denied", (await browser.GetAsync(path)).Location, StringComparison.Ordinal);
    }
}
