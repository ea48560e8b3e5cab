using System.Globalization;
using Microsoft.AspNetCore.Components;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Settings;

/// <summary>Every change of a facility's settings, its storage, name, AE title and port: who, when, what, and the way back. Live.</summary>
public sealed partial class SettingsHistoryPage(
    FacilitySettingsQueries queries, SettingsUndo undo, FacilityChanges changes, SignedInScopes scopes, NavigationManager navigation)
    : LivePage
{
    private const int PageSize = 25;

    private IReadOnlyList<Row>? _rows;
    private IReadOnlySet<long> _undoneIds = new HashSet<long>();
    private Row? _asked;
    private string? _older;
    private string? _error;
    private string? _undone;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    /// <summary>Only changes before this one.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    private string Href => Facility.Href("settings/history");

    protected override void Follow() => Until(changes.Subscribe(facilityId =>
    {
        if (facilityId == FacilityId)
            RequestReload();
    }));

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        // One more than is shown tells whether there is an older page.
        var found = await queries.HistoryAsync(Facility.Scope, Before, PageSize + 1);
        var shown = found.Take(PageSize).ToArray();
        _undoneIds = found.Where(change => change.UndoneChangeId is not null).Select(change => change.UndoneChangeId!.Value).ToHashSet();
        _older = found.Count > PageSize ? $"{Href}?before={shown[^1].Id.ToString(CultureInfo.InvariantCulture)}" : null;
        _rows = [.. shown.Select(Describe)];
    }

    private static Row Describe(SettingsChange change)
    {
        var lines = SettingsWords.Of(change);
        // A later version may have kept what this one has no words for.
        return new Row(change, lines.Count > 0 ? lines : [.. change.Differences.Select(difference => new SettingsLine(difference.Section, difference.Name, difference.Before ?? "none", difference.After ?? "none"))]);
    }

    private static string? Cause(SettingsChange change) => change.Cause switch
    {
        SettingsChangeCause.Undo => "by undoing a change",
        SettingsChangeCause.Copy => "copied from another facility",
        SettingsChangeCause.Fix => "by a fix offered with a refusal",
        _ => null,
    };

    private bool MayUndo(SettingsChange change) => Facility.Scope.IsAdministrator || !change.Differences.Any(difference =>
        difference is { Section: nameof(Archive.Facilities.Facility) } or { Name: nameof(StorageSettingsDraft.QuotaBytes) }
        || SettingsCatalog.All.Any(setting => setting.IsForAdministrators && setting.Section == difference.Section && setting.Name == difference.Name));

    private void Ask(Row row) => (_asked, _error, _undone) = (row, null, null);

    private async Task UndoAsync()
    {
        if (_asked is not { } row)
            return;
        // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
        var scope = await scopes.FacilityAsync(FacilityId);
        var result = scope.IsSuccess ? await undo.UndoAsync(scope.Value, row.Change.Id) : scope.Error;
        _error = result.Error?.Message;
        if (!result.IsSuccess)
            return;
        _asked = null;
        _undone = $"{string.Join("; ", row.Lines.Take(4).Select(line => $"{line.Title}: {line.After} → {line.Before}"))}{(row.Lines.Count > 4 ? $"; and {row.Lines.Count - 4} more" : "")}. Applies to new associations within two seconds.";
        await LoadAsync();
        // The frame around the page shows name, AE title and port.
        if (row.Change.Differences.Any(difference => difference.Section == nameof(Archive.Facilities.Facility)))
            navigation.NavigateTo(Href, replace: true);
    }

    private sealed record Row(SettingsChange Change, IReadOnlyList<SettingsLine> Lines);
}
