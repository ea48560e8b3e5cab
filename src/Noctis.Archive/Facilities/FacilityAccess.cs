using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Accounts;
using Noctis.Archive.Database;

namespace Noctis.Archive.Facilities;

/// <summary>
/// Decides who may open what. The one place that reads memberships across facilities, and the only maker of scopes for people.
/// A facility that one may not open and a facility that is not there get the same answer.
/// </summary>
public sealed class FacilityAccess(ICrossTenantDbContextFactory databases)
{
    private static readonly string AdministratorRole = Roles.Administrator.ToUpperInvariant();

    /// <summary>The scope of a member, or of an administrator; NotFound otherwise.</summary>
    public async Task<Result<FacilityScope>> OpenAsync(Guid userId, Guid facilityId, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        var person = await FindPersonAsync(database, userId, cancellationToken);
        if (person is null)
            return NotFound();

        var found = await database.Facilities
            .Where(facility => facility.Id == facilityId && facility.State != FacilityState.Deleting)
            .Select(facility => new
            {
                Membership = database.Memberships
                    .Where(membership => membership.FacilityId == facility.Id && membership.UserId == userId)
                    .Select(membership => (FacilityRole?)membership.Role)
                    .FirstOrDefault(),
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null || (found.Membership is null && !person.IsAdministrator))
            return NotFound();

        return FacilityScope.ForUser(facilityId, userId, person.Name, found.Membership, person.IsAdministrator);
    }

    /// <summary>The facilities a person may open, by name: an administrator's are all.</summary>
    public async Task<IReadOnlyList<OpenFacility>> ListAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        var person = await FindPersonAsync(database, userId, cancellationToken);
        if (person is null)
            return [];

        var facilities = await database.Facilities
            .Where(facility => facility.State != FacilityState.Deleting)
            .Select(facility => new
            {
                facility.Id,
                facility.Name,
                facility.AETitle,
                facility.State,
                Role = database.Memberships
                    .Where(membership => membership.FacilityId == facility.Id && membership.UserId == userId)
                    .Select(membership => (FacilityRole?)membership.Role)
                    .FirstOrDefault(),
            })
            .Where(facility => person.IsAdministrator || facility.Role != null)
            .ToListAsync(cancellationToken);

        return [.. facilities
            .Select(facility => new OpenFacility(facility.Id, facility.Name, facility.AETitle, facility.State, facility.Role))
            .OrderBy(facility => facility.Name, StringComparer.InvariantCultureIgnoreCase)];
    }

    /// <summary>The right to work on the whole installation, for an administrator; Forbidden otherwise.</summary>
    public async Task<Result<AdministratorScope>> OpenAdministrationAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        var person = await FindPersonAsync(database, userId, cancellationToken);
        return person is { IsAdministrator: true }
            ? AdministratorScope.ForUser(userId, person.Name)
            : new ForbiddenError("This needs an administrator. Ask one to do it, or to give you the role.");
    }

    private static NotFoundError NotFound() =>
        new("There is no such facility among those you may open. Ask its manager or an administrator to add you.");

    private static Task<Person?> FindPersonAsync(NoctisDbContext database, Guid userId, CancellationToken cancellationToken) =>
        database.Users
            .Where(user => user.Id == userId && !user.IsDisabled)
            .Select(user => new Person(
                user.UserName ?? "",
                database.UserRoles.Any(userRole => userRole.UserId == user.Id
                    && database.Roles.Any(role => role.Id == userRole.RoleId && role.NormalizedName == AdministratorRole))))
            .FirstOrDefaultAsync(cancellationToken);

    private sealed record Person(string Name, bool IsAdministrator);
}
