using Bunit;
using Noctis.Archive.Jobs;
using Noctis.Portal.Home;
using Noctis.Portal.Jobs;
using Noctis.Portal.Layout;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Jobs;

public sealed class JobPagesTests
{
    private readonly FakeWork _work = new();

    [Fact]
    public async Task JobsPage_RunNow_ShowsTheRunFromItsBeginningToItsEnd()
    {
        await using var site = await Site.OpenAsync(_work, FakeWork.Job("off"), FakeWork.Job("every 20 hours", "Other"));
        var gate = new TaskCompletionSource();
        _work.Do = async _ =>
        {
            await gate.Task;
            return "Three rows removed.";
        };
        var page = site.Pages.Render<JobsPage>("/admin/jobs");
        Assert.Contains("Never ran", Row(page, "Fake").TextContent, StringComparison.Ordinal);
        Assert.Contains("Does what a test tells it to.", Row(page, "Fake").TextContent, StringComparison.Ordinal);
        Assert.Contains("when you start it", Row(page, "Fake").TextContent, StringComparison.Ordinal);
        Assert.Contains("Every 20 hours", Row(page, "Other").TextContent, StringComparison.Ordinal);

        await site.Scheduler.StartAsync(CancellationToken.None);
        // "Other" never ran, so that it runs at the start; it waits at the gate as well.
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Running", Row(page, "Other").TextContent, StringComparison.Ordinal));
        await page.Find("[aria-label='Run now: Fake job']").ClickAsync(new());
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Running", Row(page, "Fake").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[aria-label='Run now: Fake job']").HasAttribute("disabled"));
        gate.SetResult();

        PagesUnderTest.WaitFor(page, () => Assert.Contains("Three rows removed.", Row(page, "Fake").TextContent, StringComparison.Ordinal));
        PagesUnderTest.WaitFor(page, () => Assert.Matches("(tomorrow )?at [0-9]{2}:[0-9]{2}", Row(page, "Other").QuerySelector("[data-label='Next run']")!.TextContent));
        Assert.False(page.Find("[aria-label='Run now: Fake job']").HasAttribute("disabled"));
        Assert.Contains("2 jobs. None failed its last run.", page.Markup, StringComparison.Ordinal);

        // Pause and resume, each with its word.
        await page.Find("[aria-label='Pause: Other job']").ClickAsync(new());
        PagesUnderTest.WaitFor(page, () => Assert.Contains("Paused", Row(page, "Other").TextContent, StringComparison.Ordinal));
        await page.Find("[aria-label='Resume: Other job']").ClickAsync(new());
        PagesUnderTest.WaitFor(page, () => Assert.DoesNotContain("Paused", Row(page, "Other").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task JobsPage_BeforeTheSchedulerStarts_AnswersWithWhatToDo()
    {
        await using var site = await Site.OpenAsync(_work, FakeWork.Job("every hour"));
        var page = site.Pages.Render<JobsPage>("/admin/jobs");

        await page.Find("[aria-label='Run now: Fake job']").ClickAsync(new());

        PagesUnderTest.WaitFor(page, () => Assert.Contains("The scheduler has not started yet.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailedJob_OnItsPageAndTheOverview_SaysWhy()
    {
        await using var site = await Site.OpenAsync(_work, FakeWork.Job("off"));
        await site.Pages.AddFacilityAsync();
        await site.AddRunAsync("Fake", JobOutcome.Failed, "The disk is full.");
        await site.AddRunAsync("Removed", JobOutcome.Failed, "Of a job that is no more.");

        var jobs = site.Pages.Render<JobsPage>("/admin/jobs");
        var overview = site.Pages.Render<OverviewPage>("/admin");

        Assert.Contains("1 job. Fake job failed its last run.", jobs.Markup, StringComparison.Ordinal);
        Assert.Contains("The disk is full.", Row(jobs, "Fake").TextContent, StringComparison.Ordinal);
        var attention = overview.Find("[aria-labelledby=attention-title]");
        Assert.Contains("Fake job failed just now", attention.TextContent, StringComparison.Ordinal);
        Assert.Contains("The disk is full.", attention.TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/jobs/Fake", attention.QuerySelector("a.btn")!.GetAttribute("href"));
        Assert.DoesNotContain("no more", overview.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobPage_ManyRuns_ArePagedByKey()
    {
        await using var site = await Site.OpenAsync(_work, FakeWork.Job("daily at 02:30"));
        for (var i = 1; i <= JobPage.PageSize + 3; i++)
            await site.AddRunAsync("Fake", JobOutcome.Succeeded, $"Run number {i}.");

        var newest = site.RenderJob("fake");
        Assert.Equal(JobPage.PageSize, newest.FindAll("tbody tr").Count);
        Assert.Contains("Run number 53.", newest.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Every day at 02:30", newest.Markup, StringComparison.Ordinal);
        Assert.Equal("Jobs:Schedule:Fake", newest.Find("[data-copy]").GetAttribute("data-copy"));

        var older = site.RenderJob("Fake", new Uri("http://localhost" + newest.Find("a[rel=next]").GetAttribute("href")).Query);
        Assert.Equal(["Run number 3.", "Run number 2.", "Run number 1."], older.FindAll("tbody tr td.job-result").Select(cell => cell.TextContent.Trim()));
        Assert.Equal("/admin/jobs/Fake", older.Find("a[rel=prev]").GetAttribute("href"));
    }

    [Fact]
    public async Task JobPage_OfNoJob_SaysSo()
    {
        await using var site = await Site.OpenAsync(_work, FakeWork.Job("off"));

        Assert.Contains("There is no such job", site.RenderJob("Nothing").Markup, StringComparison.Ordinal);
        Assert.Contains("It has not run yet", site.RenderJob("Fake").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobPages_NotAnAdministrator_ShowNothing()
    {
        await using var site = await Site.OpenAsync(_work, FakeWork.Job("off"));
        await site.AddRunAsync("Fake", JobOutcome.Succeeded, "Secret.");
        await site.Pages.SignInAsync(facility: await site.Pages.AddFacilityAsync());

        foreach (var markup in (string[])[site.Pages.Render<JobsPage>("/admin/jobs").Markup, site.RenderJob("Fake").Markup])
        {
            Assert.Contains("administrator", markup, StringComparison.Ordinal);
            Assert.DoesNotContain("Secret", markup, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1, "in a moment")]
    [InlineData(-30, "in a moment")]
    [InlineData(12, "in 12 s")]
    [InlineData(300, "in 5 min")]
    [InlineData(3 * 3600, "at 15:00")]
    [InlineData(20 * 3600, "tomorrow at 08:00")]
    [InlineData(40 * 3600, "Fri 5 Jun, 04:00")]
    public void NextRun_InWords_IsAsPeopleSayIt(int seconds, string words)
    {
        var now = new DateTime(2026, 6, 3, 12, 0, 0, DateTimeKind.Utc);
        Assert.Equal(words, JobText.Next(now.AddSeconds(seconds), Viewer.Unknown, now));
    }

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<JobsPage> page, string job) => page.Find($"tr[data-href='/admin/jobs/{job}']");

    /// <summary>Pages over jobs of a test, on a database of their own.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly DatabaseFixture _databases = new();

        public PagesUnderTest Pages { get; private set; } = default!;

        public JobScheduler Scheduler => Pages.Get<JobScheduler>();

        public static async Task<Site> OpenAsync(FakeWork work, params JobDefinition[] jobs)
        {
            var site = new Site();
            site.Pages = await PagesUnderTest.OpenAsync(site._databases, configure: services => work.Register(services, jobs));
            return site;
        }

        public IRenderedComponent<JobPage> RenderJob(string name, string query = "") =>
            Pages.Render<JobPage>($"/admin/jobs/{name}{query}", page => page.TryAdd(nameof(JobPage.Name), name));

        public async Task AddRunAsync(string job, JobOutcome outcome, string result)
        {
            var history = Pages.Get<JobHistory>();
            await history.FinishAsync(await history.BeginAsync(job, "node-1", null), outcome, result);
        }

        public async ValueTask DisposeAsync()
        {
            await Scheduler.StopAsync(CancellationToken.None);
            await Pages.DisposeAsync();
            await _databases.DisposeAsync();
        }
    }
}
