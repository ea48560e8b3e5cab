using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Connecting;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Connecting;

public sealed class ConnectionPageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Page_PublicHost_ShowsWhatAScannerNeedsWithCopyButtons()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:PublicHost"] = "pacs.example.org" });
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility);

        var copies = page.FindAll(".kv.big [data-copy]").Select(button => button.GetAttribute("data-copy"));
        Assert.Equal(["pacs.example.org", $"{facility.Port}", facility.AETitle, facility.AETitle], copies);
        Assert.Contains($"echoscu -v -aet {facility.AETitle} -aec {facility.AETitle} pacs.example.org {facility.Port}", page.Find(".print-only").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("this computer only", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SharedDoor_ShowsItsValuesToo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:SharedPort"] = "10104", ["Dicom:ServerAETitle"] = "FRONTDOOR" });

        var page = await RenderAsync(pages, await pages.AddFacilityAsync());

        Assert.Contains("10104", page.Markup, StringComparison.Ordinal);
        Assert.Contains("FRONTDOOR", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NoSharedDoor_DoesNotSpeakOfIt()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:SharedPort"] = "0" });

        Assert.DoesNotContain("shared port", (await RenderAsync(pages, await pages.AddFacilityAsync())).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OpenedAsLocalhost_SaysThatScannersNeedAnotherAddress()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);

        // The test browser's address is http://localhost/.
        Assert.Contains("localhost is this computer only", (await RenderAsync(pages, await pages.AddFacilityAsync())).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listener_StartsThenFails_IsFollowedWithReasonAndRemedy()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        pages.Listeners.Set(facility.Id, ListenerState.Starting);
        var page = await RenderAsync(pages, facility);
        Assert.Contains("Starting", page.Find(".listener-panel").TextContent, StringComparison.Ordinal);

        pages.Listeners.Set(facility.Id, ListenerState.Running);
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Listening", page.Find(".listener-panel").TextContent, StringComparison.Ordinal));
        pages.Listeners.Set(facility.Id, ListenerState.Failed, "The port is taken.", "Choose another one.");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("The port is taken. Choose another one.", page.Find(".listener-panel").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CopyAllAndQrCode_PublicHost_HoldEveryValueAsLines()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:PublicHost"] = "pacs.example.org" });
        var facility = await pages.AddFacilityAsync("St. Mary's Clinic");

        var page = await RenderAsync(pages, facility);

        Assert.Equal(
            $"St. Mary's Clinic\nHost: pacs.example.org\nPort: {facility.Port}\nCalled AE title: {facility.AETitle}\nCalling AE title: {facility.AETitle}\nTLS: no",
            page.Find(".head-actions [data-copy]").GetAttribute("data-copy"));
        Assert.StartsWith("M4 4h7v1h-7z", page.Find("svg.qr path").GetAttribute("d"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "GE")]
    [InlineData("?system=siemens", "Siemens")]
    [InlineData("?system=philips", "Philips")]
    [InlineData("?system=canon", "Canon")]
    [InlineData("?system=horos", "Horos, OsiriX")]
    [InlineData("?system=radiant", "RadiAnt")]
    [InlineData("?system=dcm4che", "dcm4che")]
    [InlineData("?system=dcmtk", "DCMTK")]
    [InlineData("?system=nonsense", "GE")]
    public async Task Steps_SystemInTheAddress_AreShownWithTheValuesFilledIn(string query, string system)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, new Dictionary<string, string?> { ["Dicom:PublicHost"] = "pacs.example.org" });
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility, query);

        Assert.Equal(system, page.Find("nav[aria-label=Systems] [aria-current=page]").TextContent);
        var copies = page.FindAll(".system-steps [data-copy]").Select(button => button.GetAttribute("data-copy")!).ToList();
        Assert.All(["pacs.example.org", $"{facility.Port}", facility.AETitle], value => Assert.Contains(copies, copy => copy.Contains(value, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Firewall_InTheAddress_KeepsTheSystem()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderAsync(pages, facility, "?system=dcmtk&firewall=windows");

        Assert.Contains($"-LocalPort {facility.Port}", page.Find(".firewall code").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("?system=dcmtk&firewall=ufw", page.Find("nav[aria-label=Firewalls] a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_InUse_IsOnTheCardWithItsFingerprintAndItsEnd()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases, configure: services => services.AddSingleton<ISecretProtection>(new TestSecrets()));
        var facility = await pages.AddFacilityAsync();
        var scope = FacilityScope.ForJob(facility.Id, "test");
        var made = (await pages.Get<CertificateCommands>().GenerateAsync(scope, "pacs.example.org")).Value;
        Assert.Empty((await RenderAsync(pages, facility)).FindAll(".fingerprint"));
        await pages.Get<FacilitySettingsCommands>().ChangeAsync(scope, settings => settings with { Network = settings.Network with { Tls = TlsMode.On } });

        var page = await RenderAsync(pages, facility);

        PagesUnderTest.WaitFor(page, () => Assert.Equal(string.Join(':', made.Thumbprint.Chunk(2).Select(pair => new string(pair))), page.Find(".fingerprint").TextContent));
        Assert.NotNull(page.Find($"[data-copy='{made.Thumbprint}']"));
        Assert.Contains("valid until", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Expired", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsMode.Off, "Off", "TLS: no")]
    [InlineData(TlsMode.On, "On", "TLS: yes")]
    [InlineData(TlsMode.ClientCertificates, "On", "TLS: yes, with a certificate of the device's own")]
    public async Task Tls_AsSet_IsOnTheCardAndInTheCommands(TlsMode tls, string word, string line)
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var changed = await pages.Get<FacilitySettingsCommands>().ChangeAsync(
            FacilityScope.ForJob(facility.Id, "test"), settings => settings with { Network = settings.Network with { Tls = tls } });
        Assert.True(changed.IsSuccess, changed.ToString());

        var page = await RenderAsync(pages, facility, "?system=dcmtk");

        PagesUnderTest.WaitFor(page, () => Assert.EndsWith($"\n{line}", page.Find(".head-actions [data-copy]").GetAttribute("data-copy"), StringComparison.Ordinal));
        Assert.Contains(page.FindAll(".connection-card .kv .b"), value => value.TextContent == word);
        Assert.Equal(tls != TlsMode.Off, page.Find(".print-only").TextContent.Contains("noctis.pem", StringComparison.Ordinal));
    }

    private static async Task<IRenderedComponent<ConnectionPage>> RenderAsync(PagesUnderTest pages, Facility facility, string query = "")
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<ConnectionPage>(current.Href("connection") + query, current);
    }
}
