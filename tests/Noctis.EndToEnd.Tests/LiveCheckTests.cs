using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests;

/// <summary>Somebody waits for a scanner, DCMTK is the scanner: each step turns by itself. And the card fits on one page of paper.</summary>
public sealed partial class LiveCheckTests
{
    private const float Patience = 60_000;

    [Fact]
    public async Task Check_WrongTitleThenEchoThenImage_TurnsStepByStep()
    {
        using var folder = new TemporaryFolder();
        await using var noctis = await NoctisProcess.StartAsync(new NoctisSettings(folder.Path));
        await using var browser = await Browser.StartAsync();
        var desk = await browser.OpenAsync(noctis.Url);
        await desk.SetUpAsync(await noctis.SetupCode);
        await desk.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
        var facility = await desk.CreateFacilityAsync("Central Hospital");
        foreach (var paper in (string[])["A4", "Letter"])
            Assert.Single(Page().Matches(Encoding.Latin1.GetString(await desk.PdfAsync(new() { Format = paper }))));

        await desk.GetByRole(AriaRole.Link, new() { Name = "Start the live check" }).ClickAsync();
        await desk.WaitForURLAsync(url => url.Contains("check?since=", StringComparison.Ordinal));
        await Tool.RunAsync("echoscu", "-aet", facility.AETitle, "-aec", "ORTHANC", "127.0.0.1", $"{facility.Port}");
        await IsAsync(desk, "Network", "done");
        await IsAsync(desk, "Association", "failed");
        await Assertions.Expect(desk.Locator("[data-step=Association]")).ToContainTextAsync("You called ORTHANC");

        await Tool.RunAsync("echoscu", "-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", $"{facility.Port}");
        await IsAsync(desk, "Association", "done");
        await IsAsync(desk, "Echo", "done");
        await IsAsync(desk, "Image", "waiting");

        var image = new PhantomImage { PatientName = "Central^Carl" }.Save(Path.Combine(folder.Path, "image.dcm"));
        await Tool.RunAsync("storescu", "-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", $"{facility.Port}", image);
        await IsAsync(desk, "Image", "done");
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Name = "Your scanner is connected" })).ToBeVisibleAsync();
    }

    private static Task IsAsync(IPage page, string step, string state) =>
        Assertions.Expect(page.Locator($"[data-step={step}]")).ToHaveAttributeAsync("data-state", state, new() { Timeout = Patience });

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Page();
}
