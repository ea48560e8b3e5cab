namespace Noctis.Archive.Listeners;

/// <summary>
/// The last order that was given to a facility's listener, obeyed by every node. It counts until the next one, or until the node is
/// started again: then the settings decide.
/// </summary>
public sealed class ListenerOrder : ITenantOwned
{
    public const int ActorNameLength = 256;

    public Guid FacilityId { get; init; }

    public ListenerOrderKind Kind { get; set; }

    /// <summary>Counts the orders, so that a second restart is another one than the first.</summary>
    public int Number { get; set; }

    public DateTime RequestedUtc { get; set; }

    public required string ActorName { get; set; }
}
