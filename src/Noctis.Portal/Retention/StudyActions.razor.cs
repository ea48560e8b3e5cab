using Microsoft.AspNetCore.Components;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Portal.Accounts;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Retention;

/// <summary>Pin and delete, in the heading of a study. The page around it hears of what was done, as every other page does.</summary>
public sealed partial class StudyActions(StudyPins pins, StudyDeletion deletion, StorageSettingsQueries settings, SignedInScopes scopes) : ComponentBase
{
    private bool _isAsking;
    private int _trashDays;
    private string _reason = "";
    private string? _reasonError;
    private string? _dialogError;
    private string? _error;

    [Parameter, EditorRequired]
    public CurrentFacility Facility { get; set; } = default!;

    [Parameter, EditorRequired]
    public Study Study { get; set; } = default!;

    private async Task PinAsync()
    {
        // Opened anew: whoever has lost the role since the page was opened changes nothing by it.
        var scope = await scopes.FacilityAsync(Facility.Id);
        var result = scope.IsSuccess ? await pins.SetAsync(scope.Value, Study.Id, !Study.IsPinned, CancellationToken.None) : scope.Error;
        _error = result.Error?.Message;
    }

    private async Task AskAsync()
    {
        _trashDays = (await settings.GetAsync(Facility.Scope, CancellationToken.None)).TrashDays;
        (_isAsking, _reason, _reasonError, _dialogError, _error) = (true, "", null, null, null);
    }

    private void TypeReason(string reason) => (_reason, _reasonError) = (reason, null);

    private async Task DeleteAsync()
    {
        var scope = await scopes.FacilityAsync(Facility.Id);
        var result = scope.IsSuccess ? await deletion.DeleteAsync(scope.Value, [Study.Id], _reason, CancellationToken.None) : scope.Error;
        var isOfReason = result.Error?.Field == "reason";
        _reasonError = isOfReason ? result.Error?.Message : null;
        _dialogError = isOfReason ? null : result.Error?.Message;
        _isAsking = !result.IsSuccess;
    }
}
