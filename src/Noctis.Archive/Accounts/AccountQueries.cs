using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Accounts;

/// <summary>Reads accounts: for administrators all of them, for a facility its team.</summary>
public sealed class AccountQueries(ICrossTenantDbContextFactory databases, INoctisDbContextFactory tenantDatabases)
{
    private static readonly string AdministratorRole = Roles.Administrator.ToUpperInvariant();

    /// <summary>Whether there is any account; until then only the set-up page opens.</summary>
    public async Task<bool> IsSetUpAsync(CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        return await database.Users.AnyAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AccountSummary>> ListAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateAcrossFacilities();
        return await database.Users
            .OrderBy(user => user.NormalizedUserName)
            .Select(user => new AccountSummary(
                user.Id,
                user.UserName ?? "",
                user.DisplayName,
                database.UserRoles.Any(own => own.UserId == user.Id && database.Roles.Any(role => role.Id == own.RoleId && role.NormalizedName == AdministratorRole)),
                user.IsDisabled,
                user.TwoFactorEnabled,
                database.Memberships.Count(membership => membership.UserId == user.Id),
                user.CreatedUtc,
                user.LastSignInUtc))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The members of the scope's facility; administrators who are not members are not among them.</summary>
    public async Task<IReadOnlyList<TeamMember>> ListTeamAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        await using var database = tenantDatabases.CreateFor(scope);
        return await database.Memberships
            .Join(database.Users, membership => membership.UserId, user => user.Id, (membership, user) => new { membership.Role, User = user })
            .OrderBy(member => member.User.NormalizedUserName)
            .Select(member => new TeamMember(
                member.User.Id, member.User.UserName ?? "", member.User.DisplayName, member.Role, member.User.IsDisabled, member.User.TwoFactorEnabled, member.User.LastSignInUtc))
            .ToListAsync(cancellationToken);
    }
}
