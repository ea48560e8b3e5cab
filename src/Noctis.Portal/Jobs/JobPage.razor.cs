using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Jobs;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Jobs;

/// <summary>One job and the history of its runs, page by page. The place in the history is in the address.</summary>
public sealed partial class JobPage(JobQueries queries, JobEvents events, SignedInScopes scopes) : LivePage
{
    internal const int PageSize = 50;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private JobRow? _row;
    private IReadOnlyList<JobRun> _runs = [];
    private string? _older;
    private Error? _error;

    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The last run of the page before.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private string Next => _row switch
    {
        { State.IsRequested: true } => "in a moment",
        { State.IsPaused: true } => "paused until somebody resumes it",
        { Schedule.IsOff: true } => "only when somebody starts it",
        { State.NextUtc: { } next } => JobText.Next(next, Viewer ?? Viewer.Unknown, Now),
        _ => "when the scheduler has started",
    };

    protected override void Follow()
    {
        events.Changed += OnChanged;
        Until(() => events.Changed -= OnChanged);
        Every(Tick, TickAsync);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private void OnChanged(string job)
    {
        if (string.Equals(job, Name, StringComparison.OrdinalIgnoreCase))
            RequestReload();
    }

    private Task TickAsync()
    {
        if (queries.AreShared)
            RequestReload();
        return Task.CompletedTask;
    }

    protected override async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        var found = administrator.TryGetValue(out var scope) ? await queries.GetAsync(scope, Name, Closed) : administrator.Error!;
        if (!found.TryGetValue(out var row))
        {
            (_row, _error) = (null, found.Error);
            return;
        }

        var runs = await queries.ListRunsAsync(scope!, row.Job, Before, PageSize, Closed);
        _row = row;
        _runs = [.. runs.Take(PageSize)];
        _older = runs.Count > PageSize ? $"{row.Href}?before={_runs[^1].Id.ToString(CultureInfo.InvariantCulture)}" : null;
    }

    private async Task DoneAsync(Error? error)
    {
        _error = error;
        await LoadAsync();
    }
}
