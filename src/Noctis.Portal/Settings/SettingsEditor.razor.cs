using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Settings;

/// <summary>
/// Edits settings, wherever they are kept. What somebody else saves appears by itself while nothing is typed, and is offered where
/// something is.
/// </summary>
public sealed partial class SettingsEditor(FacilityChanges changes) : ComponentBase, IDisposable
{
    private const int MostSaid = 4;

    private IDisposable? _subscription;
    private SettingsEdit? _edit;
    private Error? _readError;
    private Error? _error;
    private string? _saved;
    private string? _conflict;
    private bool _busy;

    /// <summary>The facility; none for the defaults.</summary>
    [Parameter]
    public CurrentFacility? Facility { get; set; }

    /// <summary>The <see cref="SettingsGroup.Path"/> whose form is shown.</summary>
    [Parameter, EditorRequired]
    public string Group { get; set; } = "";

    /// <summary>What is searched for, where the form has a search.</summary>
    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public bool IsAdministrator { get; set; }

    [Parameter, EditorRequired]
    public Func<Task<Result<VersionedSettings>>> Read { get; set; } = default!;

    [Parameter, EditorRequired]
    public Func<FacilitySettings, int, Task<Result<VersionedSettings>>> Save { get; set; } = default!;

    /// <summary>When a change takes effect: before, after.</summary>
    [Parameter, EditorRequired]
    public Func<FacilitySettings, FacilitySettings, string> Effect { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        if (Facility is not null && RendererInfo.IsInteractive)
            _subscription = changes.Subscribe(OnFacilityChanged);
    }

    private void OnFacilityChanged(Guid facilityId)
    {
        if (facilityId == Facility?.Id)
            _ = InvokeAsync(CompareAsync);
    }

    private async Task CompareAsync()
    {
        try
        {
            // What is being saved here is announced before it is answered.
            if (_busy || _edit is not { } edit || !(await Read()).TryGetValue(out var theirs) || theirs.Version == edit.Version || _busy || edit != _edit)
                return;
            if (edit.ChangeCount == 0)
                Show(new SettingsEdit(theirs, IsAdministrator));
            else
                Warn(edit, theirs, new ConflictError("Somebody else has just changed these settings."));
            StateHasChanged();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task ReadAsync()
    {
        var read = await Read();
        _readError = read.Error;
        (_error, _saved, _conflict) = (null, null, null);
        if (read.TryGetValue(out var stored))
            Show(new SettingsEdit(stored, IsAdministrator));
    }

    private void Show(SettingsEdit edit)
    {
        if (_edit is { } old)
            old.Changed -= OnEdited;
        _edit = edit;
        edit.Changed -= OnEdited;
        edit.Changed += OnEdited;
    }

    private void OnEdited()
    {
        _saved = null;
        if (_error is not ConflictError)
            _error = null;
        StateHasChanged();
    }

    private void Discard()
    {
        if (_edit is not { } edit)
            return;
        (_error, _saved, _conflict) = (null, null, null);
        Show(new SettingsEdit(new VersionedSettings(edit.Stored, edit.Version), IsAdministrator));
    }

    private async Task KeepMineAsync()
    {
        if (_edit is not { } edit || !(await Read()).TryGetValue(out var theirs))
            return;
        (_error, _conflict) = (null, null);
        Show(edit.Over(theirs));
    }

    private void Warn(SettingsEdit edit, VersionedSettings theirs, ConflictError error)
    {
        var lines = SettingsWords.Between(edit.Stored, theirs.Settings);
        _error = error;
        _conflict = lines.Count == 0 ? null : string.Join("; ", lines.Take(MostSaid).Select(line => $"{line.Title}: {line.Before} → {line.After}")) + (lines.Count > MostSaid ? $"; and {lines.Count - MostSaid} more" : "");
    }

    private async Task SaveAsync()
    {
        if (_busy || _edit is not { } edit || edit.ChangeCount == 0 || edit.Errors.Any || _error is ConflictError)
            return;
        _busy = true;
        try
        {
            (_error, _saved) = (null, null);
            var saved = await Save(edit.Now, edit.Version);
            if (saved.TryGetValue(out var stored))
            {
                _saved = Effect(edit.Stored, stored.Settings);
                Show(new SettingsEdit(stored, IsAdministrator));
            }
            else if (saved.Error is ConflictError conflict && (await Read()).TryGetValue(out var theirs))
            {
                Warn(edit, theirs, conflict);
            }
            else
            {
                edit.Refuse(saved.Error!);
                _error = edit.Errors.General ?? (edit.Errors.Any ? saved.Error : null);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose() => _subscription?.Dispose();
}
