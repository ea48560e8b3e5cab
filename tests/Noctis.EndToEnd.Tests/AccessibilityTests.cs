using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests;

/// <summary>Every page, in both themes and at both widths: no serious finding from axe, nothing wider than the screen, no error in the console.</summary>
public sealed class AccessibilityTests
{
    [Fact]
    public async Task EveryPage_InBothThemesAndWidths_HasNoSeriousFinding()
    {
        using var folder = new TemporaryFolder();
        await using var noctis = await NoctisProcess.StartAsync(new NoctisSettings(folder.Path));
        await using var browser = await Browser.StartAsync();
        var findings = new List<string>();

        var desk = await browser.OpenAsync(noctis.Url);
        await InspectAsync(desk, "/setup", findings);
        await desk.SetUpAsync(await noctis.SetupCode);
        await desk.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
        await InspectAsync(desk, "/admin/facilities", findings);
        var facility = await desk.CreateFacilityAsync("Central Hospital");
        await InspectAsync(desk, facility.Path(), findings);
        await InspectAsync(desk, facility.Path("studies"), findings);
        var sent = await DcmSend.SendAsync(
            Path.Combine(folder.Path, "report.txt"), facility.AETitle, facility.AETitle, facility.Port,
            new PhantomImage { PatientName = "Müller^Anna=山田^太郎", StudyDescription = "Chest with contrast" }.Save(Path.Combine(folder.Path, "image.dcm")));
        Assert.Equal((ushort?)0, Assert.Single(sent).Status);
        await Tool.RunAsync("echoscu", "-aet", "STRANGER", "-aec", facility.AETitle, "127.0.0.1", $"{facility.Port}");
        await Tool.RunAsync("echoscu", "-aet", "STRANGER", "-aec", "NOCTIS_SERVER", "127.0.0.1", $"{noctis.Settings.SharedPort}");

        var pages = new List<string>
        {
            "/admin", "/admin/facilities", "/admin/facilities/new", "/admin/users", "/admin/users/new", "/admin/jobs", "/admin/jobs/StudyCompletion", "/account/password", "/denied",
            facility.Path(), facility.Path("studies"), facility.Path("connection"), facility.Path("connection?system=dcmtk&firewall=windows"), facility.Path("connection/check"), "/help/troubleshooting", facility.Path("devices"), facility.Path("team"), facility.Path("settings"),
            "/admin/storage", facility.Path("storage"), facility.Path("settings/storage"),
            facility.Path("settings/network"), facility.Path("settings/access"), facility.Path("settings/tls"), facility.Path("settings/services"), facility.Path("settings/sop-classes"),
            facility.Path("settings/transfer-syntaxes"), facility.Path("settings/logging"), facility.Path("settings/history"), facility.Path("settings/copy"), "/admin/defaults",
            facility.Path("trash"), facility.Path("quarantine"), facility.Path("activity"), facility.Path("activity?outcome=trouble&kind=echo"), "/admin/activity", "/admin/inbox",
            facility.Path("dashboard"), facility.Path("dashboard?range=15m"), facility.Path("dashboard?range=15m&view=table"), "/admin/dashboard", "/admin/dashboard?range=15m", "/admin/dashboard?by=failed",
            "/admin/attention", "/admin/attention?q=nobody", "/admin/defaults/network", "/admin/defaults/access",
        };
        await desk.GotoAsync(facility.Path("activity?outcome=trouble"));
        pages.Add((await desk.Locator("tbody a.row-link").First.GetAttributeAsync("href"))!);
        await desk.GotoAsync(facility.Path("studies"));
        var study = await desk.Locator("tbody a.row-link").First.GetAttributeAsync("href");
        pages.Add(study!);
        await desk.GotoAsync(study!);
        var series = await desk.Locator("a.series-row").First.GetAttributeAsync("href");
        pages.Add(series!);
        await desk.GotoAsync(series!);
        pages.Add((await desk.Locator(".instances a.row-link").First.GetAttributeAsync("href"))!);

        foreach (var page in pages)
            await InspectAsync(desk, page, findings);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    private static async Task InspectAsync(IPage page, string path, List<string> findings)
    {
        void Listen(object? _, IConsoleMessage message)
        {
            if (message.Type == "error")
                findings.Add($"{path}: console: {message.Text}");
        }

        page.Console += Listen;
        // Both widths and both themes of each page: all four together would take as long again and find the same colours.
        foreach (var (width, height, theme) in new[] { (1440, 900, ColorScheme.Light), (390, 844, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.GotoAsync(path);
            // The circuit draws the page once more, its title last; this one page has none.
            var circuit = path == "/denied" ? "true" : "document.querySelector('[data-state=static]') === null";
            await page.WaitForFunctionAsync($"() => document.title !== '' && {circuit}");
            var where = $"{path} at {width}, {theme}";
            var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
            if (overflow > 0)
                findings.Add($"{where}: {overflow} px wider than the screen");
            var result = await page.RunAxe();
            findings.AddRange(result.Violations
                .Where(violation => violation.Impact is "serious" or "critical")
                .Select(violation => $"{where}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}"));
        }

        page.Console -= Listen;
    }
}
