using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.SelfTests;

/// <summary>Keeps what self-tests come to. Thread safe.</summary>
public sealed class SelfTestRecords(ICrossTenantDbContextFactory databases, IdGenerator ids, TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A success takes the place of the one before within this time: a thousand facilities every five minutes must not fill the database with good news.</summary>
    private static readonly TimeSpan SameNews = TimeSpan.FromHours(1);

    /// <summary>Writes all in one transaction; those of facilities that are gone, or about to go, are left out.</summary>
    public async Task AddAsync(IReadOnlyCollection<SelfTest> tests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var asked = tests.Select(test => test.FacilityId).Distinct().ToList();
        await using var database = databases.CreateAcrossFacilities();
        var living = await database.Facilities
            .Where(facility => asked.Contains(facility.Id) && facility.State != FacilityState.Deleting)
            .Select(facility => facility.Id)
            .ToHashSetAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        foreach (var group in tests.Where(test => test.Succeeded).GroupBy(test => (test.Kind, test.Node)))
        {
            var facilities = group.Select(test => test.FacilityId).ToList();
            var (kind, node) = (group.Key.Kind, Cut(group.Key.Node, SelfTest.NodeLength));
            var since = group.Min(test => test.TimeUtc) - SameNews;
            await database.Set<SelfTest>()
                .Where(test => facilities.Contains(test.FacilityId) && test.Kind == kind && test.Node == node && test.Succeeded && test.TimeUtc > since)
                .ExecuteDeleteAsync(cancellationToken);
        }

        foreach (var test in tests.Where(test => living.Contains(test.FacilityId)))
        {
            test.Id = ids.Next();
            test.Message = Cut(test.Message, SelfTest.MessageLength);
            test.Node = Cut(test.Node, SelfTest.NodeLength);
            database.Add(test);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>How many old ones were removed.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken = default)
    {
        var before = time.GetUtcNow().UtcDateTime - Kept;
        await using var database = databases.CreateAcrossFacilities();
        return await database.Set<SelfTest>().Where(test => test.TimeUtc < before).ExecuteDeleteAsync(cancellationToken);
    }

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
