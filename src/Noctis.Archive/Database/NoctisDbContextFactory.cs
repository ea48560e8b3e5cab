using Microsoft.EntityFrameworkCore;

namespace Noctis.Archive.Database;

internal sealed class NoctisDbContextFactory(DbContextOptions<NoctisDbContext> options) : INoctisDbContextFactory, ICrossTenantDbContextFactory
{
    public NoctisDbContext CreateFor(FacilityScope scope) => new(options, Tenancy.Of(scope));

    public NoctisDbContext CreateAcrossFacilities() => new(options, Tenancy.AcrossFacilities);
}
