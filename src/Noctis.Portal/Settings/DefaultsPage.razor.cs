using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Settings;
using Noctis.Portal.Accounts;

namespace Noctis.Portal.Settings;

/// <summary>What new facilities begin with: the forms of a facility's settings, for the installation.</summary>
public sealed partial class DefaultsPage(FacilitySettingsQueries queries, FacilitySettingsCommands commands, SignedInScopes scopes)
{
    [Parameter]
    public string? Group { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    private async Task<Result<VersionedSettings>> ReadAsync()
    {
        var administrator = await scopes.AdministratorAsync();
        return administrator.IsSuccess ? await queries.GetDefaultsAsync(administrator.Value) : administrator.Error;
    }

    private async Task<Result<VersionedSettings>> SaveAsync(FacilitySettings settings, int version)
    {
        var administrator = await scopes.AdministratorAsync();
        return administrator.IsSuccess ? await commands.SaveDefaultsAsync(administrator.Value, settings, version) : administrator.Error;
    }
}
