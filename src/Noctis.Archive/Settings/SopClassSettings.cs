namespace Noctis.Archive.Settings;

/// <summary>
/// Which storage SOP classes a facility takes: by group, with exceptions singly. Only what differs from "everything" is kept, so that a
/// class that the standard adds is taken where its group is.
/// </summary>
public sealed record SopClassSettings
{
    /// <summary>The groups that are off.</summary>
    public IReadOnlyList<SopClassGroup> OffGroups { get; init; } = [];

    /// <summary>UIDs of the classes that are the other way than their group: off where it is on, on where it is off.</summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];

    public bool Takes(string sopClassUid) =>
        OffGroups.Contains(SopClassGroups.Of(sopClassUid)) == Exceptions.Contains(sopClassUid, StringComparer.Ordinal);

    /// <summary>The settings with one group switched, and its exceptions forgotten.</summary>
    public SopClassSettings With(SopClassGroup group, bool isTaken) => new()
    {
        OffGroups = isTaken ? [.. OffGroups.Where(off => off != group)] : [.. OffGroups.Append(group).Distinct().Order()],
        Exceptions = [.. Exceptions.Where(uid => SopClassGroups.Of(uid) != group)],
    };

    /// <summary>The settings with one class switched.</summary>
    public SopClassSettings With(string sopClassUid, bool isTaken) => Takes(sopClassUid) == isTaken ? this : this with
    {
        Exceptions = Exceptions.Contains(sopClassUid, StringComparer.Ordinal)
            ? [.. Exceptions.Where(uid => uid != sopClassUid)]
            : [.. Exceptions.Append(sopClassUid).Order(StringComparer.Ordinal)],
    };
}
