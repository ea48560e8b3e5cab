using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;

namespace Noctis.Archive.Accounts;

/// <summary>Says who belongs to a facility, and as what. For its managers and administrators.</summary>
public sealed class TeamCommands(IServiceScopeFactory scopes, INoctisDbContextFactory databases, AuditTrail audit, TimeProvider time)
{
    /// <summary>
    /// Adds a person to the team. Somebody who has an account already, by user name, keeps it and its password: one person can belong
    /// to several facilities. Otherwise an account is made, whose password has to be changed at the first sign-in.
    /// </summary>
    public async Task<Result<Invitation>> InviteAsync(FacilityScope scope, NewAccount account, FacilityRole role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(account);
        if (!scope.MayManage)
            return Forbidden();

        await using var services = scopes.CreateAsyncScope();
        var users = services.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>();
        var user = await users.FindByNameAsync(account.UserName?.Trim() ?? "");
        var isNew = user is null;
        if (user is null)
        {
            // In two steps: an account whose membership could not be written is there to be invited again.
            var created = await AccountRules.CreateAsync(users, account, mustChangePassword: true, time.GetUtcNow().UtcDateTime);
            if (!created.IsSuccess)
                return created.Error;
            user = created.Value;
            await audit.WriteAsync(AuditActor.Of(scope), AuditAction.AccountCreated, scope.FacilityId, user.Id.ToString(), user.UserName, cancellationToken);
        }

        var set = await SetAsync(scope, user.Id, user.UserName, role, cancellationToken);
        return set.IsSuccess ? new Invitation(user.Id, isNew) : set.Error;
    }

    /// <summary>Changes the role of a member of the team.</summary>
    public async Task<Result> SetRoleAsync(FacilityScope scope, Guid userId, FacilityRole role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return Forbidden();
        await using (var database = databases.CreateFor(scope))
        {
            if (!await database.Memberships.AnyAsync(membership => membership.UserId == userId, cancellationToken))
                return NotAMember();
        }

        return await SetAsync(scope, userId, null, role, cancellationToken);
    }

    /// <summary>Takes a person off the team; the account stays, with its other facilities.</summary>
    public async Task<Result> RemoveAsync(FacilityScope scope, Guid userId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!scope.MayManage)
            return Forbidden();
        await using var database = databases.CreateFor(scope);
        var membership = await database.Memberships.FirstOrDefaultAsync(membership => membership.UserId == userId, cancellationToken);
        if (membership is null)
            return NotAMember();
        database.Remove(membership);
        audit.Add(database, AuditActor.Of(scope), AuditAction.MembershipRemoved, scope.FacilityId, userId.ToString());
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotAMember();
        }

        return Result.Success;
    }

    private async Task<Result> SetAsync(FacilityScope scope, Guid userId, string? userName, FacilityRole role, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(role))
            return InvalidError.For(nameof(FacilityMembership.Role), "Choose Staff or Manager.");
        await using var database = databases.CreateFor(scope);
        var membership = await database.Memberships.FirstOrDefaultAsync(membership => membership.UserId == userId, cancellationToken);
        if (membership?.Role == role)
            return Result.Success;
        if (membership is null)
            database.Add(new FacilityMembership { FacilityId = scope.FacilityId, UserId = userId, Role = role, CreatedUtc = time.GetUtcNow().UtcDateTime });
        else
            membership.Role = role;
        audit.Add(database, AuditActor.Of(scope), AuditAction.MembershipSet, scope.FacilityId, userId.ToString(), userName is null ? $"{role}" : $"{userName}: {role}");
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || database.IsUniqueViolation(exception))
        {
            return new ConflictError("Somebody else changed this person's role in the meantime. Look at the team now, and try again.");
        }

        return Result.Success;
    }

    private static ForbiddenError Forbidden() => new("The team is changed by the facility's managers. Ask one of them.");

    private static NotFoundError NotAMember() => new("This person is not a member of the team. Look at the list of the team.");
}
