using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Listeners;

/// <summary>Tells a facility's listener to start, stop, restart or drain. For its managers and administrators.</summary>
public sealed class ListenerOrders(INoctisDbContextFactory databases, AuditTrail audit, FacilityChanges changes, TimeProvider time)
{
    private const int Attempts = 5;

    public async Task<Result<ListenerOrder>> GiveAsync(FacilityScope scope, ListenerOrderKind kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return new ForbiddenError("The listener is started and stopped by the facility's managers. Ask one of them.");
        if (!Enum.IsDefined(kind))
            return new InvalidError($"Choose one of {string.Join(", ", Enum.GetNames<ListenerOrderKind>())}.");

        for (var attempt = 1; ; attempt++)
        {
            await using var database = databases.CreateFor(scope);
            var order = await database.Set<ListenerOrder>().SingleOrDefaultAsync(cancellationToken);
            if (order is null)
            {
                order = new ListenerOrder { FacilityId = scope.FacilityId, ActorName = "" };
                database.Add(order);
            }

            order.Kind = kind;
            order.Number++;
            order.RequestedUtc = time.GetUtcNow().UtcDateTime;
            order.ActorName = scope.ActorName.Length <= ListenerOrder.ActorNameLength ? scope.ActorName : scope.ActorName[..ListenerOrder.ActorNameLength];
            audit.Add(database, AuditActor.Of(scope), AuditAction.ListenerOrdered, scope.FacilityId, scope.FacilityId.ToString(), kind.ToString());
            try
            {
                await database.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < Attempts && (exception is DbUpdateConcurrencyException || database.IsUniqueViolation(exception)))
            {
                // Somebody else gave an order in the same moment: ours is the later one.
                continue;
            }

            changes.Publish(scope.FacilityId);
            return order;
        }
    }

    /// <summary>The last order; null when there was none yet.</summary>
    public async Task<ListenerOrder?> FindAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<ListenerOrder>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }
}
