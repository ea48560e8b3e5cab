using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Journal;

public sealed class ActivityQueriesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    [DatabaseTheory]
    public async Task List_HundredThousandRows_PagesThroughWhatMatchesOnceAndInOrder(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        FacilityScope own = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        await ManyRows.FillAsync(database, own, other);
        var queries = database.Services.GetRequiredService<ActivityQueries>();
        var trouble = new ActivityFilter { Outcomes = ActivityFilter.Trouble };

        var found = await WalkAsync(search => queries.ListAsync(own, search), trouble, pageSize: 500);
        Assert.Equal(ManyRows.Total / 400 * 3, found.Count);
        Assert.All(found, entry => Assert.Equal((own.FacilityId, null), (entry.FacilityId, entry.Details)));
        Assert.DoesNotContain(found, entry => entry.Outcome == JournalOutcome.Completed);
        Assert.Equal(found.Select(entry => entry.Id).OrderDescending().Distinct(), found.Select(entry => entry.Id));

        Assert.Equal(ManyRows.Total / 100, (await WalkAsync(search => queries.ListAsync(own, search), new ActivityFilter { Kind = JournalKind.Association }, 1000)).Count);
        Assert.Equal(ManyRows.Total / 400 * 6, (await WalkAsync(search => queries.ListAsync(Administrator, null, search), trouble, 1000)).Count);
        Assert.Equal(ManyRows.Total / 400 * 3, (await WalkAsync(search => queries.ListAsync(Administrator, other.FacilityId, search), trouble, 1000)).Count);

        var older = await queries.ListAsync(own, new ActivitySearch { Before = (await queries.ListAsync(own, new ActivitySearch { Filter = trouble })).Older, Filter = trouble });
        var back = await queries.ListAsync(own, new ActivitySearch { After = older.Newer, Filter = trouble });
        Assert.Equal(found.Take(50).Select(entry => entry.Id), back.Entries.Select(entry => entry.Id));
        Assert.Null(back.Newer);

        var oldest = await queries.ListAsync(own, new ActivitySearch { Filter = trouble, Before = found[^1].Id + 1, PageSize = 50 });
        Assert.Equal((found[^1].Id, null), (Assert.Single(oldest.Entries).Id, oldest.Older));
        var newer = await queries.ListAsync(own, new ActivitySearch { Filter = trouble, After = found[^1].Id, PageSize = 50 });
        Assert.Equal(found.TakeLast(51).Take(50).Select(entry => entry.Id), newer.Entries.Select(entry => entry.Id));
        Assert.NotNull(newer.Newer);
        Assert.Equal(200, await queries.CountNewerAsync(own, trouble, found[200].Id, 1000));
        Assert.Equal(99, await queries.CountNewerAsync(own, trouble, found[200].Id, 99));
        await AnswersByIndexAsync(database, own);
    }

    [DatabaseTheory]
    public async Task List_ByTextAndTime_FindsWhateverCaseAndNoOther(DatabaseProviderKind kind)
    {
        var (queries, scope) = await FillAsync(await databases.OpenAsync(kind));

        Assert.Equal([5, 4, 1], await FindAsync(new ActivityFilter()));
        Assert.Equal([4], await FindAsync(new ActivityFilter { AETitle = "mri" }));
        Assert.Equal([5, 4, 1], await FindAsync(new ActivityFilter { AETitle = "Central" }));
        Assert.Empty(await FindAsync(new ActivityFilter { AETitle = "%" }));
        Assert.Empty(await FindAsync(new ActivityFilter { AETitle = "'; DROP TABLE JournalEntries; --" }));
        Assert.Equal([4, 1], await FindAsync(new ActivityFilter { Address = "192.0.2." }));
        Assert.Equal([5], await FindAsync(new ActivityFilter { Address = "2001:DB8:" }));
        Assert.Equal([4], await FindAsync(new ActivityFilter { Code = JournalCode.CallingTitleUnknown }));
        Assert.Equal([5, 4], await FindAsync(new ActivityFilter { FromUtc = ManyRows.Began.AddHours(4) }));
        Assert.Equal([1], await FindAsync(new ActivityFilter { UntilUtc = ManyRows.Began.AddHours(4) }));
        Assert.Equal([1], await FindAsync(new ActivityFilter { Kind = JournalKind.Store, Outcomes = [JournalOutcome.Completed] }));
        Assert.Equal([4], await FindAsync(new ActivityFilter { Kind = JournalKind.Association, Outcomes = ActivityFilter.Trouble }));

        async Task<IEnumerable<int>> FindAsync(ActivityFilter filter) =>
            (await queries.ListAsync(scope, new ActivitySearch { Filter = filter })).Entries.Select(entry => entry.LocalPort);
    }

    [DatabaseTheory]
    public async Task List_TitleThatSeldomCalls_StopsAtTheDepthAndGoesOn(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var (_, scope) = await FillAsync(database);
        var queries = new ActivityQueries(database.Services.GetRequiredService<INoctisDbContextFactory>(), database.Services.GetRequiredService<ICrossTenantDbContextFactory>()) { Depth = 2 };
        var search = new ActivitySearch { Filter = new ActivityFilter { AETitle = "CT-1" } };

        var first = await queries.ListAsync(scope, search);
        Assert.Empty(first.Entries);
        Assert.Equal(ManyRows.Began.AddHours(1), first.LookedBackToUtc);
        var second = await queries.ListAsync(scope, search with { Before = first.Older });

        Assert.Equal(1, Assert.Single(second.Entries).LocalPort);
        Assert.Equal((null, null), (second.Older, second.LookedBackToUtc));
    }

    [DatabaseTheory]
    public async Task Association_WithOperations_IsFoundFromEitherSideAndByItsFacilityAlone(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var queries = database.Services.GetRequiredService<ActivityQueries>();
        var ids = database.Services.GetRequiredService<IdGenerator>();
        long first = ids.Next(), second = ids.Next();
        JournalEntry[] rows =
        [
            Operation(first), Operation(second), Operation(first), Association(second), Operation(first), Association(first), Operation(ids.Next()),
        ];
        await using (var context = database.AcrossFacilities())
        {
            context.AddRange(rows);
            await context.SaveChangesAsync();
        }

        Assert.Equal([rows[0].Id, rows[2].Id, rows[4].Id], (await queries.ListOperationsAsync(scope, rows[5], null, 10)).Select(row => row.Id));
        Assert.Equal([rows[2].Id], (await queries.ListOperationsAsync(scope, rows[5], rows[0].Id, 1)).Select(row => row.Id));
        Assert.Equal(rows[3].Id, (await queries.FindAssociationAsync(scope, rows[1]))?.Id);
        Assert.Equal(rows[5].Id, (await queries.FindAssociationAsync(scope, rows[0]))?.Id);
        Assert.Null(await queries.FindAssociationAsync(scope, rows[6]));
        Assert.Equal(rows[5].Id, (await queries.GetAsync(scope, rows[5].Id)).Value.Id);
        Assert.IsType<NotFoundError>((await queries.GetAsync(other, rows[5].Id)).Error);
        Assert.Empty(await queries.ListOperationsAsync(other, rows[5], null, 10));

        JournalEntry Association(long id) => Row(id, JournalKind.Association);
        JournalEntry Operation(long id) => Row(id, JournalKind.Store);
        JournalEntry Row(long association, JournalKind what) => new()
        {
            Id = ids.Next(),
            FacilityId = scope.FacilityId,
            AssociationId = association,
            TimeUtc = DateTime.UtcNow,
            Kind = what,
            RemoteAddress = "192.0.2.1",
            CallingAETitle = "CT",
            CalledAETitle = "C",
        };
    }

    [DatabaseTheory]
    public async Task Export_Filtered_GivesEveryRowOnce(DatabaseProviderKind kind)
    {
        var (queries, scope) = await FillAsync(await databases.OpenAsync(kind));

        var rows = new List<int>();
        await foreach (var entry in queries.ExportAsync(scope, new ActivityFilter { Address = "192.0.2." }))
            rows.Add(entry.LocalPort);

        Assert.Equal([4, 1], rows);
    }

    private static async Task<(ActivityQueries Queries, FacilityScope Scope)> FillAsync(TestDatabase database)
    {
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var ids = database.Services.GetRequiredService<IdGenerator>();
        // The databases of a class are shared: ids of one test must not meet those of another.
        var part = ids.Next() & 0xFFFF;
        await using var context = database.AcrossFacilities();
        context.AddRange(
            Row(scope, 1, JournalKind.Store, "CT-1", "192.0.2.7"),
            Row(other, 2, JournalKind.Association, "MRI-9", "192.0.2.7", JournalCode.CallingTitleUnknown),
            Row(scope, 4, JournalKind.Association, "MRI-2", "192.0.2.8", JournalCode.CallingTitleUnknown),
            Row(scope, 5, JournalKind.Echo, "US", "2001:db8::1"));
        await context.SaveChangesAsync();
        return (database.Services.GetRequiredService<ActivityQueries>(), scope);

        JournalEntry Row(FacilityScope owner, int number, JournalKind kind, string calling, string address, JournalCode code = JournalCode.None) => new()
        {
            Id = IdGenerator.FirstAt(ManyRows.Began.AddHours(number)) + (part << 3) + number,
            FacilityId = owner.FacilityId,
            TimeUtc = ManyRows.Began.AddHours(number),
            Kind = kind,
            Outcome = code == JournalCode.None ? JournalOutcome.Completed : JournalOutcome.Refused,
            Code = code,
            RemoteAddress = address,
            CallingAETitle = calling,
            CalledAETitle = "CENTRAL",
            LocalPort = number,
        };
    }

    private static async Task<List<JournalEntry>> WalkAsync(Func<ActivitySearch, Task<JournalPage>> read, ActivityFilter filter, int pageSize)
    {
        var found = new List<JournalEntry>();
        for (ActivitySearch? search = new() { Filter = filter, PageSize = pageSize }; search is not null;)
        {
            var page = await read(search);
            Assert.True(page.Older is null || page.Entries.Count == pageSize);
            found.AddRange(page.Entries);
            search = page.Older is { } older ? search with { Before = older } : null;
        }

        return found;
    }

    /// <summary>A small index is taken, the facility's or that of all, in its own order: nothing is sorted.</summary>
    private static async Task AnswersByIndexAsync(TestDatabase database, FacilityScope scope)
    {
        if (database.Kind == DatabaseProviderKind.SqlServer)
            return;
        await using var own = database.For(scope);
        await using var all = database.AcrossFacilities();
        var refused = new ActivityFilter { Outcomes = [JournalOutcome.Refused] };
        var associations = new ActivityFilter { Kind = JournalKind.Association };
        Assert.Contains("Outcome_Id", await PlanAsync(own, refused), StringComparison.Ordinal);
        Assert.Contains("Kind_Id", await PlanAsync(own, associations), StringComparison.Ordinal);
        Assert.Contains("Outcome_Id", await PlanAsync(all, refused), StringComparison.Ordinal);
        Assert.Contains("Kind_Id", await PlanAsync(all, associations), StringComparison.Ordinal);
    }

    private static async Task<string> PlanAsync(NoctisDbContext context, ActivityFilter filter)
    {
        var list = Assert.Single(ActivityReader.Lists(context.Set<JournalEntry>(), filter)).OrderByDescending(entry => entry.Id).Take(51);
        await context.Database.OpenConnectionAsync();
        // Of a few hundred rows PostgreSQL may find sorting cheaper; the question is whether the index could spare it.
        if (context.Database.ProviderName!.StartsWith("Npgsql", StringComparison.Ordinal))
            await context.Database.ExecuteSqlRawAsync("SET enable_sort = off; SET enable_seqscan = off");
        await using DbCommand command = list.CreateDbCommand();
        command.CommandText = (context.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal) ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add($"{reader.GetValue(reader.FieldCount - 1)}");
        var plan = string.Join('\n', lines);
        Assert.False(Regex.IsMatch(plan, "(?i)sort|temp b-tree|seq scan"), plan);
        return plan;
    }
}
