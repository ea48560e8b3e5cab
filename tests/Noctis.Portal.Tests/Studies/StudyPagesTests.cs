using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Integrity;
using Noctis.Archive.Jobs;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;
using Noctis.Portal.Studies;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;
using Noctis.Testing.Ingest;

namespace Noctis.Portal.Tests.Studies;

/// <summary>The pages over a real archive: what it holds is what they show, and nothing of another facility.</summary>
public sealed class StudyPagesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task StudiesPage_EmptyFacility_TeachesTheNextStep()
    {
        await using var page = await OpenAsync();

        var list = page.RenderList();

        Assert.Contains("No studies yet", list.Markup, StringComparison.Ordinal);
        Assert.Contains(page.Facility.AETitle, list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudiesPage_WithStudies_ShowsThemAsPeopleWrite()
    {
        await using var page = await OpenAsync();
        await page.StoreAsync(new PhantomImage { PatientName = "Müller^Anna", PatientID = "PAT-004512", StudyDescription = "Chest", AccessionNumber = "ACC1" });

        var row = page.RenderList().Find("tbody tr").TextContent;

        foreach (var expected in (string[])["Müller, Anna", "PAT-004512", "Chest", "ACC1", "CT", "Receiving"])
            Assert.Contains(expected, row, StringComparison.Ordinal);
        Assert.DoesNotContain("^", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudyPages_NameInTwoScripts_ShowItsOwnAndTheLatinOne()
    {
        await using var page = await OpenAsync();
        var stored = await page.StoreAsync(new PhantomImage { PatientName = "Yamada^Tarou=山田^太郎" });

        foreach (var text in (string[])[page.RenderList().Find("tbody tr").TextContent, page.RenderList("?q=yamada").Find("tbody tr").TextContent])
        {
            Assert.Contains("山田 太郎", text, StringComparison.Ordinal);
            Assert.Contains("Yamada, Tarou", text, StringComparison.Ordinal);
        }

        var head = page.RenderStudy(stored.StudyId).Find(".head").TextContent;
        Assert.Contains("山田 太郎", head, StringComparison.Ordinal);
        Assert.Contains("Yamada, Tarou", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?q=muller")]
    [InlineData("?q=PAT-0045")]
    [InlineData("?q=acc1")]
    [InlineData("?modality=CT")]
    [InlineData("?date=2026-01-02..2026-01-02")]
    public async Task StudiesPage_Filtered_ShowsWhatMatches(string query)
    {
        await using var page = await OpenAsync();
        await page.StoreAsync(new PhantomImage { PatientName = "Müller^Anna", PatientID = "PAT-004512", AccessionNumber = "ACC1" });
        await page.StoreAsync(new PhantomImage { PatientName = "Okafor^Daniel", PatientID = "PAT-009001", AccessionNumber = "XYZ9", Modality = "MR", StudyDate = "20250304" });

        var rows = page.RenderList(query).FindAll("tbody tr");

        Assert.Contains("Müller", Assert.Single(rows).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudiesPage_NothingMatches_SaysSoAndOffersAll()
    {
        await using var page = await OpenAsync();
        await page.StoreAsync(new PhantomImage());

        Assert.Contains("No study matches", page.RenderList("?q=nobody").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudiesPage_StudyArrives_AppearsWithoutReload()
    {
        await using var page = await OpenAsync();
        var list = page.RenderList();
        Assert.Empty(list.FindAll("tbody tr"));

        await page.StoreAsync(new PhantomImage { PatientName = "Late^Lisa" });

        list.WaitForAssertion(() => Assert.Contains("Late, Lisa", list.Find("tbody tr.fresh").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task StudiesPage_AnotherFacilitysStudy_IsNotShown()
    {
        await using var page = await OpenAsync();
        await using var other = await OpenAsync();
        var image = new PhantomImage { PatientName = "Theirs^Only" };
        await other.StoreAsync(image);

        Assert.DoesNotContain("Theirs", page.RenderList("?q=theirs").Markup.Replace("?q=theirs", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Theirs", other.RenderList().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudyDetailsPage_AnotherFacilitysId_IsNotFound()
    {
        await using var page = await OpenAsync();
        await using var other = await OpenAsync();
        var stored = await other.StoreAsync(new PhantomImage { PatientName = "Theirs^Only" });

        var asked = page.RenderStudy(stored.StudyId, stored.SeriesId);

        Assert.Contains("There is no such study in this facility", asked.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Theirs", asked.Markup, StringComparison.Ordinal);
        Assert.Contains("Theirs, Only", other.RenderStudy(stored.StudyId).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudyDetailsPage_OpenSeries_ListsItsImages()
    {
        await using var page = await OpenAsync();
        var first = new PhantomImage();
        var stored = await page.StoreAsync(first);
        await page.StoreAsync(first with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = 2 });

        var study = page.RenderStudy(stored.StudyId, stored.SeriesId);

        Assert.Equal(2, study.FindAll(".instances tbody tr").Count);
        Assert.Contains("CT Image", study.Find(".instances tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstanceDetailsPage_Image_ShowsItsTagsAndFindsThem()
    {
        await using var page = await OpenAsync();
        var stored = await page.StoreAsync(new PhantomImage { PatientName = "Müller^Anna" });

        var image = page.RenderImage(stored.StudyId, stored.InstanceId);
        // The tags are read from the file, which may take longer than the first render.
        image.WaitForElement(".tag-line");
        Assert.Contains("Müller^Anna", image.Markup, StringComparison.Ordinal);
        var all = image.FindAll(".tag-line").Count;
        image.Find("input[type=search]").Input("accession");

        Assert.InRange(image.FindAll(".tag-line").Count, 1, all - 1);
        Assert.Contains("Accession Number", image.Find(".tag-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstanceDetailsPage_AnotherFacilitysImage_IsNotFound()
    {
        await using var page = await OpenAsync();
        await using var other = await OpenAsync();
        var theirs = await other.StoreAsync(new PhantomImage { PatientName = "Theirs^Only" });
        var own = await page.StoreAsync(new PhantomImage());

        foreach (var study in (long[])[theirs.StudyId, own.StudyId])
        {
            var asked = page.RenderImage(study, theirs.InstanceId);
            Assert.Contains("There is no such image in this study", asked.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Theirs", asked.Markup, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task InstanceDetailsPage_ImageOfAnotherStudy_IsNotFound()
    {
        await using var page = await OpenAsync();
        var first = await page.StoreAsync(new PhantomImage());
        var second = await page.StoreAsync(new PhantomImage());

        Assert.Contains("There is no such image", page.RenderImage(first.StudyId, second.InstanceId).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StudyPages_StudyFallsQuiet_ShowItAsCompleteByThemselves()
    {
        await using var page = await OpenAsync();
        var stored = await page.StoreAsync(new PhantomImage());
        var (list, study) = (page.RenderList(), page.RenderStudy(stored.StudyId));
        Assert.Contains("Receiving", list.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Receiving", study.Find(".head").TextContent, StringComparison.Ordinal);

        await page.FallQuietAsync(stored.StudyId);

        list.WaitForAssertion(() => Assert.Contains("Complete", list.Find("tbody tr").TextContent, StringComparison.Ordinal));
        study.WaitForAssertion(() => Assert.Contains("Complete", study.Find(".head").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void CompletionWatch_StudyOfAnotherNode_LooksOnceAndNotForEver()
    {
        var time = new SettableTime();
        var watch = new CompletionWatch(Options.Create(new StudiesOptions()), time);
        var (last, pace) = (time.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(5));

        Assert.InRange(watch.LookIn(null, last)!.Value, TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(80));
        Assert.False(watch.IsDue(null, last, pace));
        Assert.Null(watch.LookIn(last, last));
        time.Advance(TimeSpan.FromSeconds(77));
        Assert.True(watch.IsDue(null, last, pace));
        Assert.False(watch.IsDue(last, last, pace));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(watch.IsDue(null, last, pace));
    }

    private async Task<Page> OpenAsync()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var scope = await database.AddFacilityAsync();
        return new Page(database, scope);
    }

    /// <summary>A browser's worth of one facility.</summary>
    private sealed class Page : IAsyncDisposable
    {
        private readonly BunitContext _context = new();
        private readonly TestDatabase _database;

        public Page(TestDatabase database, FacilityScope scope)
        {
            _database = database;
            Facility = new CurrentFacility(scope, "Test Facility", "TESTFAC1A2B", 11113, FacilityState.Active);
            _context.JSInterop.Mode = JSRuntimeMode.Loose;
            _context.Services.AddSingleton(database.Services.GetRequiredService<StudyQueries>());
            _context.Services.AddSingleton(database.Services.GetRequiredService<ArrivalQueries>());
            _context.Services.AddSingleton(database.Services.GetRequiredService<StudyEvents>());
            _context.Services.AddSingleton(database.Services.GetRequiredService<FaultQueries>());
            _context.Services.AddSingleton(database.Services.GetRequiredService<VersionQueries>());
            _context.Services.AddSingleton(ActivatorUtilities.CreateInstance<CompletionWatch>(database.Services));
            _context.Services.AddSingleton(TimeProvider.System);
            _context.Services.AddSingleton(new SignedInScopes(new FixedAuthentication(), database.Services.GetRequiredService<FacilityAccess>()));
            _context.Services.AddFallbackServiceProvider(database.Services);
            _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        }

        public CurrentFacility Facility { get; }

        public Task<Archive.Ingest.StoredInstance> StoreAsync(PhantomImage image) => _database.Services.StoreAsync(Facility.Scope, image);

        /// <summary>Two minutes pass for this study, and the job runs.</summary>
        public async Task FallQuietAsync(long studyId)
        {
            await using (var context = _database.AcrossFacilities())
            {
                var earlier = DateTime.UtcNow.AddMinutes(-2);
                if (!await context.Set<JobCursor>().AnyAsync())
                    context.Add(new JobCursor { Job = "StudyCompletion", Value = "2026-01-01T00:00:00.0000000Z settled" });
                await context.SaveChangesAsync();
                await context.Set<Study>().Where(study => study.Id == studyId).ExecuteUpdateAsync(set => set.SetProperty(study => study.LastReceivedUtc, earlier));
            }

            await _database.Services.GetRequiredService<StudyCompletion>().RunAsync(CancellationToken.None);
        }

        public IRenderedComponent<StudiesPage> RenderList(string query = "")
        {
            Go("studies" + query);
            return Loaded(_context.Render<StudiesPage>(page => page.Add(p => p.FacilityId, Facility.Id).AddCascadingValue(Facility)), ".skeleton");
        }

        public IRenderedComponent<StudyDetailsPage> RenderStudy(long studyId, long? series = null)
        {
            Go($"studies/{studyId}" + (series is null ? "" : $"?series={series}"));
            var rendered = _context.Render<StudyDetailsPage>(page => page.Add(p => p.FacilityId, Facility.Id).Add(p => p.StudyId, studyId).AddCascadingValue(Facility));
            rendered.WaitForState(() => rendered.FindAll("h1").Count > 0, TimeSpan.FromSeconds(30));
            if (series is not null && rendered.FindAll(".series").Count > 0)
                rendered.WaitForState(() => rendered.FindAll(".instances tbody tr").Count > 0, TimeSpan.FromSeconds(30));
            return rendered;
        }

        public IRenderedComponent<InstanceDetailsPage> RenderImage(long studyId, long instanceId)
        {
            Go($"studies/{studyId}/images/{instanceId}");
            var rendered = _context.Render<InstanceDetailsPage>(page =>
                page.Add(p => p.FacilityId, Facility.Id).Add(p => p.StudyId, studyId).Add(p => p.InstanceId, instanceId).AddCascadingValue(Facility));
            rendered.WaitForState(() => rendered.FindAll("h1").Count > 0, TimeSpan.FromSeconds(30));
            return rendered;
        }

        private static IRenderedComponent<T> Loaded<T>(IRenderedComponent<T> rendered, string placeholder)
            where T : IComponent
        {
            rendered.WaitForState(() => rendered.FindAll(placeholder).Count == 0, TimeSpan.FromSeconds(30));
            return rendered;
        }

        private void Go(string page) => _context.Services.GetRequiredService<NavigationManager>().NavigateTo(Facility.Href(page));

        public ValueTask DisposeAsync() => _context.DisposeAsync();
    }
}
