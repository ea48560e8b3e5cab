using Microsoft.AspNetCore.Components;
using Noctis.Archive;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Portal.Accounts;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Retention;

/// <summary>Layout, duplicates, quota, clean-up and trash of a facility. Before clean-up begins to take studies, it says how many.</summary>
public sealed partial class StorageSettingsPage(
    StorageSettingsQueries queries, StorageSettingsCommands commands, RetentionPreview preview, ArrivalQueries arrivals, SignedInScopes scopes, TimeProvider time)
    : ComponentBase
{
    /// <summary>Counting stops here: more is as good a reason to think twice.</summary>
    private const int MostCounted = 10_000;

    private FieldErrors _errors = FieldErrors.None;
    private StorageSettings? _settings;
    private StorageForm? _stored;
    private StorageForm? _form;
    private StudyCounts? _counts;
    private QuotaStanding? _standing;
    private Guid _shown;
    private Error? _error;
    private int _due;
    private int _dueTrashDays;
    private string? _saved;
    private bool _busy;

    [Parameter]
    public Guid FacilityId { get; set; }

    [CascadingParameter]
    public CurrentFacility Facility { get; set; } = default!;

    private int ChangeCount
    {
        get
        {
            if (_form is not { } form || _stored is not { } stored || form == stored)
                return 0;
            return new[]
            {
                form.Layout != stored.Layout, form.FileNaming != stored.FileNaming, form.DuplicatePolicy != stored.DuplicatePolicy, form.Quota != stored.Quota,
                form.WarnPercent != stored.WarnPercent, form.CleanUp != stored.CleanUp, form.RetentionDays != stored.RetentionDays, form.TrashDays != stored.TrashDays,
            }.Count(isChanged => isChanged);
        }
    }

    private string? UsedText => _standing is { } standing
        ? $"{SizeText.Of(standing.UsedBytes)} used, {standing.Percent} %"
        : _counts is null ? null : $"{SizeText.Of(_counts.Bytes)} used";

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == FacilityId)
            return;
        _shown = FacilityId;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        (_errors, _error, _saved) = (FieldErrors.None, null, null);
        _settings = await queries.GetAsync(Facility.Scope, CancellationToken.None);
        _standing = await queries.GetStandingAsync(Facility.Scope, CancellationToken.None);
        _counts = await arrivals.GetCountsAsync(Facility.Scope, time.GetUtcNow().UtcDateTime, CancellationToken.None);
        _form = _stored = StorageForm.Of(_settings);
    }

    private void Change(StorageForm form)
    {
        (_form, _saved) = (form, null);
        _errors = new FieldErrors(form.Read().Errors);
    }

    private async Task SaveAsync()
    {
        if (_busy || _form is not { } form || _settings is not { } before)
            return;
        var (draft, errors) = form.Read();
        (_errors, _error, _saved) = (new FieldErrors(errors), null, null);
        if (errors.Count > 0)
            return;
        // Whatever makes clean-up take more than it did is asked about once, with the figure.
        var takesMore = draft is { CleanUp: not CleanUp.Off, RetentionDays: { } days }
            && (draft.CleanUp != before.CleanUp || before.RetentionDays is null || days < before.RetentionDays);
        if (takesMore && await preview.CountAsync(Facility.Scope, draft.RetentionDays!.Value, MostCounted, CancellationToken.None) is > 0 and var due)
            (_due, _dueTrashDays) = (due, draft.TrashDays);
        else
            await SaveNowAsync();
    }

    private async Task SaveNowAsync()
    {
        if (_busy || _form is not { } form || _settings is not { } before)
            return;
        _busy = true;
        try
        {
            // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
            var scope = await scopes.FacilityAsync(FacilityId);
            var saved = scope.IsSuccess ? await commands.SaveAsync(scope.Value, form.Read().Draft, before.Version, CancellationToken.None) : scope.Error;
            _due = 0;
            if (!saved.IsSuccess)
            {
                _errors = new FieldErrors(saved.Error);
                _error = _errors.General;
                return;
            }

            await ReadAsync();
            _saved = "It holds for images that arrive from now on, on every server within two seconds.";
        }
        finally
        {
            _busy = false;
        }
    }
}
