using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database.Providers;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Database;

/// <summary>
/// Everything that Noctis keeps in its database. Made by <see cref="INoctisDbContextFactory"/> for one facility or by
/// <see cref="ICrossTenantDbContextFactory"/> for all; made otherwise, as for accounts, it has no facility in hand and throws
/// as soon as a tenant's rows are touched. Entities of the feature folders join by an IEntityTypeConfiguration beside them.
/// </summary>
public sealed class NoctisDbContext : IdentityDbContext<NoctisUser, IdentityRole<Guid>, Guid>
{
    private readonly Tenancy _tenancy;

    public NoctisDbContext(DbContextOptions<NoctisDbContext> options)
        : this(options, Tenancy.None)
    {
    }

    internal NoctisDbContext(DbContextOptions<NoctisDbContext> options, Tenancy tenancy)
        : base(options) => _tenancy = tenancy;

    public DbSet<Facility> Facilities => Set<Facility>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<FacilityMembership> Memberships => Set<FacilityMembership>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>Read by the query filter each time a query runs.</summary>
    internal Guid TenantId => _tenancy.FacilityId;

    internal bool IsAcrossFacilities => _tenancy.IsAcrossFacilities;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        TenantWriteGuard.Check(ChangeTracker, _tenancy);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        TenantWriteGuard.Check(ChangeTracker, _tenancy);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        DatabaseProvider.Of(Database).ConfigureConventions(configurationBuilder);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(NoctisDbContext).Assembly);
        TenancyModel.Apply(builder, this);
        DatabaseProvider.Of(Database).ConfigureModel(builder);
    }
}
