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
        List<TroubleGroup> refused = [.. (await queries.ListAsync(Administrator, JournalOutcome.Refused, DateTime.UtcNow.AddDays(-7), 100))
            .Where(group => group.Last.FacilityId == first.FacilityId || group.Last.FacilityId == second.FacilityId)];

        Assert.Equal(
            [(first.FacilityId, JournalCode.LimitReached, 1), (first.FacilityId, JournalCode.CallingTitleUnknown, 2), (second.FacilityId, JournalCode.CallingTitleUnknown, 1)],
            refused.Select(group => (group.Last.FacilityId, group.Last.Code, group.Count)));
        Assert.Equal("MR CallingTitleUnknown", refused[1].Last.Reason);
        Assert.Equal("CT", Assert.Single(await queries.ListAsync(Administrator, JournalOutcome.Failed, DateTime.UtcNow.AddDays(-1), 100)).Last.CallingAETitle);
        Assert.Single(await queries.ListAsync(Administrator, JournalOutcome.Refused, DateTime.UtcNow.AddDays(-7), most: 1));
        Assert.Empty(await queries.ListAsync(Administrator, JournalOutcome.Failed, DateTime.UtcNow.AddDays(1), 100));
    }
    [DatabaseTheory]
    public async Task List_ImagesOfADeviceRefusedForSeveralReasons_AreKeptApartUnlessTheyAreNoise(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope facility = await database.AddFacilityAsync(), noisy = await database.AddFacilityAsync();
        var ids = database.Services.GetRequiredService<IdGenerator>();
        JournalEntry Entry(FacilityScope scope, string reason, JournalKind what = JournalKind.Store, JournalCode code = JournalCode.ObjectInvalid) => new()
        {
            Id = ids.Next(),
            FacilityId = scope.FacilityId,
            TimeUtc = DateTime.UtcNow,
            Kind = what,
            Outcome = JournalOutcome.Refused,
            Code = code,
            RemoteAddress = "192.0.2.1",
            CallingAETitle = "CT",
            CalledAETitle = "X",
            Reason = reason,
        };
        await using (NoctisDbContext context = database.AcrossFacilities())
        {
            context.AddRange(
                [.. Enumerable.Range(0, TroubleReasons.Most + 1).Select(i => Entry(noisy, $"Data set cannot be read, at {i}")),
                Entry(facility, "From here", JournalKind.Association, JournalCode.AddressUnexpected),
                Entry(facility, "From there", JournalKind.Association, JournalCode.AddressUnexpected),
                Entry(facility, "UID is missing"),
                Entry(facility, "Class differs"),
                Entry(facility, "UID is missing")]);
            await context.SaveChangesAsync();
        }

        var refused = await database.Services.GetRequiredService<TroubleQueries>().ListAsync(Administrator, JournalOutcome.Refused, DateTime.UtcNow.AddDays(-7), 100);

        Assert.Equal(
            [(2, "UID is missing", false), (1, "Class differs", false), (2, "From there", true)],
            refused.Where(group => group.Last.FacilityId == facility.FacilityId).Select(group => (group.Count, group.Last.Reason, group.HasOtherReasons)));
        var noise = Assert.Single(refused, group => group.Last.FacilityId == noisy.FacilityId);
        Assert.Equal((TroubleReasons.Most + 1, $"Data set cannot be read, at {TroubleReasons.Most}"), (noise.Count, noise.Last.Reason));
    }
}
