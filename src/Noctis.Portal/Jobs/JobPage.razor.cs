using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Jobs;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Jobs;

/// <summary>One job and the history of its runs, page by page. The place in the history is in the address.</summary>
public sealed partial class JobPage(JobQueries queries, JobEvents events, SignedInScopes scopes, TimeProvider time) : ComponentBase, IDisposable
{
    internal const int PageSize = 50;

    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private JobRow? _row;
    private IReadOnlyList<JobRun> _runs = [];
    private string? _older;
    private Error? _error;
    private PushedReload? _reload;
    private ITimer? _tick;

    [Parameter]
    public string Name { get; set; } = "";

    /// <summary>The last run of the page before.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private string Next => _row switch
    {
        { State.IsRequested: true } => "in a moment",
        { State.IsPaused: true } => "paused until somebody resumes it",
        { Schedule.IsOff: true } => "only when somebody starts it",
        { State.NextUtc: { } next } => JobText.Next(next, Viewer ?? Viewer.Unknown, Now),
        _ => "when the scheduler has started",
    };

    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive)
            return;
        _reload = new PushedReload(time, ReloadPause, () => InvokeAsync(ReloadAsync));
        events.Changed += OnChanged;
        _tick = time.CreateTimer(_ => OnTick(), null, Tick, Tick);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private void OnChanged(string job)
    {
        if (string.Equals(job, Name, StringComparison.OrdinalIgnoreCase))
            _reload?.Request();
    }

    private void OnTick()
    {
        if (queries.AreShared)
            _reload?.Request();
        else
            _ = InvokeAsync(StateHasChanged);
    }

    private async Task LoadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        var found = administrator.TryGetValue(out var scope) ? await queries.GetAsync(scope, Name, _closed.Token) : administrator.Error!;
        if (!found.TryGetValue(out var row))
        {
            (_row, _error) = (null, found.Error);
            return;
        }

        var runs = await queries.ListRunsAsync(scope!, row.Job, Before, PageSize, _closed.Token);
        _row = row;
        _runs = [.. runs.Take(PageSize)];
        _older = runs.Count > PageSize ? $"{row.Href}?before={_runs[^1].Id.ToString(CultureInfo.InvariantCulture)}" : null;
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task DoneAsync(Error? error)
    {
        _error = error;
        await LoadAsync();
    }

    public void Dispose()
    {
        _closed.Cancel();
        events.Changed -= OnChanged;
        _tick?.Dispose();
        _reload?.Dispose();
        _closed.Dispose();
    }
}
