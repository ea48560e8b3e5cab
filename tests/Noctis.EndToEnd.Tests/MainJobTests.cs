using System.Globalization;
using Microsoft.Playwright;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Dicom.Tests.Corpus;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests;

/// <summary>
/// The main job from a fresh folder: set up, create two facilities, send with real tools, see what one sent and nobody else, be
/// refused with a reason, start again and find everything.
/// </summary>
public sealed class MainJobTests : IAsyncLifetime
{
    private const float Patience = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly NoctisSettings _settings;
    private NoctisProcess _noctis = null!;
    private Browser _browser = null!;

    public MainJobTests() => _settings = new NoctisSettings(_folder.Path);

    public async Task InitializeAsync()
    {
        _noctis = await NoctisProcess.StartAsync(_settings);
        _browser = await Browser.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _noctis.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task FreshFolder_TwoFacilitiesSend_EachSeesItsOwnAndStillDoesAfterARestart()
    {
        var admin = await _browser.OpenAsync(_settings.Url);
        await SetUpWithAWrongCodeFirstAsync(admin);
        var central = await admin.CreateFacilityAsync("Central Hospital");
        var north = await admin.CreateFacilityAsync("北クリニック Nord");
        Assert.Matches("^CENTRALHOSP[0-9A-F]{4}$", central.AETitle);
        Assert.Matches("^[A-Z0-9]{1,11}[0-9A-F]{4}$", north.AETitle);
        var centralStaff = await SignInStaffAsync(admin, "Clara Central", "clara@example.org", central);
        var northStaff = await SignInStaffAsync(admin, "Nils North", "nils@example.org", north);

        await EchoAsync(central.AETitle, central.AETitle, central.Port);
        await EchoAsync(north.AETitle, "NOCTIS_SERVER", _settings.SharedPort);
        await RefusedAsync(central.AETitle, "ORTHANC", central.Port, "Called AE Title Not Recognized");
        await RefusedAsync("STRANGER", central.AETitle, central.Port, "Calling AE Title Not Recognized");
        await RefusedAsync("STRANGER", "NOCTIS_SERVER", _settings.SharedPort, "Calling AE Title Not Recognized");

        // The page is open before anything is sent: what arrives has to appear by itself.
        await centralStaff.GotoAsync(central.Path("studies"));
        await centralStaff.WaitForInteractiveAsync();
        await SendPhantomAsync("central.dcm", "Central^Carl", central.AETitle, central.AETitle, central.Port);
        await Assertions.Expect(centralStaff.GetByRole(AriaRole.Row).Filter(new() { HasText = "Central, Carl" })).ToBeVisibleAsync(new() { Timeout = Patience });
        await SendPhantomAsync("north.dcm", "North^Nora", north.AETitle, "NOCTIS_SERVER", _settings.SharedPort);
        var (centralStudies, northStudies) = (1, 1);
        if (CorpusFolder.Path is { } corpus)
        {
            centralStudies += await SendCorpusAsync(corpus, central.AETitle, central.AETitle, central.Port);
            northStudies += await SendCorpusAsync(corpus, north.AETitle, "NOCTIS_SERVER", _settings.SharedPort);
        }

        await SeesItsOwnAsync(centralStaff, central, centralStudies, "Central, Carl", "North, Nora");
        await SeesItsOwnAsync(northStaff, north, northStudies, "North, Nora", "Central, Carl");
        await CannotOpenAsync(centralStaff, north);
        await CannotOpenAsync(northStaff, central);
        await centralStaff.GotoAsync(central.Path());
        await Assertions.Expect(centralStaff.GetByText("STRANGER").First).ToBeVisibleAsync(new() { Timeout = Patience });

        await _noctis.StopAsync();
        await _noctis.DisposeAsync();
        _noctis = await NoctisProcess.StartAsync(_settings);

        await EchoAsync(central.AETitle, central.AETitle, central.Port);
        await EchoAsync(north.AETitle, north.AETitle, north.Port);
        await SeesItsOwnAsync(centralStaff, central, centralStudies, "Central, Carl", "North, Nora");
        await SeesItsOwnAsync(northStaff, north, northStudies, "North, Nora", "Central, Carl");
    }

    private async Task SetUpWithAWrongCodeFirstAsync(IPage admin)
    {
        await admin.SetUpAsync("0000-0000");
        await Assertions.Expect(admin.Locator(".notice.is-bad, .validation-message").First).ToBeVisibleAsync();
        await admin.SetUpAsync(await _noctis.SetupCode);
        await admin.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
        // Whoever comes later finds no set-up page.
        var answer = await admin.Context.APIRequest.GetAsync(new Uri(_settings.Url, "/setup").ToString(), new() { MaxRedirects = 0 });
        Assert.NotEqual(200, answer.Status);
    }

    private async Task<IPage> SignInStaffAsync(IPage admin, string name, string userName, CreatedFacility facility)
    {
        var firstPassword = await admin.CreateStaffAsync(name, userName, facility.Name);
        var page = await _browser.OpenAsync(_settings.Url);
        await page.SignInFirstAsync(userName, firstPassword);
        return page;
    }

    private static async Task EchoAsync(string calling, string called, int port)
    {
        var result = await Tool.RunAsync("echoscu", "-aet", calling, "-aec", called, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture));
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private static async Task RefusedAsync(string calling, string called, int port, string reason)
    {
        var result = await Tool.RunAsync("echoscu", "-aet", calling, "-aec", called, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Rejected Permanent", result.Output, StringComparison.Ordinal);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
    }

    private async Task SendPhantomAsync(string name, string patient, string calling, string called, int port)
    {
        var file = new PhantomImage { PatientName = patient }.Save(Path.Combine(_folder.Path, name));
        var result = await Tool.RunAsync("storescu", "-aet", calling, "-aec", called, "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), file);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    /// <summary>Sends the corpus and returns how many studies must be there for what was acknowledged.</summary>
    private async Task<int> SendCorpusAsync(string corpus, string calling, string called, int port)
    {
        var sent = await DcmSend.SendAsync(Path.Combine(_folder.Path, $"{called}.txt"), calling, called, port, corpus);
        var stored = sent.Where(one => one.Status == 0).Select(one => one.File).ToList();
        // Three of four are whole objects in syntaxes that this dcmsend knows.
        Assert.True(stored.Count > 90, $"{stored.Count} of {sent.Count} were stored.");
        // What was refused was refused for a reason of the object's own, and never for one of ours.
        Assert.All(sent, one => Assert.True(one.Status is null or 0 or 0x0117 or 0xA900 or (>= 0xC000 and <= 0xCFFF), $"{one.File}: {one.Status:X4}"));
        return stored.Select(StudyOf).Distinct(StringComparer.Ordinal).Count();
    }

    private static string StudyOf(string file) =>
        DicomFile.Open(file, DicomReadOptions.WithoutPixelData).Dataset.GetString(DicomTag.StudyInstanceUID) ?? "";

    private static async Task SeesItsOwnAsync(IPage page, CreatedFacility facility, int studies, string own, string theirs)
    {
        await page.GotoAsync(facility.Path("studies"));
        await Assertions.Expect(page.GetByText($"{studies.ToString("N0", CultureInfo.InvariantCulture)} in all")).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.GotoAsync(facility.Path("studies?q=" + Uri.EscapeDataString(own)));
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = own })).ToBeVisibleAsync(new() { Timeout = Patience });
        await page.GotoAsync(facility.Path("studies?q=" + Uri.EscapeDataString(theirs)));
        await Assertions.Expect(page.GetByText("No study matches")).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    private static async Task CannotOpenAsync(IPage page, CreatedFacility other)
    {
        foreach (var path in (string[])["", "studies", "connection", "devices", "team", "settings"])
        {
            var answer = await page.GotoAsync(other.Path(path));
            Assert.Equal(404, answer!.Status);
            Assert.DoesNotContain(other.Name, await page.ContentAsync(), StringComparison.Ordinal);
            Assert.DoesNotContain(other.AETitle, await page.ContentAsync(), StringComparison.Ordinal);
        }

        await page.GotoAsync("/admin/facilities");
        Assert.Contains("/denied", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Name, await page.ContentAsync(), StringComparison.Ordinal);
    }
}
