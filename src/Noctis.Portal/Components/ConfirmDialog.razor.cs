using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Noctis.Portal.Components;

/// <summary>
/// Asks before something that cannot, or can hardly, be undone: names what goes, says whether it comes back, and where much goes,
/// wants its name typed. Escape and Cancel leave everything as it is; the focus starts on what does no harm.
/// </summary>
public sealed partial class ConfirmDialog
{
    private readonly string _id = $"confirm-{Guid.NewGuid():N}";
    private ElementReference _input;
    private ElementReference _cancel;
    private string _typed = "";
    private bool _busy;
    private bool _wasOpen;

    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public EventCallback<bool> OpenChanged { get; set; }

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What goes, and whether it can be undone.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter, EditorRequired]
    public string ConfirmText { get; set; } = "";

    [Parameter]
    public string CancelText { get; set; } = "Cancel";

    [Parameter]
    public bool Danger { get; set; } = true;

    /// <summary>When set, the button works only once this has been typed.</summary>
    [Parameter]
    public string? TypedName { get; set; }

    /// <summary>Why the last try failed.</summary>
    [Parameter]
    public string? Error { get; set; }

    /// <summary>Does it. The dialog stays open, and its button off, until this is done; the owner closes it.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnConfirm { get; set; }

    private bool IsConfirmed => TypedName is null || string.Equals(_typed.Trim(), TypedName.Trim(), StringComparison.Ordinal);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open && !_wasOpen)
            await (TypedName is null ? _cancel : _input).FocusAsync();
        if (!Open)
            _typed = "";
        _wasOpen = Open;
    }

    private async Task Confirm()
    {
        if (!IsConfirmed || _busy)
            return;
        _busy = true;
        try
        {
            await OnConfirm.InvokeAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private Task Cancel() => OpenChanged.InvokeAsync(false);

    private Task Key(KeyboardEventArgs key) => key.Key == "Escape" && !_busy ? Cancel() : Task.CompletedTask;
}
