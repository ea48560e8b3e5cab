using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Jobs;

/// <summary>All scheduled jobs: what each does, when it ran and how that went, when it runs next, and the way to run it now.</summary>
public sealed partial class JobsPage(JobQueries queries, JobEvents events, SignedInScopes scopes) : LivePage
{
    /// <summary>"in 12 s" comes nearer; where nodes share the database, their runs are read as well.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private IReadOnlyList<JobRow>? _rows;
    private Error? _error;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    private Viewer View => Viewer ?? Viewer.Unknown;

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    internal static string? ZoneNote(JobSchedule schedule) => schedule.IsByClock ? $"By the server's clock, {TimeZoneInfo.Local.Id}" : null;

    protected override void Follow()
    {
        events.Changed += OnChanged;
        Until(() => events.Changed -= OnChanged);
        Every(Tick, TickAsync);
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private void OnChanged(string job) => RequestReload();

    private Task TickAsync()
    {
        if (queries.AreShared)
            RequestReload();
        return Task.CompletedTask;
    }

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        if (administrator.TryGetValue(out var scope))
            _rows = await queries.ListAsync(scope, Closed);
        else
            (_rows, _error) = ([], administrator.Error);
    }

    private async Task DoneAsync(Error? error)
    {
        _error = error;
        await LoadAsync();
    }

    private string Exact(DateTime utc) => TimeText.Of(utc, TimeStyle.Full, View, Now);
}
