using Microsoft.Playwright;
using Noctis.Dicom.Data;
using Noctis.EndToEnd.Tests.Harness;
using Noctis.Testing.Dicom;

namespace Noctis.EndToEnd.Tests;

/// <summary>Orthanc, configured as a site would: the facility is one of its modalities.</summary>
public sealed class OrthancTests
{
    private const int Images = 12;

    [Fact]
    public async Task Orthanc_AsSender_EchoesAndSendsAStudyThatThePortalShows()
    {
        using var folder = new TemporaryFolder();
        await using var noctis = await NoctisProcess.StartAsync(new NoctisSettings(folder.Path));
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(noctis.Url);
        await page.SetUpAsync(await noctis.SetupCode);
        await page.WaitForURLAsync(url => !url.Contains("/setup", StringComparison.Ordinal));
        var facility = await page.CreateFacilityAsync("Reading Centre");
        await using var orthanc = await OrthancProcess.StartAsync(folder.Path, facility.AETitle, facility.AETitle, facility.Port);

        var study = "";
        var first = new PhantomImage { PatientName = "Orthanc^Olga", SeriesInstanceUID = DicomUID.Generate().Value };
        foreach (var image in PhantomImage.CreateSeries(first, Images))
            study = await orthanc.UploadAsync(image.Save(Path.Combine(folder.Path, "image.dcm")));

        Assert.True(await orthanc.EchoAsync());
        Assert.Equal((Images, 0), await orthanc.SendStudyAsync(study));
        await page.GotoAsync(facility.Path("studies"));
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Orthanc, Olga" });
        await Assertions.Expect(row).ToContainTextAsync("12", new() { Timeout = 60_000 });
    }
}
