using Microsoft.AspNetCore.Components;
using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Components;

namespace Noctis.Portal.Layout;

/// <summary>Whether the facility's listener runs, as the gateway says it, at once when that changes.</summary>
public sealed partial class ListenerChip(IListenerStatusSource listeners) : IDisposable
{
    private StatusKind _kind;
    private string _word = "";
    private string? _icon;
    private string? _title;

    [Parameter, EditorRequired]
    public CurrentFacility Facility { get; set; } = default!;

    protected override void OnInitialized() => listeners.Changed += OnChanged;

    protected override void OnParametersSet() => Read();

    private void OnChanged(Door door)
    {
        if (door.FacilityId == Facility.Id)
            _ = InvokeAsync(Show);

        void Show()
        {
            var before = (_kind, _word, _title);
            Read();
            // The numbers change every second while images arrive; the chip does not.
            if (before != (_kind, _word, _title))
                StateHasChanged();
        }
    }

    private void Read()
    {
        var status = listeners.Get(Facility.Id);
        (_kind, _word, _icon, _title) = status.State switch
        {
            ListenerState.Running => (StatusKind.Ok, "Listening", null, $"On port {Facility.Port}"),
            ListenerState.Starting => (StatusKind.Active, "Starting", null, null),
            ListenerState.Failed => (StatusKind.Bad, "Not listening", null, $"{status.Reason} {status.Remedy}".Trim()),
            _ => Facility.State switch
            {
                FacilityState.Active => (StatusKind.Idle, "Stopped", "pause", status.Reason),
                FacilityState.Suspended => (StatusKind.Idle, "Suspended", "pause", (string?)"The facility is suspended: nothing is received."),
                _ => (StatusKind.Idle, "Archived", "archive", "The facility is archived: nothing is received."),
            },
        };
    }

    public void Dispose() => listeners.Changed -= OnChanged;
}
