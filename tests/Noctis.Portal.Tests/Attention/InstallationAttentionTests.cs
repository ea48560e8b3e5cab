using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Traffic;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Attention;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Journal;
using Noctis.Portal.Tests.Facilities;
using Noctis.Testing;
using Noctis.Testing.Databases;

namespace Noctis.Portal.Tests.Attention;

public sealed class InstallationAttentionTests : IAsyncLifetime
{
    // One for each test: a list of everything that is wrong anywhere shows what other tests have done.
    private readonly DatabaseFixture _databases = new();
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");
    private readonly TestCertificates _authority = new();

    public Task InitializeAsync() => _databases.InitializeAsync();

    public Task DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task Overview_TroubleAtFacilities_IsListedWithTheirNamesAndGoneWhenPutRight()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var time = new SettableTime();
        var north = await pages.AddFacilityAsync("North");
        var south = await pages.AddFacilityAsync("South");
        await pages.RefuseAsync(north, "MRI-3", JournalCode.CallingTitleUnknown, "MRI-3 is not registered here.", times: 2);
        await ExpireAsync(pages, south);
        pages.Listeners.Set(south.Id, new ListenerStatus(ListenerState.Running, DateTime.UtcNow) { Reason = "The certificate expired.", IsFailing = true });

        var page = pages.Render<OverviewPage>("/admin");

        var items = page.FindAll("[aria-labelledby='attention-title'] .step").Select(item => item.TextContent).ToList();
        Assert.Contains(items, item => item.Contains("North", StringComparison.Ordinal) && item.Contains("MRI-3 was refused twice", StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll($"a[href='/f/{north.Id}/devices?add=MRI-3']"));
        // The certificate says it all: the listener is not told as well.
        Assert.Contains("The TLS certificate expired on", Assert.Single(items, item => item.Contains("South", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("a[href='/admin/attention']"));

        Assert.True((await pages.Get<DeviceCommands>().AddAsync(FacilityScope.ForJob(north.Id, "test"), new DeviceDraft("MRI-3"))).IsSuccess);
        using var fresh = new InstallationAttention(pages.Get<IEnumerable<IAttentionSource>>(), pages.Get<FacilityQueries>(), pages.Listeners, time);
        Assert.DoesNotContain(await fresh.FindAsync(Administrator), item => item.FacilityId == north.Id);
    }

    [Fact]
    public async Task Overview_DeviceOfAnotherFacility_IsToldOnceAndAsInTheInbox()
    {
        const string Told = "MRI-3 at 192.0.2.7 called North's port 11113, but is known at South (port 11114): the port set on the device is probably wrong.";
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var north = await pages.AddFacilityAsync("North");
        await pages.RefuseAsync(north, "MRI-3", JournalCode.CallingTitleUnknown, "MRI-3 is not registered here. Allow it under Devices.", times: 2);
        var journal = pages.Get<JournalWriter>();
        journal.Write(new FrontDoorEntry
        {
            Id = pages.Get<IdGenerator>().Next(),
            TimeUtc = DateTime.UtcNow,
            Code = JournalCode.CallingTitleUnknown,
            RemoteAddress = "192.0.2.7",
            CallingAETitle = "MRI-3",
            CalledAETitle = north.AETitle,
            Reason = Told,
        });
        await journal.FlushAsync();

        var inbox = pages.Render<InboxPage>("/admin/inbox");
        Assert.Contains(Told, inbox.Find(".inbox-row").TextContent, StringComparison.Ordinal);
        var item = Assert.Single(pages.Render<OverviewPage>("/admin").FindAll("[aria-labelledby='attention-title'] .step"));
        Assert.Contains("North", item.TextContent, StringComparison.Ordinal);
        Assert.Contains("MRI-3 was refused twice", item.TextContent, StringComparison.Ordinal);
        Assert.Contains(Told, item.TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/inbox?q=MRI-3", item.QuerySelector("a.btn")?.GetAttribute("href"));

        inbox.Find("button[aria-label='Dealt with: MRI-3']").Click();
        PagesUnderTest.WaitFor(inbox, () => Assert.Empty(inbox.FindAll(".inbox-row")));
        // What was found a moment ago is kept for seconds: another server looks anew.
        await using var later = await PagesUnderTest.OpenAsync(_databases);
        Assert.DoesNotContain(await later.Get<InstallationAttention>().FindAsync(Administrator), found => found.Title.StartsWith("MRI-3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_RefusedAnewForAnotherReason_IsToldByTheNewest()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var north = await pages.AddFacilityAsync("North");
        var journal = pages.Get<JournalWriter>();
        await journal.StartAsync(CancellationToken.None);
        journal.Write(new FrontDoorEntry
        {
            Id = pages.Get<IdGenerator>().Next(),
            TimeUtc = DateTime.UtcNow,
            Code = JournalCode.CalledTitleWrong,
            RemoteAddress = "192.0.2.7",
            CallingAETitle = "MRI-3",
            CalledAETitle = "SOUTH",
            Reason = "The title is South's.",
        });
        await journal.FlushAsync();
        await pages.RefuseAsync(north, "MRI-3", JournalCode.CalledTitleWrong, "You called another.");

        var found = await pages.Get<InstallationAttention>().FindAsync(Administrator);

        Assert.Contains(found, item => item is { FacilityName: "North", Title: "MRI-3 was refused once", Text: "You called another." });
        Assert.Contains(found, item => item is { FacilityName: null, Title: "MRI-3 went astray once", Text: "The title is South's." });
    }

    [Fact]
    public async Task Find_AskedTwice_AsksTheDatabaseOnceUntilItsTimeIsOver()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync("Kept");
        var source = new CountingSource();
        var time = new SettableTime();
        using var attention = new InstallationAttention([source], pages.Get<FacilityQueries>(), pages.Listeners, time);

        await attention.FindAsync(Administrator);
        await attention.FindAsync(Administrator);
        Assert.Equal(1, source.Calls);
        // A listener is memory, and as it is now.
        pages.Listeners.Set(facility.Id, ListenerState.Failed, "The port is taken.");
        Assert.Contains(await attention.FindAsync(Administrator), item => item.FacilityName == "Kept" && item.Title.Contains("is not listening", StringComparison.Ordinal));
        Assert.Equal(1, source.Calls);

        time.Advance(TimeSpan.FromMinutes(2));
        await attention.FindAsync(Administrator);
        Assert.Equal(2, source.Calls);
        await pages.AddFacilityAsync("One more");
        await attention.FindAsync(Administrator);
        Assert.Equal(3, source.Calls);
    }

    [Fact]
    public async Task Home_CertificateExpired_SaysSoOnceAndThatMostCannotSend()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync("North");
        await ExpireAsync(pages, facility);
        pages.Listeners.Set(facility.Id, new ListenerStatus(ListenerState.Running, DateTime.UtcNow) { Reason = "The certificate expired.", IsFailing = true });
        var current = await pages.EnterAsync(facility);

        var page = pages.Render<HomePage>(current!.Href(), current);

        Assert.Contains("The TLS certificate expired on", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("listens, but", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Most devices cannot send", page.Find(".sub").TextContent, StringComparison.Ordinal);
        await pages.SignInAsync(facility: facility);
        var staff = await pages.EnterAsync(facility);
        Assert.Empty(pages.Render<HomePage>(staff!.Href(), staff).FindAll($"a[href='/f/{facility.Id}/settings/tls']"));
    }

    [Fact]
    public async Task AttentionPage_ManyFindings_AreSearchedAndPaged()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var first = await pages.AddFacilityAsync("Paged first");
        for (var i = 0; i < AttentionPage.PageSize; i++)
            await pages.RefuseAsync(first, $"MR{i}", JournalCode.LimitReached, "Too many at a time.");
        var other = await pages.AddFacilityAsync("Paged other");
        await pages.RefuseAsync(other, "CT", JournalCode.LimitReached, "Too many at a time.");

        var page = pages.Render<AttentionPage>("/admin/attention?q=paged");
        Assert.Equal(AttentionPage.PageSize, page.FindAll(".attention-list .step").Count);
        Assert.Contains("1–50 of 51", page.Find(".pager").TextContent, StringComparison.Ordinal);
        Assert.Single(pages.Render<AttentionPage>("/admin/attention?q=paged&page=2").FindAll(".attention-list .step"));
        var found = Assert.Single(pages.Render<AttentionPage>("/admin/attention?q=paged+other").FindAll(".attention-list .step"));
        Assert.Contains("CT was refused once", found.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing matches", pages.Render<AttentionPage>("/admin/attention?q=nobody").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttentionPage_NotAnAdministrator_ShowsNothing()
    {
        await using var pages = await PagesUnderTest.OpenAsync(_databases);
        var facility = await pages.AddFacilityAsync("Secret Clinic");
        pages.Listeners.Set(facility.Id, ListenerState.Failed, "The port is taken.");
        await pages.SignInAsync(facility: facility);

        var page = pages.RenderUnloaded<AttentionPage>("/admin/attention");

        PagesUnderTest.WaitFor(page, () => Assert.Contains("needs an administrator", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Secret Clinic", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_AThousandFacilitiesInTrouble_TakesAFewStatements()
    {
        const int Count = 1000;
        var statements = new StatementCounter();
        await using var pages = await PagesUnderTest.OpenAsync(_databases, configure: services => services.AddLogging(logging => logging.AddProvider(statements)
            .AddFilter<StatementCounter>(DbLoggerCategory.Database.Command.Name, LogLevel.Information)));
        var database = pages.Get<ICrossTenantDbContextFactory>();
        var now = DateTime.UtcNow;
        var (ids, today) = (pages.Get<IdGenerator>(), DateOnly.FromDateTime(now));
        var facilities = Enumerable.Range(0, Count).Select(number => new Facility
        {
            Id = Guid.CreateVersion7(),
            Name = $"Thousand {number}",
            AETitle = $"THOUSAND{number}",
            Port = 20000 + number,
            CreatedUtc = now,
            ChangedUtc = now,
        }).ToList();
        await using (var context = database.CreateAcrossFacilities())
        {
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var facility in facilities)
            {
                var device = new Device { Id = ids.Next(), FacilityId = facility.Id, AETitle = "CT1", CreatedUtc = now, LastSeenUtc = now.AddDays(-9) };
                context.AddRange(
                    facility,
                    device,
                    new StorageSettings { FacilityId = facility.Id, QuotaBytes = 10_000 },
                    new FacilityUsage { FacilityId = facility.Id, Bytes = 9_000 },
                    new StorageDay { FacilityId = facility.Id, Day = today.AddDays(-10), Modality = "CT", Bytes = 1_000 });
                for (var day = 9; day < 39; day += 3)
                    context.Add(new DeviceDay { FacilityId = facility.Id, DeviceId = device.Id, Day = today.AddDays(-day), Images = 1 });
                for (var call = 0; call < 2; call++)
                {
                    context.Add(new JournalEntry
                    {
                        Id = ids.Next(),
                        FacilityId = facility.Id,
                        TimeUtc = now,
                        Outcome = JournalOutcome.Refused,
                        Code = JournalCode.CallingTitleUnknown,
                        RemoteAddress = "192.0.2.1",
                        CallingAETitle = "STRANGER",
                        CalledAETitle = facility.AETitle,
                        Reason = "STRANGER is not registered here.",
                    });
                }
            }

            await context.SaveChangesAsync();
        }

        statements.Reset();
        var found = await pages.Get<InstallationAttention>().FindAsync(Administrator);

        var of = found.Where(item => item.FacilityName?.StartsWith("Thousand", StringComparison.Ordinal) == true).ToLookup(item => item.FacilityId);
        Assert.Equal(Count, of.Count);
        Assert.All(of, items => Assert.Equal(
            ["90 % of the quota of 10 KB is used", "CT1 has been silent for 9 days", "STRANGER was refused twice"],
            items.Select(item => item.Title).Where(title => !title.StartsWith("Port", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
        Assert.InRange(statements.Count, 1, 25);
        // Kept for seconds: who looks again at once costs the list of facilities.
        statements.Reset();
        await pages.Get<InstallationAttention>().FindAsync(Administrator);
        Assert.InRange(statements.Count, 1, 25);
    }

    private async Task ExpireAsync(PagesUnderTest pages, Facility facility)
    {
        using var old = _authority.Issue("noctis.example", to: DateTimeOffset.UtcNow.AddDays(-1));
        await using var context = pages.Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        // Past the commands, which take none that has expired.
        context.Add(new FacilityCertificate
        {
            Id = pages.Get<IdGenerator>().Next(),
            FacilityId = facility.Id,
            Kind = CertificateKind.ServerCertificate,
            Source = CertificateSource.Upload,
            Pem = old.ExportCertificatePem(),
            Subject = old.Subject,
            Issuer = old.Issuer,
            Thumbprint = "AB",
            NotBeforeUtc = old.NotBefore.ToUniversalTime(),
            NotAfterUtc = old.NotAfter.ToUniversalTime(),
            AddedUtc = DateTime.UtcNow,
            AddedBy = "test",
        });
        var document = SettingsDocument.Write(FacilitySettings.Default with { Network = FacilitySettings.Default.Network with { Tls = TlsMode.On } });
        if (await context.Set<FacilitySettingsRow>().SingleOrDefaultAsync(row => row.FacilityId == facility.Id) is { } row)
            row.Document = document;
        else
            context.Add(new FacilitySettingsRow { FacilityId = facility.Id, Document = document });
        await context.SaveChangesAsync();
    }

    private sealed class CountingSource : IAttentionSource
    {
        public int Calls { get; private set; }

        public TimeSpan Lifetime => TimeSpan.FromMinutes(1);

        public Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult<IReadOnlyList<AttentionItem>>([new AttentionItem(StatusKind.Warn, "Found", "")]);
        }
    }

    /// <summary>Hears of every statement that is sent to the database.</summary>
    private sealed class StatementCounter : ILoggerProvider, ILogger
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Reset() => Interlocked.Exchange(ref _count, 0);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == RelationalEventId.CommandExecuted.Id)
                Interlocked.Increment(ref _count);
        }

        public void Dispose()
        {
        }
    }
}
