using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests;

/// <summary>Settings changed on their pages, and what DCMTK sees of them: no restart, and the way back.</summary>
public sealed partial class SettingsTests(SignedInPortal portal) : IClassFixture<SignedInPortal>
{
    private const float Patience = 60_000;

    private IPage Desk => portal.Desk;

    [Fact]
    public async Task Service_SwitchedOffOnThePage_IsRefusedOnTheWireUntilItIsUndone()
    {
        var facility = await Desk.CreateFacilityAsync("Central Hospital");
        var image = new PhantomImage { PatientName = "Central^Carl" }.Save(Path.Combine(portal.Folder, "image.dcm"));
        Assert.True(await ToolAsync("storescu", facility, [], image));

        await Desk.GotoAsync(facility.Path("settings/services"));
        await Desk.WaitForInteractiveAsync();
        await Desk.ClickAsync("button[name=C-STORE]");
        await SaveAsync();
        await UntilAsync(async () => !await ToolAsync("storescu", facility, [], image));
        Assert.True(await ToolAsync("echoscu", facility, []));

        await Desk.GotoAsync(facility.Path("settings/history"));
        await Desk.WaitForInteractiveAsync();
        var change = Desk.Locator("tbody tr").Filter(new() { HasText = "C-STORE" });
        await Assertions.Expect(change).ToContainTextAsync(Harness.Portal.AdministratorName);
        await change.GetByRole(AriaRole.Button, new() { NameRegex = Undo() }).ClickAsync();
        await Desk.GetByRole(AriaRole.Button, new() { Name = "Undo it" }).ClickAsync();
        await Assertions.Expect(Desk.GetByText("Undone").First).ToBeVisibleAsync(new() { Timeout = Patience });
        await UntilAsync(() => ToolAsync("storescu", facility, [], image));
    }

    [Fact]
    public async Task Value_OutOfItsRange_IsExplainedOnThePageAndChangesNothing()
    {
        var facility = await Desk.CreateFacilityAsync("North Clinic");
        await Desk.GotoAsync(facility.Path("settings/network"));
        await Desk.WaitForInteractiveAsync();

        await Desk.FillAsync("[name='Network.MaxPduLength']", "100");
        await Assertions.Expect(Desk.GetByText("Maximum PDU length is 4,096 to 1,048,576 bytes; 100 is not.")).ToBeVisibleAsync(new() { Timeout = Patience });
        await Desk.FillAsync("[name='Network.MaxPduLength']", "16384");
        await SaveAsync();

        await UntilAsync(async () =>
        {
            var echo = await Tool.RunAsync("echoscu", "-d", "-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", Port(facility));
            // The first is of the request, in which nobody has said it yet.
            return echo.ExitCode == 0 && TheirMaxPdu().Matches(echo.Output).Last().Groups[1].Value == "16384";
        });
    }

    [Fact]
    public async Task Tls_WithACertificateMadeOnThePage_IsSpokenAndPlainIsRefused()
    {
        var facility = await Desk.CreateFacilityAsync("South Clinic");
        await Desk.GotoAsync(facility.Path("settings/tls"));
        await Desk.WaitForInteractiveAsync();
        await Desk.GetByLabel("Or make one now, for this host name").FillAsync("127.0.0.1");
        await Desk.GetByRole(AriaRole.Button, new() { Name = "Make a self-signed certificate" }).ClickAsync();
        var link = await Desk.GetByRole(AriaRole.Link, new() { Name = "Download as PEM" }).GetAttributeAsync("href", new() { Timeout = Patience });
        var pem = Path.Combine(portal.Folder, "server.pem");
        await File.WriteAllBytesAsync(pem, Convert.FromBase64String(link!.Split("base64,")[1]));
        await Assertions.Expect(Desk.Locator(".certificates")).ToContainTextAsync("Valid until");

        await Desk.CheckAsync("input[name='Network.Tls'][value=On]");
        await SaveAsync();

        await UntilAsync(() => ToolAsync("echoscu", facility, ["+tla", "+cf", pem]));
        Assert.False(await ToolAsync("echoscu", facility, []));
        var handshake = await Tool.RunAsync("timeout", "60", "openssl", "s_client", "-connect", $"127.0.0.1:{Port(facility)}", "-CAfile", pem, "-verify_return_error", "-brief", "-no_ign_eof");
        Assert.Contains("Verification: OK", handshake.Output, StringComparison.Ordinal);
    }

    private async Task SaveAsync()
    {
        await Desk.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(Desk.Locator(".save-outcome").GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    /// <summary>Whether a tool of DCMTK succeeds, calling as the facility's own device.</summary>
    private static async Task<bool> ToolAsync(string name, CreatedFacility facility, string[] options, params string[] files) =>
        (await Tool.RunAsync(name, [.. options, "-aet", facility.AETitle, "-aec", facility.AETitle, "127.0.0.1", Port(facility), .. files])).ExitCode == 0;

    private static string Port(CreatedFacility facility) => facility.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>A change takes effect within two seconds; a busy machine may take longer.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Patience));
        while (!await isSo())
            await Task.Delay(100, limit.Token);
    }

    [GeneratedRegex("^Undo ")]
    private static partial Regex Undo();

    [GeneratedRegex(@"Their Max PDU Receive Size:\s+(\d+)")]
    private static partial Regex TheirMaxPdu();
}
