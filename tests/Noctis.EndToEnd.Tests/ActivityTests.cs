using Microsoft.Playwright;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests;

/// <summary>A device is refused; Activity shows it in that moment with the reason, one click lets it in, and what it sends next is taken.</summary>
public sealed class ActivityTests
{
    private const float Patience = 60_000;

    [Fact]
    public async Task Refusal_FixedWithOneClick_IsTakenTheNextTime()
    {
        using var folder = new TemporaryFolder();
        await using var noctis = await NoctisProcess.StartAsync(new NoctisSettings(folder.Path));
        await using var browser = await Browser.StartAsync();
        var desk = await browser.OpenAsync(noctis.Url);
        await desk.SetUpAsync(await noctis.SetupCode);
        await desk.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
        var facility = await desk.CreateFacilityAsync("Central Hospital");
        var image = new PhantomImage { PatientName = "Central^Carl" }.Save(Path.Combine(folder.Path, "image.dcm"));
        await desk.GotoAsync(facility.Path("activity"));
        await desk.WaitForInteractiveAsync();

        Assert.NotEqual(0, (await StoreAsync(facility, image)).ExitCode);
        var row = desk.Locator("tbody tr", new() { HasText = "CT-ROOM-2" });
        await Assertions.Expect(row).ToContainTextAsync("is not registered here", new() { Timeout = Patience });
        await row.FocusAsync();
        await desk.Keyboard.PressAsync("Enter");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Allow CT-ROOM-2" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("CT-ROOM-2 is registered and may send from 127.0.0.1.")).ToBeVisibleAsync(new() { Timeout = Patience });

        // At the doors within two seconds: a scanner that tries again is let in.
        var last = await StoreAsync(facility, image);
        for (var attempt = 1; last.ExitCode != 0 && attempt < 20; attempt++)
            last = await StoreAsync(facility, image);
        Assert.True(last.ExitCode == 0, last.Output);
        await desk.GotoAsync(facility.Path("activity?outcome=completed&kind=association"));
        await Assertions.Expect(desk.Locator("tbody tr", new() { HasText = "CT-ROOM-2" })).ToContainTextAsync("1 image stored", new() { Timeout = Patience });
    }

    private static Task<ToolResult> StoreAsync(CreatedFacility facility, string image) =>
        Tool.RunAsync("storescu", "-aet", "CT-ROOM-2", "-aec", facility.AETitle, "127.0.0.1", $"{facility.Port}", image);
}
