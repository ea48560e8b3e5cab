using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>Takes calls out of the administrator's inbox, and puts them back.</summary>
public sealed class FrontDoorCommands(ICrossTenantDbContextFactory databases, IdGenerator ids, AuditTrail audit, TimeProvider time)
{
    /// <summary>Raised after a change in this process. Handlers must be quick and must not throw.</summary>
    public event Action? Changed;

    /// <summary>These calls are dealt with. When the caller calls again for the same cause, it is back.</summary>
    /// <param name="scope">Who says so.</param>
    /// <param name="caller">Whose calls.</param>
    /// <param name="throughId">The newest of them that was looked at: one that came meanwhile is not dealt with.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public async Task<Result> DismissAsync(AdministratorScope scope, FrontDoorCaller caller, long throughId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(caller);
        const int rounds = 3;
        for (var round = 1; ; round++)
        {
            await using var database = databases.CreateAcrossFacilities();
            var dismissal = await Of(database, caller).SingleOrDefaultAsync(cancellationToken);
            if (dismissal is null)
            {
                dismissal = new FrontDoorDismissal
                {
                    Id = ids.Next(),
                    CallingAETitle = caller.CallingAETitle,
                    RemoteAddress = caller.RemoteAddress,
                    Code = caller.Code,
                    ActorName = "",
                };
                database.Add(dismissal);
            }

            dismissal.ThroughId = Math.Max(dismissal.ThroughId, throughId);
            dismissal.TimeUtc = time.GetUtcNow().UtcDateTime;
            dismissal.ActorName = scope.ActorName.Length <= FrontDoorDismissal.ActorNameLength ? scope.ActorName : scope.ActorName[..FrontDoorDismissal.ActorNameLength];
            audit.Add(database, AuditActor.Of(scope), AuditAction.CallsDealtWith, null, null, DetailOf(caller));
            try
            {
                await database.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (round < rounds && database.IsUniqueViolation(exception))
            {
                // Two administrators at once: the other one's row is there now.
                continue;
            }

            Changed?.Invoke();
            return Result.Success;
        }
    }

    /// <summary>Back into the inbox.</summary>
    public async Task<Result> RestoreAsync(AdministratorScope scope, FrontDoorCaller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(caller);
        await using var database = databases.CreateAcrossFacilities();
        if (await Of(database, caller).SingleOrDefaultAsync(cancellationToken) is not { } dismissal)
            return new NotFoundError("These calls are in the inbox already.");
        database.Remove(dismissal);
        audit.Add(database, AuditActor.Of(scope), AuditAction.CallsReopened, null, null, DetailOf(caller));
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new NotFoundError("These calls are in the inbox already.");
        }

        Changed?.Invoke();
        return Result.Success;
    }

    private static IQueryable<FrontDoorDismissal> Of(NoctisDbContext database, FrontDoorCaller caller) =>
        database.Set<FrontDoorDismissal>().Where(row => row.CallingAETitle == caller.CallingAETitle && row.RemoteAddress == caller.RemoteAddress && row.Code == caller.Code);

    private static string DetailOf(FrontDoorCaller caller) => $"{caller.CallingAETitle} at {caller.RemoteAddress}: {caller.Code}";
}
