using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.SelfTests;

/// <summary>Reads what self-tests came to. Thread safe.</summary>
public sealed class SelfTestQueries(INoctisDbContextFactory databases, ICrossTenantDbContextFactory acrossFacilities, TimeProvider time)
{
    /// <summary>What is older says nothing of today: the image test runs once a night.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(26);

    /// <summary>A facility's newest tests.</summary>
    public async Task<IReadOnlyList<SelfTest>> ListAsync(FacilityScope scope, int count, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<SelfTest>().AsNoTracking().OrderByDescending(test => test.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>The last test of each kind, by each node that has tested within a day; newest first.</summary>
    public async Task<IReadOnlyList<SelfTest>> ListLastAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await ReadLastAsync(database, cancellationToken);
    }

    /// <summary>The same for all facilities.</summary>
    public async Task<IReadOnlyList<SelfTest>> ListLastAsync(AdministratorScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ReadLastAsync(database, cancellationToken);
    }

    private async Task<IReadOnlyList<SelfTest>> ReadLastAsync(NoctisDbContext database, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow().UtcDateTime - Recent;
        var recent = database.Set<SelfTest>().AsNoTracking().Where(test => test.TimeUtc > since);
        var last = recent.GroupBy(test => new { test.FacilityId, test.Kind, test.Node }).Select(group => group.Max(test => test.Id));
        return await recent.Where(test => last.Contains(test.Id)).OrderByDescending(test => test.Id).ToListAsync(cancellationToken);
    }
}
