namespace Noctis.Archive;

/// <summary>
/// A row that belongs to one facility. NoctisDbContext gives every such entity the "Tenant" query filter, a foreign key to its
/// facility and the check on writing, in one loop: implementing this interface is all an entity has to do.
/// </summary>
public interface ITenantOwned
{
    /// <summary>May be left empty on a new row: the context stamps its own facility.</summary>
    Guid FacilityId { get; }
}
