using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Certificates;
using Noctis.Archive.Facilities;
using Noctis.Archive.Listeners;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Facilities;
using Noctis.Testing;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Facilities;

/// <summary>What a manager does with the certificates of a listener, and with the listener itself.</summary>
public sealed class CertificatePanelTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly TestCertificates Authority = new();

    [Fact]
    public async Task Panel_UploadThenRemove_ShowsItAndThenNone()
    {
        await using var pages = await OpenAsync();
        var facility = await pages.AddFacilityAsync();
        var panel = await RenderAsync(pages, facility);
        Assert.Contains("no certificate yet", panel.Markup, StringComparison.Ordinal);

        panel.FindComponents<InputFile>()[0].UploadFiles(InputFileContent.CreateFromBinary(TestCertificates.Pem(Authority.Issue("pacs", to: DateTimeOffset.UtcNow.AddDays(5))), "pacs.pem"));
        Button(panel, "Upload").Click();
        panel.WaitForAssertion(() => Assert.Contains("CN=pacs", panel.Markup, StringComparison.Ordinal));

        Assert.Contains("The certificate ends in 5 days", panel.Markup, StringComparison.Ordinal);
        Assert.StartsWith("data:application/x-pem-file;base64,", panel.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
        Button(panel, "Remove").Click();
        await panel.Find(".dialog form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Contains("no certificate yet", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Panel_WithoutTheKey_SaysSoUnderTheField()
    {
        await using var pages = await OpenAsync();
        var panel = await RenderAsync(pages, await pages.AddFacilityAsync());

        panel.FindComponents<InputFile>()[0].UploadFiles(InputFileContent.CreateFromBinary(TestCertificates.CertificatePem(Authority.Authority), "only.pem"));
        Button(panel, "Upload").Click();

        panel.WaitForAssertion(() => Assert.Contains("without its private key", panel.Find(".field-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Panel_MadeInOneClick_IsThereForTheHostOfThePage()
    {
        await using var pages = await OpenAsync();
        var panel = await RenderAsync(pages, await pages.AddFacilityAsync());

        Button(panel, "Make a self-signed certificate").Click();

        panel.WaitForAssertion(() => Assert.Contains("devices have to be given it to trust", panel.Markup, StringComparison.Ordinal));
        Assert.Contains("CN=localhost", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_OfAManager_OffersNoFilesOfTheServer()
    {
        await using var pages = await OpenAsync();
        var facility = await pages.AddFacilityAsync();
        var administrators = await RenderAsync(pages, facility);
        Assert.Contains("Or use a file on the server", administrators.Markup, StringComparison.Ordinal);

        await pages.SignInAsync(facility: facility, role: FacilityRole.Manager);

        Assert.DoesNotContain("Or use a file on the server", (await RenderAsync(pages, facility)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_AuthorityAdded_IsListed()
    {
        await using var pages = await OpenAsync();
        var panel = await RenderAsync(pages, await pages.AddFacilityAsync());

        panel.FindComponents<InputFile>()[2].UploadFiles(InputFileContent.CreateFromBinary(TestCertificates.CertificatePem(Authority.Authority), "ca.pem"));

        panel.WaitForAssertion(() => Assert.Contains("CN=Test authority", panel.Find(".certificate-list").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Controls_Stop_GivesTheOrderAndAsksFirstWhereSomebodyIsConnected()
    {
        await using var pages = await OpenAsync();
        var facility = await pages.AddFacilityAsync();
        var entered = await pages.EnterAsync(facility);
        var busy = new ListenerStatus(ListenerState.Running, DateTime.UtcNow) { ActiveAssociations = 2 };
        var controls = pages.Render<ListenerControls>(entered!.Href(), parameters => parameters.Add(one => one.FacilityId, facility.Id).Add(one => one.Status, busy));

        Button(controls, "Stop").Click();
        Assert.Contains("2 associations are open", controls.Find(".dialog").TextContent, StringComparison.Ordinal);
        Assert.Null(await OrderAsync(pages, facility));
        await controls.Find(".dialog form").SubmitAsync();

        Assert.Equal(ListenerOrderKind.Stop, (await OrderAsync(pages, facility))?.Kind);
    }

    [Theory]
    [InlineData("Stopped by Anna.", false)]
    [InlineData(ListenerStatus.SwitchedOff, true)]
    public async Task Controls_Stopped_CanBeStartedUnlessSwitchedOff(string reason, bool isDisabled)
    {
        await using var pages = await OpenAsync();
        var facility = await pages.AddFacilityAsync();
        var stopped = new ListenerStatus(ListenerState.Stopped, DateTime.UtcNow) { Reason = reason };

        var controls = pages.Render<ListenerControls>("/", parameters => parameters.Add(one => one.FacilityId, facility.Id).Add(one => one.Status, stopped));

        Assert.Equal("Start", Assert.Single(controls.FindAll("button")).TextContent);
        Assert.Equal(isDisabled, controls.Find("button").HasAttribute("disabled"));
    }

    private static IElement Button<T>(IRenderedComponent<T> rendered, string text)
        where T : Microsoft.AspNetCore.Components.IComponent => rendered.FindAll("button").First(button => button.TextContent == text);

    private static Task<ListenerOrder?> OrderAsync(PagesUnderTest pages, Facility facility) =>
        pages.Get<ListenerOrders>().FindAsync(FacilityScope.ForJob(facility.Id, "test"));

    private static async Task<IRenderedComponent<CertificatePanel>> RenderAsync(PagesUnderTest pages, Facility facility)
    {
        var panel = pages.Render<CertificatePanel>((await pages.EnterAsync(facility))!.Href("settings"), parameters => parameters.Add(one => one.FacilityId, facility.Id));
        panel.WaitForElement("details");
        return panel;
    }

    private Task<PagesUnderTest> OpenAsync() =>
        PagesUnderTest.OpenAsync(databases, configure: services => services.AddSingleton<ISecretProtection>(new TestSecrets()));
}
