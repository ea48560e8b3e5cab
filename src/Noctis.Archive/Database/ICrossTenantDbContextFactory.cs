namespace Noctis.Archive.Database;

/// <summary>Makes contexts that see every facility. A page or a request handler has no business with it: commands and jobs that work on the installation do.</summary>
public interface ICrossTenantDbContextFactory
{
    /// <summary>A context without the tenant filter. New rows must say their facility themselves. The caller disposes of it.</summary>
    NoctisDbContext CreateAcrossFacilities();
}
