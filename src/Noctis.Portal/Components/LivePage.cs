using Microsoft.AspNetCore.Components;

namespace Noctis.Portal.Components;

/// <summary>
/// A page that follows what happens: it loads once, and again at news, which a flood of comes as a trickle. What it follows is let go
/// when the page is closed, and what still loads then is cancelled. Before the circuit is there nothing is followed.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Stack<Action> _endings = new();
    private readonly CancellationToken _whenClosed;
    private PushedReload? _reload;

    // Asked for after the page is gone as well, by what still runs then.
    protected LivePage() => _whenClosed = _closed.Token;

    [Inject]
    protected TimeProvider Time { get; set; } = default!;

    /// <summary>Cancelled when the page is closed.</summary>
    protected CancellationToken Closed => _whenClosed;

    /// <summary>From the end of one reload to the beginning of the next.</summary>
    protected virtual TimeSpan ReloadPause => TimeSpan.FromSeconds(1);

    protected override void OnInitialized()
    {
        if (!RendererInfo.IsInteractive)
            return;
        RestartReload();
        Follow();
    }

    /// <summary>After <see cref="ReloadPause"/> has become another: what is asked for from now on keeps to it.</summary>
    protected void RestartReload()
    {
        if (!RendererInfo.IsInteractive || _closed.IsCancellationRequested)
            return;
        _reload?.Dispose();
        _reload = new PushedReload(Time, ReloadPause, () => InvokeAsync(() => GuardAsync(ReloadAsync)));
    }

    /// <summary>Where a page subscribes to its news, by <c>Until</c> and <c>Every</c>; called once, on the circuit alone.</summary>
    protected abstract void Follow();

    protected abstract Task LoadAsync();

    /// <summary>What news ask for; the page is drawn after it.</summary>
    protected virtual Task ReloadAsync() => LoadAsync();

    /// <summary>There is news. Thread safe.</summary>
    protected void RequestReload() => _reload?.Request();

    /// <summary>The page has subscribed to something: the subscription ends with the page.</summary>
    protected void Until(IDisposable subscription) => _endings.Push(subscription.Dispose);

    /// <param name="end">Takes back a subscription; called when the page is closed.</param>
    protected void Until(Action end) => _endings.Push(end);

    /// <summary>Does something again and again while the page is open, and draws it.</summary>
    protected void Every(TimeSpan pause, Func<Task> work) =>
        Until(Time.CreateTimer(_ => _ = InvokeAsync(() => GuardAsync(work)), null, pause, pause));

    /// <summary>What fails in the background is shown like what fails in a click.</summary>
    protected async Task GuardAsync(Func<Task> work)
    {
        if (_closed.IsCancellationRequested)
            return;
        try
        {
            await work();
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

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _closed.IsCancellationRequested)
            return;
        _closed.Cancel();
        while (_endings.TryPop(out var end))
            end();
        _reload?.Dispose();
        _closed.Dispose();
    }
}
