using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Noctis.Archive.Database;

/// <summary>Checks every tracked write before it is saved: new rows are stamped with the context's facility, foreign rows throw.</summary>
internal static class TenantWriteGuard
{
    public static void Check(ChangeTracker changes, Tenancy tenancy)
    {
        foreach (var entry in changes.Entries<ITenantOwned>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                Check(entry, tenancy);
        }
    }

    private static void Check(EntityEntry<ITenantOwned> entry, Tenancy tenancy)
    {
        var property = entry.Property(owned => owned.FacilityId);
        if (entry.State != EntityState.Added && property.OriginalValue != property.CurrentValue)
            throw new TenancyException($"A {Name(entry)} was moved from one facility to another.");

        if (tenancy.IsAcrossFacilities)
        {
            if (property.CurrentValue == Guid.Empty)
                throw new TenancyException($"A {Name(entry)} has no facility, and a context across facilities has none to give.");
            return;
        }

        if (entry.State == EntityState.Added && property.CurrentValue == Guid.Empty)
            property.CurrentValue = tenancy.FacilityId;
        if (property.CurrentValue != tenancy.FacilityId)
            throw new TenancyException($"A {Name(entry)} of facility {property.CurrentValue} was written in a context of facility {tenancy.FacilityId}.");
    }

    private static string Name(EntityEntry entry) => entry.Metadata.ClrType.Name;
}
