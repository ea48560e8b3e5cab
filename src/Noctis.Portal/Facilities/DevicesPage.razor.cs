using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Gateway.Journal;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Facilities;

/// <summary>The devices of a facility, and those that tried and are none yet. Which form is open is in the address.</summary>
public sealed partial class DevicesPage(
    DeviceQueries queries, DeviceCommands commands, JournalQueries journal, JournalWriter writer, FacilityChanges changes,
    SignedInScopes scopes) : LivePage
{
    private IReadOnlyList<Device>? _devices;
    private IReadOnlyList<RefusedCaller> _refused = [];
    private OpenForm? _open;
    private Device? _toRemove;
    private string? _removeError;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    /// <summary>Present while the form for a new device is open; its value is the AE title to begin with.</summary>
    [SupplyParameterFromQuery(Name = "add")]
    public string? Add { get; set; }

    [SupplyParameterFromQuery(Name = "edit")]
    public long? Edit { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private List<RefusedCaller> Suggestions => [.. _refused.Where(caller => caller.CanBeAllowed)];

    protected override void Follow()
    {
        Until(changes.Subscribe(RequestFor));
        writer.Written += OnJournalWritten;
        Until(() => writer.Written -= OnJournalWritten);
    }

    protected override async Task OnParametersSetAsync()
    {
        await LoadAsync();
        Show();
    }

    private void OnJournalWritten(IReadOnlySet<Guid> facilities)
    {
        if (facilities.Contains(FacilityId))
            RequestReload();
    }

    private void RequestFor(Guid facilityId)
    {
        if (facilityId == FacilityId)
            RequestReload();
    }

    protected override async Task LoadAsync()
    {
        _devices = await queries.ListAsync(Facility.Scope, Closed);
        var refusals = await journal.LatestRefusalsAsync(Facility.Scope, RefusedCaller.Depth, Closed);
        _refused = RefusedCaller.Find(refusals, _devices, Time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Opens the form that the address names.</summary>
    private void Show()
    {
        if (!Facility.MayManage)
            _open = null;
        else if (Edit is { } id && _devices?.FirstOrDefault(device => device.Id == id) is { } found)
            _open = _open?.Device?.Id == id ? _open : new OpenForm(found, found.AETitle, found.Description, found.ExpectedAddress ?? "");
        else if (Add is not null)
            _open = _open is { Device: null } ? _open : new OpenForm(null, Add, "", "");
        else
            _open = null;
    }

    private string Href(string? key = null, object? value = null) =>
        Facility.Href("devices") + (key is null ? "" : $"?{key}={Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}");

    private void Close() => Navigation.NavigateTo(Href(), replace: true);

    private async Task SavedAsync()
    {
        await LoadAsync();
        Close();
    }

    private void Ask(Device device) => (_toRemove, _removeError) = (device, null);

    private async Task RemoveAsync()
    {
        if (_toRemove is not { } device)
            return;
        // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
        var scope = await scopes.FacilityAsync(FacilityId);
        var result = scope.IsSuccess ? await commands.RemoveAsync(scope.Value, device.Id) : scope.Error;
        _removeError = result.Error?.Message;
        if (!result.IsSuccess)
            return;
        _toRemove = null;
        await LoadAsync();
    }

    private sealed record OpenForm(Device? Device, string Title, string Description, string Address);
}
