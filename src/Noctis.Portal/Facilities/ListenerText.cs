using Noctis.Archive.Facilities;
using Noctis.Gateway.Listeners;
using Noctis.Portal.Components;

namespace Noctis.Portal.Facilities;

/// <summary>A listener's state in the words of the portal.</summary>
public static class ListenerText
{
    /// <summary>What should be (the facility's state) and what is (the listener's), as one status.</summary>
    public static (StatusKind Kind, string Text) Of(FacilityState facility, ListenerStatus listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return facility switch
        {
            FacilityState.Suspended => (StatusKind.Idle, "Suspended"),
            FacilityState.Archived => (StatusKind.Idle, "Archived"),
            FacilityState.Deleting => (StatusKind.Warn, "Being deleted"),
            _ => listener.State switch
            {
                ListenerState.Running when listener.IsFailing => (StatusKind.Bad, "Failing"),
                ListenerState.Running => (listener.IsInTrouble ? StatusKind.Warn : StatusKind.Ok, "Listening"),
                ListenerState.Failed => (StatusKind.Bad, "Not listening"),
                ListenerState.Draining => (StatusKind.Warn, "Draining"),
                ListenerState.Stopped when listener.Reason is not null => (StatusKind.Idle, "Stopped"),
                // Active but stopped: the supervisor is about to start it.
                _ => (StatusKind.Active, "Starting"),
            },
        };
    }

    public static string IconOf(FacilityState facility, StatusKind kind) => facility switch
    {
        FacilityState.Suspended => "pause",
        FacilityState.Archived => "archive",
        FacilityState.Deleting => "trash",
        _ => StatusLook.IconOf(kind),
    };

    /// <summary>Why it does not listen, or what is wrong though it does, and what to do; null when all is well.</summary>
    public static string? Trouble(FacilityState facility, ListenerStatus listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return facility == FacilityState.Active && listener.Reason is not null
            ? string.Join(' ', new[] { listener.Reason, listener.Remedy }.Where(part => !string.IsNullOrEmpty(part)))
            : null;
    }
}
