using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Accounts;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Settings;

/// <summary>Takes groups of settings over from another facility that the person manages, after showing what would change. Which one is in the address.</summary>
public sealed partial class SettingsCopyPage(SettingsCopying copying, FacilityAccess access, SignedInScopes scopes, NavigationManager navigation)
{
    private const int MostShown = 50;

    private readonly HashSet<string> _sections = [.. SettingsCopying.Sections];
    private IReadOnlyList<OpenFacility>? _choices;
    private IReadOnlyList<SettingsLine>? _lines;
    private Error? _error;
    private string? _copied;
    private string _search = "";
    private bool _busy;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    /// <summary>The facility to copy from.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? From { get; set; }

    private IEnumerable<OpenFacility> Found => (_choices ?? []).Where(facility =>
        facility.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase) || facility.AETitle.Contains(_search.Trim(), StringComparison.OrdinalIgnoreCase));

    protected override async Task OnParametersSetAsync()
    {
        if (await scopes.UserAsync() is { } user)
            _choices ??= [.. (await access.ListAsync(user.Id)).Where(facility => facility.Id != FacilityId && (Facility.Scope.IsAdministrator || facility.Role == FacilityRole.Manager))];
        await PreviewAsync();
    }

    private static string TitleOf(string section) => section == SettingsWords.StorageSection ? "Storage" : section switch
    {
        nameof(FacilitySettings.Network) => "Network and TLS",
        nameof(FacilitySettings.SopClasses) => "SOP classes",
        nameof(FacilitySettings.TransferSyntaxes) => "Transfer syntaxes",
        _ => section,
    };

    private void Choose(Guid facilityId)
    {
        _copied = null;
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("from", facilityId), replace: true);
    }

    private Task TickAsync(string section)
    {
        _copied = null;
        if (!_sections.Remove(section))
            _sections.Add(section);
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        (_lines, _error) = (null, null);
        if (From is not { } from || _sections.Count == 0)
            return;
        var preview = await WithScopesAsync(from, (source, target) => copying.PreviewAsync(source, target, _sections));
        _error = preview.Error;
        if (preview.TryGetValue(out var found))
            _lines = [.. SettingsWords.Between(found.Before, found.After), .. SettingsWords.Between(found.StorageBefore, found.StorageAfter)];
    }

    private async Task CopyAsync()
    {
        if (_busy || From is not { } from || _lines is not { Count: > 0 } lines)
            return;
        _busy = true;
        try
        {
            var copied = await WithScopesAsync(from, async (source, target) =>
                await copying.CopyAsync(source, target, _sections) is { IsSuccess: false } failed ? failed.Error : Result.Of(true));
            await PreviewAsync();
            _error = copied.Error ?? _error;
            if (copied.IsSuccess)
                _copied = $"{Components.SizeText.Count(lines.Count, "value")} from {_choices?.FirstOrDefault(facility => facility.Id == from)?.Name}. Applies to new associations within two seconds; those running go on.";
        }
        finally
        {
            _busy = false;
        }
    }

    // Both opened anew: whoever has lost a role since the page was opened reads and changes nothing by it.
    private async Task<Result<T>> WithScopesAsync<T>(Guid from, Func<FacilityScope, FacilityScope, Task<Result<T>>> work)
    {
        var source = await scopes.FacilityAsync(from);
        if (!source.IsSuccess)
            return source.Error;
        var target = await scopes.FacilityAsync(FacilityId);
        return target.IsSuccess ? await work(source.Value, target.Value) : target.Error;
    }
}
