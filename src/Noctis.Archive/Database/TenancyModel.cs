using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Database;

/// <summary>What every <see cref="ITenantOwned"/> entity gets, in one loop that no entity can be left out of.</summary>
internal static class TenancyModel
{
    public const string FilterName = "Tenant";

    private static readonly MethodInfo ApplyToMethod =
        typeof(TenancyModel).GetMethod(nameof(ApplyTo), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Apply(ModelBuilder model, NoctisDbContext context)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)).ToList())
            ApplyToMethod.MakeGenericMethod(type.ClrType).Invoke(null, [model, context]);
    }

    private static void ApplyTo<TEntity>(ModelBuilder model, NoctisDbContext context)
        where TEntity : class, ITenantOwned
    {
        var entity = model.Entity<TEntity>();

        // A row of a facility that is gone, or of none, cannot exist, whoever writes it.
        entity.HasOne<Facility>().WithMany().HasForeignKey(e => e.FacilityId).OnDelete(DeleteBehavior.Restrict);

        // An UPDATE or DELETE made from an id alone carries the facility in its WHERE: an entity attached with another facility's id
        // and the own FacilityId changes no row and throws. (In a primary key it stands there anyway.)
        if (!entity.Property(e => e.FacilityId).Metadata.IsPrimaryKey())
            entity.Property(e => e.FacilityId).IsConcurrencyToken();

        if (!context.IsAcrossFacilities)
            entity.HasQueryFilter(FilterName, e => e.FacilityId == context.TenantId);
    }
}
