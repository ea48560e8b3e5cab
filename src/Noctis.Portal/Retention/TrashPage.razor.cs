using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Retention;

/// <summary>What was deleted at a facility: restored from here, or removed for good. The address holds which page of it is shown.</summary>
public sealed partial class TrashPage(
    TrashQueries queries, TrashEmptying emptying, StudyRestore restore, StorageSettingsQueries settings, StudyEvents events)
    : LivePage
{
    private const int PageSize = 50;

    private Archive.Retention.TrashPage? _page;
    private TrashTotals _totals = new(0, 0);
    private int _trashDays;
    private CleanUp _cleanUp;
    private RestoredStudy? _restored;
    private Question? _asked;
    private Error? _error;
    private string? _dialogError;

    [Inject]
    private SignedInScopes Scopes { get; set; } = default!;

    [Inject]
    private ILogger<TrashPage> Logger { get; set; } = default!;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    [CascadingParameter]
    public Viewer? Viewer { get; set; }

    /// <summary>Where the page of the list begins.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    private DateTime Now => Time.GetUtcNow().UtcDateTime;

    private Viewer View => Viewer ?? Viewer.Unknown;

    private string? Summary => _page is null ? null
        : _totals.Studies == 0 ? "Nothing that could be restored."
        : $"{SizeText.Count(_totals.Studies, "study", "studies")} that can be restored, {SizeText.Of(_totals.Bytes)} on disk; not part of the quota.";

    protected override void Follow() => Until(events.Subscribe(Facility.Scope, change =>
    {
        if (change.RemovedStudyIds.Count > 0 || change.NewStudyIds.Count > 0)
            RequestReload();
    }));

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        var page = await queries.ListAsync(Facility.Scope, Before, PageSize, Closed);
        if (!page.TryGetValue(out _page))
        {
            _error = page.Error;
            return;
        }

        _totals = await queries.GetTotalsAsync(Facility.Scope, Closed);
        var stored = await settings.GetAsync(Facility.Scope, Closed);
        (_trashDays, _cleanUp) = (stored.TrashDays, stored.CleanUp);
    }

    private async Task RestoreAsync(TrashedStudy trashed)
    {
        (_restored, _error) = (null, null);
        // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
        var scope = await Scopes.FacilityAsync(FacilityId);
        var restored = scope.IsSuccess ? await restore.RestoreAsync(scope.Value, trashed.Id, CancellationToken.None) : scope.Error;
        if (!restored.TryGetValue(out _restored))
            _error = restored.Error;
        await LoadAsync();
    }

    private void Ask(TrashRow? row) => (_asked, _dialogError, _restored, _error) = (new Question(row), null, null, null);

    private async Task EmptyAsync()
    {
        if (_asked is not { } asked)
            return;
        var opened = await Scopes.FacilityAsync(FacilityId);
        if (!opened.TryGetValue(out var scope))
        {
            _dialogError = opened.Error!.Message;
            return;
        }

        var marked = asked.Row is { } row
            ? await emptying.MarkAsync(scope, row.Trashed.Id, CancellationToken.None)
            : (await emptying.MarkAllAsync(scope, CancellationToken.None)).WithoutValue();
        _dialogError = marked.Error?.Message;
        if (!marked.IsSuccess)
            return;
        _asked = null;
        _ = Task.Run(() => RemoveAsync(scope));
        await LoadAsync();
    }

    /// <summary>In the background, and on when the page is closed; should the server stop, the job goes on.</summary>
    private async Task RemoveAsync(FacilityScope scope)
    {
        try
        {
            await emptying.RemoveMarkedAsync(scope, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.TrashNotEmptied(Logger, exception, scope.FacilityId);
        }

        RequestReload();
    }

    private static string Who(Study study) => study.PatientNameDisplay ?? (study.PatientID is { } id ? $"patient {id}" : "an unknown patient");

    /// <summary>What the dialog asks about: one study, or all.</summary>
    private sealed record Question(TrashRow? Row);
}
