using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Ingest;
using Noctis.Archive.Journal;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;
using Noctis.Gateway;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Accounts;
using Noctis.Portal.Attention;
using Noctis.Portal.Dashboards;
using Noctis.Portal.Home;
using Noctis.Portal.Jobs;
using Noctis.Portal.Journal;
using Noctis.Portal.Layout;
using Noctis.Portal.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;
using Noctis.Testing.Ingest;

namespace Noctis.Portal.Tests.Facilities;

/// <summary>A person's browser over a real archive and journal; the listeners do as the test says.</summary>
internal sealed class PagesUnderTest : IAsyncDisposable
{
    /// <summary>Generous, because build machines are slow: nothing waits this long but a failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly AdministratorScope System = AdministratorScope.ForSystem("test");

    private readonly BunitContext _context = new();
    private readonly IServiceProvider _archive;
    private readonly FixedAuthentication _authentication = new();
    private Guid _userId;

    private PagesUnderTest(TestDatabase database, IReadOnlyDictionary<string, string?>? settings, Action<IServiceCollection>? configure)
    {
        _archive = database.CreateServices(services =>
        {
            configure?.Invoke(services);
            services.AddNoctisGateway(new ConfigurationBuilder().Build());
            services.AddNoctisJobs();
            services.AddSingleton<FixCommands>();
            services.AddNoctisAttention();
            // Listeners do as the test says.
            services.AddSingleton<IListenerStatusSource>(Listeners);
            services.AddSingleton<NavigationMap>();
            services.AddSingleton<TrafficFeed>();
            services.AddSingleton<DashboardQueries>();
        }, settings);
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddSingleton<IListenerStatusSource>(Listeners);
        _context.Services.AddSingleton<AppliedFixes>();
        _context.Services.AddSingleton(TimeProvider.System);
        _context.Services.AddSingleton(new SignedInScopes(_authentication, Get<FacilityAccess>()));
        _context.Services.AddSingleton(ActivatorUtilities.CreateInstance<CompletionWatch>(_archive));
        _context.Services.AddSingleton(ActivatorUtilities.CreateInstance<HomeQueries>(_archive));
        _context.Services.AddSingleton(ActivatorUtilities.CreateInstance<OverviewQueries>(_archive));
        // The test browser has options of its own, all defaults.
        _context.Services.AddSingleton(Get<Microsoft.Extensions.Options.IOptions<FacilityAddressOptions>>());
        _context.Services.AddFallbackServiceProvider(_archive);
        // The last: it takes the first service, and none can be added after that.
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public FakeListeners Listeners { get; } = new();

    public string Path => new Uri(Navigation.Uri).PathAndQuery;

    private NavigationManager Navigation => _context.Services.GetRequiredService<NavigationManager>();

    /// <summary>Called whenever a page asks who is signed in; what it throws, the page meets.</summary>
    public Action BeforeScopes
    {
        set => _authentication.Before = value;
    }

    public static async Task<PagesUnderTest> OpenAsync(
        DatabaseFixture databases, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var pages = new PagesUnderTest(await databases.OpenAsync(Archive.Database.DatabaseProviderKind.Sqlite), settings, configure);
        if (!await pages.Get<AccountQueries>().IsSetUpAsync())
            Assert.True((await pages.Get<AccountCommands>().CreateFirstAdministratorAsync(new NewAccount("first@example.org", "First", "a fine day in May"))).IsSuccess);
        await pages.SignInAsync(isAdministrator: true);
        return pages;
    }

    public T Get<T>()
        where T : notnull => _archive.GetRequiredService<T>();

    /// <summary>A facility as an administrator makes it, its listener running.</summary>
    public async Task<Facility> AddFacilityAsync(string name = "Central Hospital")
    {
        var created = await Get<FacilityCommands>().CreateAsync(System, new FacilityDraft(name));
        Assert.True(created.IsSuccess, created.ToString());
        Listeners.Set(created.Value.Id, ListenerState.Running);
        return created.Value;
    }

    public async Task<Facility> ReadAsync(Facility facility) => (await Get<FacilityQueries>().GetAsync(System, facility.Id)).Value;

    /// <summary>What the gate in front of a facility's pages gives them: null for who may not open it.</summary>
    public async Task<CurrentFacility?> EnterAsync(Facility facility)
    {
        var opened = await Get<FacilityAccess>().OpenAsync(_userId, facility.Id);
        if (!opened.TryGetValue(out var scope))
            return null;
        var now = await ReadAsync(facility);
        return new CurrentFacility(scope, now.Name, now.AETitle, now.Port, now.State);
    }

    /// <summary>Signs in somebody new: an administrator, or a member of the facility.</summary>
    public async Task SignInAsync(bool isAdministrator = false, Facility? facility = null, FacilityRole role = FacilityRole.Staff)
    {
        var account = new NewAccount($"person-{Guid.NewGuid():N}@example.org", "Anna Müller", "a fine day in May");
        var created = await Get<AccountCommands>().CreateAsync(System, account, isAdministrator);
        Assert.True(created.IsSuccess, created.ToString());
        _userId = created.Value;
        if (facility is not null)
            Assert.True((await Get<TeamCommands>().InviteAsync(FacilityScope.ForJob(facility.Id, "test"), account, role)).IsSuccess);
        _authentication.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, _userId.ToString()), new Claim(ClaimTypes.Name, account.UserName), new Claim(SignedInUser.DisplayNameClaim, account.DisplayName)], "test"));
    }

    public Task<StoredInstance> StoreAsync(Facility facility, PhantomImage image, string callingAETitle = "CT-ROOM-2") =>
        _archive.StoreAsync(FacilityScope.ForListener(facility.Id), image, callingAETitle);

    /// <summary>Stores an image as of a device that is not registered.</summary>
    public async Task QuarantineAsync(Facility facility, PhantomImage image, string callingAETitle)
    {
        var dataset = image.ToDataset();
        var origin = Sending.Origin(dataset) with { CallingAETitle = callingAETitle, Quarantine = new QuarantineTerms(1_000_000_000) };
        (await _archive.SendAsync(FacilityScope.ForListener(facility.Id), origin, Sending.DatasetBytes(dataset))).Stored();
    }

    /// <summary>Old studies make room for new ones there.</summary>
    public async Task CleanUpAsync(Facility facility)
    {
        await using var context = Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities();
        context.Add(new StorageSettings { FacilityId = facility.Id, CleanUp = CleanUp.WhenFull, RetentionDays = 1 });
        await context.SaveChangesAsync();
    }

    /// <summary>Writes what the gateway writes when it turns a caller away.</summary>
    public async Task RefuseAsync(Facility facility, string callingAETitle, JournalCode code, string reason, int times = 1)
    {
        var journal = Get<JournalWriter>();
        await journal.StartAsync(CancellationToken.None);
        for (var i = 0; i < times; i++)
        {
            journal.Write(new JournalEntry
            {
                Id = Get<IdGenerator>().Next(),
                FacilityId = facility.Id,
                TimeUtc = DateTime.UtcNow,
                Outcome = JournalOutcome.Refused,
                Code = code,
                RemoteAddress = "192.0.2.7",
                CallingAETitle = callingAETitle,
                CalledAETitle = facility.AETitle,
                Reason = reason,
            });
        }

        await journal.FlushAsync();
    }

    /// <summary>The page, once it has read what it shows.</summary>
    public IRenderedComponent<T> Render<T>(string path, CurrentFacility? facility = null)
        where T : IComponent
    {
        var rendered = RenderUnloaded<T>(path, facility);
        Wait(rendered, () => rendered.FindAll(".skeleton").Count == 0);
        return rendered;
    }

    /// <summary>A page with other values in its address than a facility.</summary>
    public IRenderedComponent<T> Render<T>(string path, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent
    {
        Navigation.NavigateTo(path);
        var rendered = _context.Render(parameters);
        Wait(rendered, () => rendered.FindAll(".skeleton").Count == 0);
        return rendered;
    }

    public IRenderedComponent<T> RenderUnloaded<T>(string path, CurrentFacility? facility = null)
        where T : IComponent
    {
        Navigation.NavigateTo(path);
        return _context.Render<T>(page =>
        {
            if (facility is null)
                return;
            page.TryAdd(CurrentFacility.RouteParameter, facility.Id);
            page.AddCascadingValue(facility);
        });
    }

    /// <summary>A facility's page with parameters of its own, before it has read what it shows.</summary>
    public IRenderedComponent<T> RenderWith<T>(string path, CurrentFacility facility, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent
    {
        Navigation.NavigateTo(path);
        return _context.Render<T>(page =>
        {
            page.TryAdd(CurrentFacility.RouteParameter, facility.Id);
            page.AddCascadingValue(facility);
            parameters(page);
        });
    }

    public static void Wait<T>(IRenderedComponent<T> rendered, Func<bool> condition)
        where T : IComponent => rendered.WaitForState(condition, Patience);

    public static void WaitFor<T>(IRenderedComponent<T> rendered, Action assertion)
        where T : IComponent => rendered.WaitForAssertion(assertion, Patience);

    /// <summary>Follows a link.</summary>
    public void GoTo(string path) => Navigation.NavigateTo(path);

    public void WaitForPath(Func<string, bool> condition) =>
        Assert.True(SpinWait.SpinUntil(() => condition(Path), Patience), $"Still at {Path}");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
