using Bunit;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Portal.Home;
using Noctis.Portal.Storage;
using Noctis.Portal.Studies;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Portal.Tests.Storage;

public sealed class StoragePagesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Storage_Facilities_AreListedLargestFirstOrAsTheAddressSays()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        Assert.Contains("No facility yet", pages.Render<StoragePage>("/admin/storage").Markup, StringComparison.Ordinal);
        var small = await pages.AddFacilityAsync("Aachen Clinic");
        var large = await pages.AddFacilityAsync("Zurich Clinic");
        await pages.StoreAsync(small, new PhantomImage { PixelBytes = 1000 });
        await pages.StoreAsync(large, new PhantomImage { PixelBytes = 400_000 });
        await SetQuotaAsync(pages, small, 10_000);

        var page = pages.Render<StoragePage>("/admin/storage");

        Assert.Equal(["Zurich Clinic", "Aachen Clinic"], Names(page));
        var row = page.FindAll(".storage-table tbody tr")[1].TextContent;
        Assert.Contains("of 10 KB", row, StringComparison.Ordinal);
        Assert.Contains("no fault known", row, StringComparison.Ordinal);
        Assert.Contains("no quota", page.FindAll(".storage-table tbody tr")[0].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("2 studies", page.Find("[aria-label='Used by images'] .d").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("descending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
        Assert.Contains("today", page.Find(".growth-chart").TextContent, StringComparison.Ordinal);

        Assert.Equal(["Aachen Clinic", "Zurich Clinic"], Names(pages.Render<StoragePage>("/admin/storage?sort=name")));
        Assert.Equal(["Aachen Clinic", "Zurich Clinic"], Names(pages.Render<StoragePage>("/admin/storage?sort=quota")));
        Assert.Equal(["Zurich Clinic", "Aachen Clinic"], Names(pages.Render<StoragePage>("/admin/storage?sort=nonsense")));
        Assert.Equal(["Aachen Clinic"], Names(pages.Render<StoragePage>($"/admin/storage?from={small.Id}")));
    }

    [Fact]
    public async Task Storage_NotAnAdministrator_ShowsNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync("Secret Clinic");
        await pages.SignInAsync(facility: facility);

        var page = pages.Render<StoragePage>("/admin/storage");

        Assert.Contains("needs an administrator", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret Clinic", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FacilityStorage_NothingStored_SaysSo()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();

        var page = await RenderStorageAsync(pages, facility);

        Assert.Contains("Nothing is stored yet.", page.Find(".sub").TextContent, StringComparison.Ordinal);
        Assert.Contains("The chart begins with the first image", page.Markup, StringComparison.Ordinal);
        Assert.Contains("None is known", page.Markup, StringComparison.Ordinal);
        Assert.Contains("no quota is set", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FacilityStorage_QuotaNearlyUsed_WarnsWithShareAndForecast()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var stored = await pages.StoreAsync(facility, new PhantomImage { PixelBytes = 10_000 });
        await SetQuotaAsync(pages, facility, stored.Bytes * 10 / 9);
        await AddDayAsync(pages, facility, "CT", 7_000);
        await AddDayAsync(pages, facility, "", 3_000);

        var page = await RenderStorageAsync(pages, facility);

        Assert.Equal("90 % of the quota are used.", page.Find(".sub").TextContent.Trim());
        Assert.NotNull(page.Find(".meter.warn .meter-mark"));
        Assert.Equal("Under a day", page.Find("[aria-label='Quota lasts'] .v").TextContent);
        Assert.DoesNotContain("used up", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["CT", "Other"], page.FindAll(".bars .mod").Select(tag => tag.TextContent));
        Assert.Contains("70 %", page.Find(".bars li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FacilityStorage_FaultyFiles_AreListedByPagesAndLeadToTheirImages()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var other = await pages.AddFacilityAsync();
        var images = new List<StoredInstance>();
        foreach (var image in PhantomImage.CreateSeries(new PhantomImage { PatientName = "Müller^Anna", PixelBytes = 100 }, FacilityStoragePage.PageSize + 1))
            images.Add(await pages.StoreAsync(facility, image));
        foreach (var image in images)
            await AddFaultAsync(pages, facility, image, FaultKind.Missing);
        await AddFaultAsync(pages, other, await pages.StoreAsync(other, new PhantomImage { PatientName = "Theirs^Only", PixelBytes = 100 }), FaultKind.Damaged);

        var page = await RenderStorageAsync(pages, facility);

        Assert.Equal(FacilityStoragePage.PageSize, page.FindAll("tbody tr").Count);
        var newest = page.Find("tbody tr");
        Assert.Contains("Series 1, image 51", newest.TextContent, StringComparison.Ordinal);
        Assert.Contains("Müller, Anna", newest.TextContent, StringComparison.Ordinal);
        Assert.Contains("Its file is missing", newest.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/f/{facility.Id}/studies/{images[^1].StudyId}/images/{images[^1].InstanceId}", newest.GetAttribute("data-href"));
        Assert.DoesNotContain("Theirs", page.Markup, StringComparison.Ordinal);

        var next = await RenderStorageAsync(pages, facility, new Uri(page.Find("a[rel=next]").GetAttribute("href")!, UriKind.RelativeOrAbsolute));
        Assert.Contains("image 1", Assert.Single(next.FindAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Empty(next.FindAll("a[rel=next]"));
    }

    [Fact]
    public async Task Faults_OfAFacility_AreOnHomeOverviewAndTheStudysPage()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync("Harbour Clinic");
        var stored = await pages.StoreAsync(facility, new PhantomImage { SeriesNumber = 3, InstanceNumber = 14, PixelBytes = 100 });
        await AddFaultAsync(pages, facility, stored, FaultKind.Damaged);
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);

        var home = pages.Render<HomePage>(current.Href(), current);
        Assert.Contains("1 image has a faulty file", home.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(home.FindAll($"a[href='/f/{facility.Id}/storage']"));

        var overview = pages.Render<OverviewPage>("/admin");
        Assert.Contains(overview.FindAll("[aria-labelledby='attention-title'] .step"), item =>
            item.QuerySelector(".k")?.TextContent == "Harbour Clinic" && item.TextContent.Contains("1 image has a faulty file", StringComparison.Ordinal));

        var study = pages.RenderWith<StudyDetailsPage>(current.Href($"studies/{stored.StudyId}"), current, page => page.Add(p => p.StudyId, stored.StudyId));
        PagesUnderTest.WaitFor(study, () => Assert.Contains("Series 3, image 14", study.Find(".notice.is-bad").TextContent, StringComparison.Ordinal));
        Assert.Contains("its file is not what was received", study.Find(".notice.is-bad").TextContent, StringComparison.Ordinal);
        Assert.Contains("Send the study again: a good copy repairs it.", study.Markup, StringComparison.Ordinal);

        // Sent again, it is made good.
        await pages.StoreAsync(facility, new PhantomImage { StudyInstanceUID = stored.StudyInstanceUid, SeriesInstanceUID = stored.SeriesInstanceUid, SOPInstanceUID = stored.SopInstanceUid, PixelBytes = 100 });
        PagesUnderTest.WaitFor(study, () => Assert.Empty(study.FindAll(".notice.is-bad")));
    }

    [Fact]
    public async Task Versions_OfAnImage_AreOnItsPageAndToldOnItsStudys()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var image = new PhantomImage { SeriesNumber = 3, InstanceNumber = 14, SOPInstanceUID = DicomUID.Generate().Value, PixelBytes = 100 };
        await pages.StoreAsync(facility, image, "CT-OLD");
        var stored = await pages.StoreAsync(facility, image with { PixelBytes = 20_000 }, "CT-NEW");
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);

        var study = pages.RenderWith<StudyDetailsPage>(current.Href($"studies/{stored.StudyId}"), current, page => page.Add(p => p.StudyId, stored.StudyId));
        PagesUnderTest.WaitFor(study, () => Assert.Contains("1 image arrived with differing content", study.Find(".notice.is-warn").TextContent, StringComparison.Ordinal));
        Assert.Empty(study.FindAll(".notice.is-bad"));

        var shown = pages.RenderWith<InstanceDetailsPage>(current.Href($"studies/{stored.StudyId}/images/{stored.InstanceId}"), current,
            page => page.Add(p => p.StudyId, stored.StudyId).Add(p => p.InstanceId, stored.InstanceId));
        PagesUnderTest.WaitFor(shown, () => Assert.Contains("Other contents under this UID", shown.Markup, StringComparison.Ordinal));
        var row = shown.Find("[aria-labelledby=versions-heading] tbody tr").TextContent;
        Assert.Contains("CT-OLD", row, StringComparison.Ordinal);
        Assert.Contains("A later copy took its place; it was removed", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstanceDetailsPage_FileIsMissing_StillShowsTheImage()
    {
        await using var pages = await PagesUnderTest.OpenAsync(databases);
        var facility = await pages.AddFacilityAsync();
        var stored = await pages.StoreAsync(facility, new PhantomImage { InstanceNumber = 14, PixelBytes = 100 });
        await AddFaultAsync(pages, facility, stored, FaultKind.Missing);
        Directory.Delete(Path.Combine(pages.Get<StoragePaths>().Facility(facility.Id), "studies"), recursive: true);
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);

        var shown = pages.RenderWith<InstanceDetailsPage>(current.Href($"studies/{stored.StudyId}/images/{stored.InstanceId}"), current,
            page => page.Add(p => p.StudyId, stored.StudyId).Add(p => p.InstanceId, stored.InstanceId));

        PagesUnderTest.WaitFor(shown, () => Assert.Contains("Image 14", shown.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Contains("Its file is missing", shown.Find(".notice.is-bad").TextContent, StringComparison.Ordinal);
        Assert.Contains("The image's file is missing or cannot be read.", shown.Markup, StringComparison.Ordinal);
    }

    private static string[] Names(IRenderedComponent<StoragePage> page) => [.. page.FindAll(".storage-table td.name").Select(cell => cell.TextContent.Trim())];

    private static async Task<IRenderedComponent<FacilityStoragePage>> RenderStorageAsync(PagesUnderTest pages, Facility facility, Uri? address = null)
    {
        var current = await pages.EnterAsync(facility);
        Assert.NotNull(current);
        return pages.Render<FacilityStoragePage>(address?.ToString() ?? current.Href("storage"), current);
    }

    private static async Task SetQuotaAsync(PagesUnderTest pages, Facility facility, long quota)
    {
        await using var context = Open(pages, facility);
        context.Add(new StorageSettings { QuotaBytes = quota });
        await context.SaveChangesAsync();
    }

    private static async Task AddDayAsync(PagesUnderTest pages, Facility facility, string modality, long bytes)
    {
        await using var context = Open(pages, facility);
        context.Add(new StorageDay { Day = DateOnly.FromDateTime(DateTime.UtcNow), Modality = modality, Studies = 1, Instances = 1, Bytes = bytes });
        await context.SaveChangesAsync();
    }

    private static async Task AddFaultAsync(PagesUnderTest pages, Facility facility, StoredInstance stored, FaultKind kind)
    {
        await using var context = Open(pages, facility);
        var path = await context.Set<Archive.Studies.Instance>().Where(row => row.Id == stored.InstanceId).Select(row => row.StoragePath).SingleAsync();
        context.Add(new InstanceFault { InstanceId = stored.InstanceId, StudyId = stored.StudyId, Kind = kind, StoragePath = path, FoundUtc = DateTime.UtcNow });
        await context.SaveChangesAsync();
    }

    private static NoctisDbContext Open(PagesUnderTest pages, Facility facility) =>
        pages.Get<INoctisDbContextFactory>().CreateFor(FacilityScope.ForJob(facility.Id, "test"));
}
