using Noctis.Gateway.Listeners;

namespace Noctis.Gateway.Admission;

/// <summary>
/// The directory that admission decides by. The supervisor's loop replaces it, about once a second and at once after a
/// change in this process, so a new AE title or device counts for the next association and disturbs none that runs.
/// </summary>
public sealed class CurrentDirectory
{
    private FacilityDirectory _directory = FacilityDirectory.Empty;

    public FacilityDirectory Value
    {
        get => Volatile.Read(ref _directory);
        internal set => Volatile.Write(ref _directory, value);
    }

    /// <summary>What people call a door, for the log: the facility's AE title.</summary>
    internal string NameOf(Door door) => door.IsShared ? "The shared door" : Value.Find(door.FacilityId!.Value)?.AETitle ?? door.ToString();
}
