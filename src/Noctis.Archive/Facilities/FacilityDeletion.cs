using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>
/// Removes facilities that are marked as Deleting: first their rows, in batches that hold nobody up, then their files, then the facility
/// itself. It can be cut off anywhere and run again, also on two nodes at once: as long as the facility's row stands there is something
/// to do, and the foreign keys of its rows keep it standing until they are gone, late arrivals of a running transfer included.
/// </summary>
public sealed class FacilityDeletion(
    INoctisDbContextFactory tenantDatabases,
    ICrossTenantDbContextFactory databases,
    IEnumerable<IFacilityDataRemover> removers,
    AuditTrail audit,
    FacilityChanges changes,
    ILogger<FacilityDeletion> logger)
{
    private const string Job = "facility deletion";
    private const int BatchSize = 1000;

    private static readonly MethodInfo DeleteRowsMethod =
        typeof(FacilityDeletion).GetMethod(nameof(DeleteRowsAsync), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>The facilities that wait to be removed.</summary>
    public async Task<IReadOnlyList<Guid>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        return await database.Facilities.Where(facility => facility.State == FacilityState.Deleting).Select(facility => facility.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Removes a facility that is marked as Deleting; does nothing to any other.</summary>
    public async Task RunAsync(Guid facilityId, CancellationToken cancellationToken = default)
    {
        await using var across = databases.CreateAcrossFacilities();
        var facility = await across.Facilities.FirstOrDefaultAsync(facility => facility.Id == facilityId && facility.State == FacilityState.Deleting, cancellationToken);
        if (facility is null)
            return;

        var scope = FacilityScope.ForJob(facilityId, Job);
        var rows = await DeleteAllRowsAsync(scope, cancellationToken);
        foreach (var remover in removers)
            await remover.RemoveAsync(scope, cancellationToken);
        rows += await DeleteAllRowsAsync(scope, cancellationToken);

        across.Remove(facility);
        audit.Add(across, AuditActor.Of(scope), AuditAction.FacilityDeleted, facilityId, facilityId.ToString(), facility.Name);
        try
        {
            await across.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node has removed it, and said so.
            return;
        }

        Log.FacilityDeleted(logger, facilityId, rows);
        changes.Publish(facilityId);
    }

    private async Task<long> DeleteAllRowsAsync(FacilityScope scope, CancellationToken cancellationToken)
    {
        await using var database = tenantDatabases.CreateFor(scope);
        long rows = 0;
        foreach (var type in DependentsFirst(database.Model))
            rows += await (Task<long>)DeleteRowsMethod.MakeGenericMethod(type.ClrType).Invoke(null, [database, type, cancellationToken])!;
        return rows;
    }

    private static async Task<long> DeleteRowsAsync<TEntity>(NoctisDbContext database, IEntityType type, CancellationToken cancellationToken)
        where TEntity : class, ITenantOwned
    {
        // The tenant's query filter limits both statements to the scope's facility; what lies in the trash goes too. Tables keyed by several columns are small ones.
        if (type.FindPrimaryKey()!.Properties is not [{ ClrType: var key, Name: var id }] || key != typeof(long))
            return await database.Set<TEntity>().IncludingTrash().ExecuteDeleteAsync(cancellationToken);

        long rows = 0;
        while (true)
        {
            var deleted = await database.Set<TEntity>().IncludingTrash().OrderBy(row => EF.Property<long>(row, id)).Take(BatchSize).ExecuteDeleteAsync(cancellationToken);
            rows += deleted;
            if (deleted < BatchSize)
                return rows;
        }
    }

    /// <summary>Each entity after all that refer to it, as their foreign keys ask.</summary>
    internal static List<IEntityType> DependentsFirst(IModel model)
    {
        var ordered = new List<IEntityType>();
        var visited = new HashSet<IEntityType>();
        foreach (var type in model.GetEntityTypes().Where(IsTenantOwned))
            Visit(type);
        return ordered;

        void Visit(IEntityType type)
        {
            if (!visited.Add(type))
                return;
            foreach (var dependent in type.GetReferencingForeignKeys().Select(key => key.DeclaringEntityType).Where(IsTenantOwned))
                Visit(dependent);
            ordered.Add(type);
        }
    }

    private static bool IsTenantOwned(IEntityType type) => typeof(ITenantOwned).IsAssignableFrom(type.ClrType);
}
