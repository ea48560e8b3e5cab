using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Jobs;

/// <summary>All scheduled jobs: what each does, when it ran and how that went, when it runs next, and the way to run it now.</summary>
public sealed partial class JobsPage(JobQueries queries, JobEvents events, SignedInScopes scopes, TimeProvider time) : ComponentBase, IDisposable
{
    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(1);

    /// <summary>"in 12 s" comes nearer; where nodes share the database, their runs are read as well.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<JobRow>? _rows;
    private Error? _error;
    private PushedReload? _reload;
    private ITimer? _tick;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    private Viewer View => Viewer ?? Viewer.Unknown;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    internal static string? ZoneNote(JobSchedule schedule) => schedule.IsByClock ? $"By the server's clock, {TimeZoneInfo.Local.Id}" : null;

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        if (!RendererInfo.IsInteractive || _closed.IsCancellationRequested)
            return;
        _reload = new PushedReload(time, ReloadPause, () => InvokeAsync(ReloadAsync));
        events.Changed += OnChanged;
        _tick = time.CreateTimer(_ => OnTick(), null, Tick, Tick);
    }

    private void OnChanged(string job) => _reload?.Request();

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
        if (administrator.TryGetValue(out var scope))
            _rows = await queries.ListAsync(scope, _closed.Token);
        else
            (_rows, _error) = ([], administrator.Error);
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

    private string Exact(DateTime utc) => TimeText.Of(utc, TimeStyle.Full, View, Now);

    public void Dispose()
    {
        _closed.Cancel();
        events.Changed -= OnChanged;
        _tick?.Dispose();
        _reload?.Dispose();
        _closed.Dispose();
    }
}
