using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Noctis.Archive.Facilities;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Facilities;

/// <summary>A device's values, for a new one or one that is there; validated as they are typed.</summary>
public sealed partial class DeviceDialog(DeviceCommands commands, SignedInScopes scopes, TimeProvider time) : ComponentBase, IDisposable
{
    private FieldErrors _errors = FieldErrors.None;
    private Debouncer? _typing;
    private string _title = "";
    private string _description = "";
    private string _address = "";
    private bool _isActive = true;
    private bool _busy;
    private int _checks;

    [Parameter, EditorRequired]
    public CurrentFacility Facility { get; set; } = default!;

    /// <summary>The device that is changed; null for a new one.</summary>
    [Parameter, EditorRequired]
    public Device? Device { get; set; }

    [Parameter]
    public string Title { get; set; } = "";

    [Parameter]
    public string Description { get; set; } = "";

    [Parameter]
    public string Address { get; set; } = "";

    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSaved { get; set; }

    private DeviceDraft Draft => new(_title, _description, _address, _isActive);

    protected override void OnInitialized()
    {
        (_title, _description, _address, _isActive) = (Title, Description, Address, Device?.IsActive ?? true);
        _typing = new Debouncer(time, () => InvokeAsync(OnPauseAsync));
    }

    private void Type(Action set)
    {
        set();
        _typing?.Restart();
    }

    private async Task OnPauseAsync()
    {
        try
        {
            await CheckAsync();
            StateHasChanged();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task CheckAsync()
    {
        var check = ++_checks;
        var errors = await commands.ValidateAsync(Facility.Scope, Draft, Device?.Id);
        if (check == _checks)
            _errors = new FieldErrors(errors);
    }

    private async Task SaveAsync()
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            _typing?.Cancel();
            // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
            var opened = await scopes.FacilityAsync(Facility.Id);
            if (!opened.TryGetValue(out var scope))
            {
                _errors = new FieldErrors(opened.Error!);
                return;
            }

            var saved = Device is null ? await commands.AddAsync(scope, Draft) : await commands.UpdateAsync(scope, Device.Id, Draft);
            if (saved.IsSuccess)
                await OnSaved.InvokeAsync();
            else
                _errors = new FieldErrors(saved.Error);
        }
        finally
        {
            _busy = false;
        }
    }

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Escape" && !_busy ? OnClose.InvokeAsync() : Task.CompletedTask;

    public void Dispose() => _typing?.Dispose();
}
