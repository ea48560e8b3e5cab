using System.Net;

namespace Noctis.Portal.Tests.Journal;

public sealed class ActivityEndpointsTests(SetUpPortal portal) : IClassFixture<SetUpPortal>
{
    [Fact]
    public async Task Export_Member_IsAFileOfTheirFacility()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        var answer = await browser.GetAsync($"/f/{portal.A.Id}/activity.csv?kind=store");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/csv; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.StartsWith("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Contains("Time (UTC),Kind", answer.Document.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_NotAMember_IsNotFound()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.StaffOfA);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/f/{portal.B.Id}/activity.csv")).Status);
    }

    [Theory]
    [InlineData("/admin/activity.csv")]
    [InlineData("/admin/activity")]
    [InlineData("/admin/inbox")]
    public async Task OfAll_Manager_IsDenied(string path)
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.ManagerOfA);

        Assert.StartsWith("/denied", (await browser.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAll_Administrator_IsAFileWithFacilities()
    {
        using var browser = await portal.SignedInAsync(SetUpPortal.Administrator);

        Assert.Contains("Facility,Time (UTC)", (await browser.GetAsync("/admin/activity.csv")).Document.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Anonymous_LeadsToSignIn()
    {
        using var browser = portal.Browse();

        Assert.StartsWith("/sign-in", (await browser.GetAsync($"/f/{portal.A.Id}/activity.csv")).Location, StringComparison.Ordinal);
    }
}
