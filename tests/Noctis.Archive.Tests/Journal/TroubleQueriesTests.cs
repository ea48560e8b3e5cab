using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Journal;

public sealed class TroubleQueriesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task List_RowsOfTwoFacilities_AreOneGroupForEachCauseNewestFirst(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope first = await database.AddFacilityAsync(), second = await database.AddFacilityAsync();
        var ids = database.Services.GetRequiredService<IdGenerator>();
        JournalEntry Entry(FacilityScope scope, string title, JournalOutcome outcome, JournalCode code, DateTime? time = null) => new()
        {
            Id = time is { } old ? IdGenerator.FirstAt(old) : ids.Next(),
            FacilityId = scope.FacilityId,
            TimeUtc = time ?? DateTime.UtcNow,
            Outcome = outcome,
            Code = code,
            RemoteAddress = "192.0.2.1",
            CallingAETitle = title,
            CalledAETitle = "X",
            Reason = $"{title} {code}",
        };
        await using (NoctisDbContext context = database.AcrossFacilities())
        {
            context.AddRange(
                Entry(first, "OLD", JournalOutcome.Refused, JournalCode.CallingTitleUnknown, DateTime.UtcNow.AddDays(-8)),
                Entry(first, "MR", JournalOutcome.Refused, JournalCode.CallingTitleUnknown),
                Entry(second, "MR", JournalOutcome.Refused, JournalCode.CallingTitleUnknown),
                Entry(first, "MR", JournalOutcome.Refused, JournalCode.CallingTitleUnknown),
                Entry(first, "MR", JournalOutcome.Refused, JournalCode.LimitReached),
                Entry(first, "MR", JournalOutcome.Completed, JournalCode.None),
                Entry(second, "CT", JournalOutcome.Failed, JournalCode.StorageUnavailable));
            await context.SaveChangesAsync();
        }

        var queries = database.Services.GetRequiredService<TroubleQueries>();
        var refused = await queries.ListAsync(Administrator, JournalOutcome.Refused, DateTime.UtcNow.AddDays(-7), 100);

        Assert.Equal(
            [(first.FacilityId, JournalCode.LimitReached, 1), (first.FacilityId, JournalCode.CallingTitleUnknown, 2), (second.FacilityId, JournalCode.CallingTitleUnknown, 1)],
            refused.Select(group => (group.Last.FacilityId, group.Last.Code, group.Count)));
        Assert.Equal("MR CallingTitleUnknown", refused[1].Last.Reason);
        Assert.Equal("CT", Assert.Single(await queries.ListAsync(Administrator, JournalOutcome.Failed, DateTime.UtcNow.AddDays(-1), 100)).Last.CallingAETitle);
        Assert.Single(await queries.ListAsync(Administrator, JournalOutcome.Refused, DateTime.UtcNow.AddDays(-7), most: 1));
        Assert.Empty(await queries.ListAsync(Administrator, JournalOutcome.Failed, DateTime.UtcNow.AddDays(1), 100));
    }
}
