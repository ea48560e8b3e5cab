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
    private string? _saved;
    private bool _busy;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    private string PortText => Facility.Port.ToString(CultureInfo.InvariantCulture);

    private bool IsAddressChanged => AETitleRules.Normalize(_title) != Facility.AETitle || _port.Trim() != PortText;

    private int ChangeCount => new[] { _name != Facility.Name, AETitleRules.Normalize(_title) != Facility.AETitle, _port.Trim() != PortText }.Count(isChanged => isChanged);

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
        _saved = null;
        _typing?.Restart();
    }

    private async Task Reset()
    {
        _typing?.Cancel();
        (_saved, _error) = (null, null);
        await ReadAsync();
        // Somebody else's values are those of the frame too.
        if (ChangeCount > 0)
            OpenAgain();
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
            (_saved, _error) = (null, null);
            await CheckAsync();
            if (_errors.Any)
                return;
            var administrator = await scopes.AdministratorAsync();
            if (!administrator.TryGetValue(out var actor))
            {
                _error = administrator.Error;
                return;
            }

            var (titleChanged, portChanged) = (AETitleRules.Normalize(_title) != Facility.AETitle, _port.Trim() != PortText);
            var saved = await commands.UpdateAsync(actor, FacilityId, Draft, _version);
            if (!saved.IsSuccess)
            {
                _errors = new FieldErrors(saved.Error);
                _error = _errors.General;
                return;
            }

            _saved = portChanged ? $"The port is reopened as {_port.Trim()} within two seconds; associations that run go on. Change the port on every scanner too."
                : titleChanged ? "Applies to new associations within two seconds; those running go on. Change the AE title on every scanner too."
                : "The new name is shown from now on.";
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
        (_asked, _dialogError, _saved) = (change, null, null);
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
