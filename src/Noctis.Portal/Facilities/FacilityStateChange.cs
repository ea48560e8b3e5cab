using Noctis.Archive;
using Noctis.Archive.Facilities;

namespace Noctis.Portal.Facilities;

/// <summary>What can be done to a facility as a whole: what it means, and whether it can be undone.</summary>
internal sealed record FacilityStateChange(
    string Button, string Title, string Meaning, bool IsDanger, FacilityState[] From, Func<FacilityCommands, AdministratorScope, Guid, string, Task<Result>> RunAsync)
{
    public static readonly FacilityStateChange Suspend = new(
        "Suspend", "Suspend for a while",
        "Its listener stops and scanners are refused; open associations may end first. People see its studies as before. You can resume it at any time.",
        IsDanger: false, [FacilityState.Active],
        (commands, actor, id, _) => commands.SuspendAsync(actor, id));

    public static readonly FacilityStateChange Resume = new(
        "Resume", "Resume",
        "Its listener starts again within a second, with the AE title and port it had.",
        IsDanger: false, [FacilityState.Suspended, FacilityState.Archived],
        (commands, actor, id, _) => commands.ResumeAsync(actor, id));

    public static readonly FacilityStateChange Archive = new(
        "Archive", "Archive: the site has closed",
        "Its listener stops, its studies can still be read, and it keeps its AE title and port. It can be undone: resume it.",
        IsDanger: false, [FacilityState.Active, FacilityState.Suspended],
        (commands, actor, id, _) => commands.ArchiveAsync(actor, id));

    public static readonly FacilityStateChange Delete = new(
        "Delete", "Delete with all its studies",
        "Its listener stops, and every study, device and membership of it is removed from database and disk. This cannot be undone.",
        IsDanger: true, [FacilityState.Active, FacilityState.Suspended, FacilityState.Archived],
        // The dialog's button works only once the name was typed.
        (commands, actor, id, name) => commands.DeleteAsync(actor, id, name));

    private static readonly FacilityStateChange[] All = [Resume, Suspend, Archive, Delete];

    public static IEnumerable<FacilityStateChange> For(FacilityState state) => All.Where(change => change.From.Contains(state));
}
