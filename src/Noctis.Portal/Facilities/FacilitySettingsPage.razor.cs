using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Studies;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Facilities;

/// <summary>Name, AE title, port and state of a facility. Managers see them; administrators change them.</summary>
public sealed partial class FacilitySettingsPage(
    FacilityCommands commands, FacilityQueries queries, ArrivalQueries arrivals, SignedInScopes scopes, NavigationManager navigation, TimeProvider time)
    : ComponentBase, IDisposable
{
    private FieldErrors _errors = FieldErrors.None;
    private Debouncer? _typing;
    private CurrentFacility? _shown;
    private FacilityStateChange? _asked;
    private StudyCounts? _usage;
    private Error? _error;
    private string? _dialogError;
    private string _name = "";
    private string _title = "";
    private string _port = "";
    private int _version;
    private int _checks;
    private bool _saved;
    private bool _addressSaved;
    private bool _busy;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    private string PortText => Facility.Port.ToString(CultureInfo.InvariantCulture);

    private bool IsAddressChanged => AETitleRules.Normalize(_title) != Facility.AETitle || _port.Trim() != PortText;

    private bool IsChanged => IsAddressChanged || _name != Facility.Name;

    private FacilityDraft Draft => new(_name, _title, FacilityPortText.Parse(_port));

    protected override void OnInitialized() => _typing = new Debouncer(time, () => InvokeAsync(OnPauseAsync));

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Facility)
            return;
        // What somebody is typing is not thrown away because somebody else changed the facility; saving it then says so.
        var keep = _shown?.Id == Facility.Id && (_name, _title, _port) != (_shown.Name, _shown.AETitle, _shown.Port.ToString(CultureInfo.InvariantCulture));
        _shown = Facility;
        if (!keep)
            await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var facility = await queries.GetAsync(Facility.Scope);
        _error = facility.Error;
        if (!facility.TryGetValue(out var found))
            return;
        (_name, _title, _port) = (found.Name, found.AETitle, found.Port.ToString(CultureInfo.InvariantCulture));
        (_version, _errors) = (found.Version, FieldErrors.None);
    }

    private void Type(Action set)
    {
        set();
        _saved = false;
        _typing?.Restart();
    }

    private Task Reset()
    {
        _typing?.Cancel();
        (_saved, _error) = (false, null);
        return ReadAsync();
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
        List<Error> errors = FacilityPortText.Fault(_port) is { } fault ? [fault] : [];
        errors.AddRange(await commands.ValidateAsync(Draft, FacilityId));
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
            (_saved, _error) = (false, null);
            await CheckAsync();
            if (_errors.Any)
                return;
            var administrator = await scopes.AdministratorAsync();
            if (!administrator.TryGetValue(out var actor))
            {
                _error = administrator.Error;
                return;
            }

            var addressChanged = IsAddressChanged;
            var saved = await commands.UpdateAsync(actor, FacilityId, Draft, _version);
            if (!saved.IsSuccess)
            {
                _errors = new FieldErrors(saved.Error);
                _error = _errors.General;
                return;
            }

            (_saved, _addressSaved) = (true, addressChanged);
            await ReadAsync();
            OpenAgain();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task Ask(FacilityStateChange change)
    {
        (_asked, _dialogError, _saved) = (change, null, false);
        _usage = change == FacilityStateChange.Delete
            ? await arrivals.GetCountsAsync(Facility.Scope, time.GetUtcNow().UtcDateTime, CancellationToken.None)
            : null;
    }

    private async Task ChangeStateAsync()
    {
        if (_asked is not { } change)
            return;
        var administrator = await scopes.AdministratorAsync();
        var result = administrator.TryGetValue(out var actor) ? await change.RunAsync(commands, actor, FacilityId, Facility.Name) : administrator.Error!;
        _dialogError = result.Error?.Message;
        if (!result.IsSuccess)
            return;
        _asked = null;
        if (change == FacilityStateChange.Delete)
            navigation.NavigateTo("/admin/facilities");
        else
            OpenAgain();
    }

    // The frame around the page shows name, AE title, port and state: the facility is opened anew.
    private void OpenAgain() => navigation.NavigateTo(Facility.Href("settings"), replace: true);

    public void Dispose() => _typing?.Dispose();
}
