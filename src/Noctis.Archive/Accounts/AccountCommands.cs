using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;

namespace Noctis.Archive.Accounts;

/// <summary>
/// Creates and changes accounts: by the first-run set-up and by administrators. Each command works in services and a transaction of its
/// own, so that a page that lives for hours never works on an account as it was hours ago.
/// </summary>
public sealed class AccountCommands(IServiceScopeFactory scopes, AuditTrail audit, TimeProvider time)
{
    // The same on every installation: of two set-ups at once, the primary key refuses the second.
    private static readonly Guid AdministratorRoleId = new("019a0000-0000-7000-8000-000000000001");

    /// <summary>Creates the first account, an administrator; a conflict as soon as there is any account.</summary>
    public async Task<Result<Guid>> CreateFirstAdministratorAsync(NewAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        var alreadyDone = new ConflictError("Noctis is set up already. Sign in, or ask an administrator for an account.");
        return await InTransactionAsync<Guid>(async (database, users) =>
        {
            if (await database.Users.AnyAsync(cancellationToken))
                return alreadyDone;
            try
            {
                database.Roles.Add(new IdentityRole<Guid>(Roles.Administrator) { Id = AdministratorRoleId, NormalizedName = Roles.Administrator.ToUpperInvariant() });
                await database.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException exception) when (database.IsUniqueViolation(exception))
            {
                return alreadyDone;
            }

            var created = await CreateAsync(database, users, account, isAdministrator: true, mustChangePassword: false);
            if (!created.IsSuccess)
                return created.Error;
            audit.Add(database, AuditActor.Of(AdministratorScope.ForSystem("first set-up")), AuditAction.AccountCreated, null, created.Value.Id.ToString(), created.Value.UserName);
            return created.Value.Id;
        }, cancellationToken);
    }

    /// <summary>Creates an account; whoever gets it has to change the password at the first sign-in.</summary>
    public Task<Result<Guid>> CreateAsync(AdministratorScope actor, NewAccount account, bool isAdministrator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(account);
        return InTransactionAsync<Guid>(async (database, users) =>
        {
            var created = await CreateAsync(database, users, account, isAdministrator, mustChangePassword: true);
            if (!created.IsSuccess)
                return created.Error;
            var detail = isAdministrator ? $"{created.Value.UserName}, administrator" : created.Value.UserName;
            audit.Add(database, AuditActor.Of(actor), AuditAction.AccountCreated, null, created.Value.Id.ToString(), detail);
            return created.Value.Id;
        }, cancellationToken);
    }

    /// <summary>Bars or admits an account. It is signed out everywhere when its cookies are next checked.</summary>
    public Task<Result> SetDisabledAsync(AdministratorScope actor, Guid userId, bool isDisabled, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, userId, isDisabled ? AuditAction.AccountDisabled : AuditAction.AccountEnabled, async (database, users, user) =>
        {
            if (isDisabled && await IsLastAdministratorAsync(database, userId, cancellationToken))
                return LastAdministrator();
            user.IsDisabled = isDisabled;
            return ToResult(await users.UpdateSecurityStampAsync(user));
        }, cancellationToken);

    /// <summary>Makes an account an administrator, or takes the role away.</summary>
    public Task<Result> SetAdministratorAsync(AdministratorScope actor, Guid userId, bool isAdministrator, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, userId, AuditAction.AdministratorSet, async (database, users, user) =>
        {
            if (await users.IsInRoleAsync(user, Roles.Administrator) == isAdministrator)
                return Result.Success;
            if (!isAdministrator && await IsLastAdministratorAsync(database, userId, cancellationToken))
                return LastAdministrator();
            var changed = isAdministrator
                ? await users.AddToRoleAsync(user, Roles.Administrator)
                : await users.RemoveFromRoleAsync(user, Roles.Administrator);
            return ToResult(changed.Succeeded ? await users.UpdateSecurityStampAsync(user) : changed);
        }, cancellationToken);

    /// <summary>Sets a new password for somebody who forgot theirs, and lifts a lockout; it has to be changed at the next sign-in.</summary>
    public Task<Result> SetPasswordAsync(AdministratorScope actor, Guid userId, string password, CancellationToken cancellationToken = default) =>
        ChangeAsync(actor, userId, AuditAction.PasswordSet, async (_, users, user) =>
        {
            var changed = await users.RemovePasswordAsync(user);
            if (changed.Succeeded)
                changed = await users.AddPasswordAsync(user, password);
            if (!changed.Succeeded)
                return changed.ToError();
            user.MustChangePassword = true;
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
            return ToResult(await users.UpdateAsync(user));
        }, cancellationToken);

    private async Task<Result> ChangeAsync(
        AdministratorScope actor, Guid userId, string action, Func<NoctisDbContext, UserManager<NoctisUser>, NoctisUser, Task<Result>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var result = await InTransactionAsync<Guid>(async (database, users) =>
        {
            var user = await users.FindByIdAsync(userId.ToString());
            if (user is null)
                return new NotFoundError("There is no such account. Look at the list of accounts.");
            var changed = await change(database, users, user);
            if (!changed.IsSuccess)
                return changed.Error;
            audit.Add(database, AuditActor.Of(actor), action, null, userId.ToString(), user.UserName);
            return userId;
        }, cancellationToken);
        return result.WithoutValue();
    }

    private async Task<Result<T>> InTransactionAsync<T>(Func<NoctisDbContext, UserManager<NoctisUser>, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NoctisDbContext>();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var result = await work(database, scope.ServiceProvider.GetRequiredService<UserManager<NoctisUser>>());
        if (!result.IsSuccess)
            return result;

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private async Task<Result<NoctisUser>> CreateAsync(
        NoctisDbContext database, UserManager<NoctisUser> users, NewAccount account, bool isAdministrator, bool mustChangePassword)
    {
        try
        {
            var created = await AccountRules.CreateAsync(users, account, mustChangePassword, time.GetUtcNow().UtcDateTime);
            if (!created.IsSuccess || !isAdministrator)
                return created;
            var added = await users.AddToRoleAsync(created.Value, Roles.Administrator);
            return added.Succeeded ? created : added.ToError();
        }
        catch (DbUpdateException exception) when (database.IsUniqueViolation(exception))
        {
            return InvalidError.For(nameof(NewAccount.UserName), "There is already an account with this user name. Type another one.");
        }
    }

    private static async Task<bool> IsLastAdministratorAsync(NoctisDbContext database, Guid userId, CancellationToken cancellationToken) =>
        !await database.UserRoles
            .Where(other => other.RoleId == AdministratorRoleId && other.UserId != userId)
            .AnyAsync(other => database.Users.Any(user => user.Id == other.UserId && !user.IsDisabled), cancellationToken)
        && await database.UserRoles.AnyAsync(own => own.RoleId == AdministratorRoleId && own.UserId == userId, cancellationToken);

    private static ConflictError LastAdministrator() =>
        new("This is the last administrator who can sign in. Make somebody else an administrator first.");

    private static Result ToResult(IdentityResult result) => result.Succeeded ? Result.Success : result.ToError();
}
