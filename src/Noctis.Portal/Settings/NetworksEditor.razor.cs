using System.Net;
using Microsoft.AspNetCore.Components;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Settings;

/// <summary>The networks that may call, one a row, each checked as it is typed; and which registered devices they would shut out.</summary>
public sealed partial class NetworksEditor(DeviceQueries devices)
{
    private static readonly SettingInfo Info = SettingsCatalog.Find(nameof(FacilitySettings.Access), nameof(AccessSettings.AllowedNetworks));

    private readonly string _id = $"networks-{Guid.NewGuid():N}";
    private IReadOnlyList<Device> _devices = [];
    private ElementReference _last;
    private bool _isAdded;

    [CascadingParameter]
    public SettingsEdit Edit { get; set; } = default!;

    [Parameter]
    public CurrentFacility? Facility { get; set; }

    private static string Key => $"{Info.Section}.{Info.Name}";

    private bool IsChanged => !Edit.Stored.Access.AllowedNetworks.ToHashSet().SetEquals(Edit.Now.Access.AllowedNetworks);

    private List<Device> Outside
    {
        get
        {
            var networks = Edit.Now.Access.AllowedNetworks.Select(network => IPNetwork.TryParse(network, out var parsed) ? parsed : (IPNetwork?)null).OfType<IPNetwork>().ToArray();
            return networks.Length == 0
                ? []
                : [.. _devices.Where(device => device.IsActive && IPAddress.TryParse(AddressOf(device), out var address) && !networks.Any(network => network.Contains(Plain(address))))];
        }
    }

    protected override async Task OnInitializedAsync()
    {
        if (Facility is not null)
            _devices = await devices.ListAsync(Facility.Scope);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isAdded)
            return;
        _isAdded = false;
        await _last.FocusAsync();
    }

    private static string? AddressOf(Device device) => device.ExpectedAddress ?? device.LastSeenAddress;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string? FaultOf(string text) => text.Trim().Length == 0 || FacilitySettingsRules.NormalizeNetwork(text) is not null
        ? null
        : "That is no network. Type an address and a prefix length, such as 192.0.2.0/24 or 2001:db8::/32, or a single address.";

    private void Add()
    {
        _isAdded = true;
        Edit.SetNetworks([.. Edit.Networks, ""]);
    }

    private void Replace(int row, string text) => Edit.SetNetworks([.. Edit.Networks.Select((network, i) => i == row ? text : network)]);

    private void Remove(int row) => Edit.SetNetworks([.. Edit.Networks.Where((_, i) => i != row)]);
}
