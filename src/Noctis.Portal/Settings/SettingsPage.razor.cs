using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Settings;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Settings;

/// <summary>One group of a facility's settings, by its address.</summary>
public sealed partial class SettingsPage(FacilitySettingsQueries queries, FacilitySettingsCommands commands, SignedInScopes scopes)
{
    [Parameter]
    public Guid FacilityId { get; set; }

    [Parameter]
    public string Group { get; set; } = "";

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    private async Task<Result<VersionedSettings>> ReadAsync() => await queries.GetAsync(Facility.Scope);

    // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
    private async Task<Result<VersionedSettings>> SaveAsync(FacilitySettings settings, int version)
    {
        var scope = await scopes.FacilityAsync(FacilityId);
        return scope.IsSuccess ? await commands.SaveAsync(scope.Value, settings, version) : scope.Error;
    }
}
