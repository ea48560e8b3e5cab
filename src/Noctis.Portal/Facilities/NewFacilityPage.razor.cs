using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;
using Noctis.Portal.Settings;

namespace Noctis.Portal.Facilities;

/// <summary>Creates a facility from its name. AE title and port follow the name until they are typed over.</summary>
public sealed partial class NewFacilityPage(
    FacilityCommands commands, FacilitySettingsQueries settings, SignedInScopes scopes, NavigationManager navigation, TimeProvider time)
    : ComponentBase, IDisposable
{
    private const int SuffixLength = 4;

    private FacilityProposal? _proposal;
    private FieldErrors _errors = FieldErrors.None;
    private Debouncer? _typing;
    private IReadOnlyList<SettingsLine> _defaults = [];
    private string _name = "";
    private string _title = "";
    private string _port = "";
    private bool _ownTitle;
    private bool _ownPort;
    private bool _nameTouched;
    private bool _busy;
    private int _checks;

    protected override void OnInitialized() => _typing = new Debouncer(time, () => InvokeAsync(OnPauseAsync));

    protected override async Task OnInitializedAsync()
    {
        if ((await scopes.AdministratorAsync()).TryGetValue(out var administrator))
            _defaults = SettingsWords.Between(FacilitySettings.Default, (await settings.GetDefaultsAsync(administrator)).Settings);
    }

    private string? ErrorOf(string field) => field == nameof(FacilityDraft.Name) && !_nameTouched ? null : _errors.Of(field);

    private FacilityDraft Draft => new(_name, _title, FacilityPortText.Parse(_port));

    private void OnName(string value)
    {
        _name = value;
        _nameTouched = true;
        _typing?.Restart();
    }

    private void OnTitle(string value)
    {
        (_title, _ownTitle) = (value, true);
        _typing?.Restart();
    }

    private void OnPort(string value)
    {
        (_port, _ownPort) = (value, true);
        _typing?.Restart();
    }

    private Task ProposeTitleAgainAsync()
    {
        (_ownTitle, _proposal) = (false, null);
        return CheckAsync();
    }

    private Task ProposePortAgainAsync()
    {
        _ownPort = false;
        return CheckAsync();
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

    /// <summary>Proposes what nobody has typed, and says what is wrong with what somebody has.</summary>
    private async Task CheckAsync()
    {
        var check = ++_checks;
        var (name, errors) = (_name, new List<Error>());
        var proposed = await commands.ProposeAsync(name);
        // The answer to an older name that comes late is not shown.
        if (check != _checks)
            return;
        if (proposed.TryGetValue(out var proposal))
        {
            _proposal = proposal = KeepSuffix(proposal);
            _title = _ownTitle ? _title : proposal.AETitle;
            _port = _ownPort ? _port : proposal.Port.ToString(CultureInfo.InvariantCulture);
        }
        else if (!_ownPort)
        {
            // No port is free in the range: one can still be typed.
            errors.Add(proposed.Error!);
            _ownPort = true;
        }

        if (FacilityPortText.Fault(_port) is { } fault)
            errors.Add(fault);
        errors.AddRange(await commands.ValidateAsync(Draft));
        if (check == _checks)
            _errors = new FieldErrors(errors);
    }

    // The random digits stay while the name is typed: a title that flickers cannot be read.
    private FacilityProposal KeepSuffix(FacilityProposal proposal) =>
        _proposal is { } last ? proposal with { AETitle = proposal.AETitle[..^SuffixLength] + last.AETitle[^SuffixLength..] } : proposal;

    private async Task CreateAsync()
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            _typing?.Cancel();
            _nameTouched = true;
            await CheckAsync();
            if (_errors.Any)
                return;
            var administrator = await scopes.AdministratorAsync();
            if (!administrator.TryGetValue(out var actor))
            {
                _errors = new FieldErrors(administrator.Error!);
                return;
            }

            // What was only proposed is left to the command: should somebody have taken it meanwhile, it takes the next.
            var created = await commands.CreateAsync(actor, new FacilityDraft(_name, _title, _ownPort ? FacilityPortText.Parse(_port) : null));
            if (created.TryGetValue(out var facility))
                navigation.NavigateTo(CurrentFacility.PathOf(facility.Id, "connection"));
            else
                _errors = new FieldErrors(created.Error!);
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose() => _typing?.Dispose();
}
