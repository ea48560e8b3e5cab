namespace Noctis.Archive.Database;

/// <summary>Makes contexts that see one facility.</summary>
public interface INoctisDbContextFactory
{
    /// <summary>A context whose queries see, and whose writes touch, the scope's facility alone. The caller disposes of it.</summary>
    NoctisDbContext CreateFor(FacilityScope scope);
}
