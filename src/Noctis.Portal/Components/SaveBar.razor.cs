using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Noctis.Archive;

namespace Noctis.Portal.Components;

/// <summary>
/// Save and Discard for a form, there while something is changed; what came of saving; and the question before one leaves with
/// changes that are not saved.
/// </summary>
public sealed partial class SaveBar(NavigationManager navigation)
{
    private string? _leavingTo;
    private bool _leaves;

    /// <summary>The id of the form that is saved.</summary>
    [Parameter, EditorRequired]
    public string Form { get; set; } = "";

    /// <summary>How many values are not saved.</summary>
    [Parameter, EditorRequired]
    public int Changes { get; set; }

    /// <summary>How many values cannot be used.</summary>
    [Parameter]
    public int Faults { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why the last try failed.</summary>
    [Parameter]
    public Error? Error { get; set; }

    /// <summary>After saving: when it takes effect.</summary>
    [Parameter]
    public string? Saved { get; set; }

    /// <summary>Where somebody else has saved meanwhile: what they changed.</summary>
    [Parameter]
    public string? Conflict { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnDiscard { get; set; }

    /// <summary>Takes what somebody else has saved meanwhile.</summary>
    [Parameter]
    public EventCallback OnLoadTheirs { get; set; }

    /// <summary>Lays the changes over what somebody else has saved meanwhile.</summary>
    [Parameter]
    public EventCallback OnKeepMine { get; set; }

    private void OnLeavingAsync(LocationChangingContext change)
    {
        // The same page with another search in its address keeps what is typed.
        if (Changes == 0 || _leaves || PathOf(navigation.ToAbsoluteUri(change.TargetLocation)) == PathOf(new Uri(navigation.Uri)))
            return;
        change.PreventNavigation();
        _leavingTo = change.TargetLocation;
        StateHasChanged();
    }

    private void Leave()
    {
        if (_leavingTo is not { } target)
            return;
        (_leaves, _leavingTo) = (true, null);
        navigation.NavigateTo(target);
    }

    private static string PathOf(Uri uri) => uri.AbsolutePath.TrimEnd('/');
}
