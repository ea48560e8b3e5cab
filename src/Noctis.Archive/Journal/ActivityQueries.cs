using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Journal;

/// <summary>Every association and operation: of one facility for its people, of all for administrators. Thread safe.</summary>
public sealed class ActivityQueries(INoctisDbContextFactory databases, ICrossTenantDbContextFactory acrossFacilities)
{
    /// <summary>Rows that an export reads at a time, so that its memory is the same whatever its length.</summary>
    private const int ExportBatch = ActivitySearch.MaxPageSize;

    internal int Depth { get; init; } = ActivityReader.Depth;

    public async Task<JournalPage> ListAsync(FacilityScope scope, ActivitySearch search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        await using var database = databases.CreateFor(scope);
        return await ActivityReader.ReadAsync(database.Set<JournalEntry>().AsNoTracking(), search, Depth, cancellationToken);
    }

    /// <param name="scope">Who asks.</param>
    /// <param name="facilityId">Only this facility's rows; null for all.</param>
    /// <param name="search">Which rows.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<JournalPage> ListAsync(AdministratorScope scope, Guid? facilityId, ActivitySearch search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(search);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ActivityReader.ReadAsync(RowsOf(database, facilityId), search, Depth, cancellationToken);
    }

    /// <summary>How many rows have come since that match, counted no further than the limit.</summary>
    public async Task<int> CountNewerAsync(FacilityScope scope, ActivityFilter filter, long id, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await using var database = databases.CreateFor(scope);
        return await ActivityReader.CountNewerAsync(database.Set<JournalEntry>(), filter, id, limit, cancellationToken);
    }

    /// <inheritdoc cref="CountNewerAsync(FacilityScope, ActivityFilter, long, int, CancellationToken)"/>
    public async Task<int> CountNewerAsync(
        AdministratorScope scope, Guid? facilityId, ActivityFilter filter, long id, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(filter);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ActivityReader.CountNewerAsync(RowsOf(database, facilityId), filter, id, limit, cancellationToken);
    }

    /// <summary>Every row that matches, newest first, read in pieces: it takes no more memory than one page, and holds no transaction open.</summary>
    public IAsyncEnumerable<JournalEntry> ExportAsync(FacilityScope scope, ActivityFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(filter);
        return ExportAsync(search => ListAsync(scope, search, cancellationToken), filter, cancellationToken);
    }

    /// <inheritdoc cref="ExportAsync(FacilityScope, ActivityFilter, CancellationToken)"/>
    public IAsyncEnumerable<JournalEntry> ExportAsync(
        AdministratorScope scope, Guid? facilityId, ActivityFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(filter);
        return ExportAsync(search => ListAsync(scope, facilityId, search, cancellationToken), filter, cancellationToken);
    }

    /// <summary>One row with everything that is kept of it.</summary>
    public async Task<Result<JournalEntry>> GetAsync(FacilityScope scope, long id, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateFor(scope);
        return await database.Set<JournalEntry>().AsNoTracking().FirstOrDefaultAsync(entry => entry.Id == id, cancellationToken) is { } entry
            ? entry
            : new NotFoundError("There is no such entry. It may be older than the days that Activity goes back.");
    }

    /// <summary>The association that an operation was in; null while it has not ended, and where none is known.</summary>
    public async Task<JournalEntry?> FindAssociationAsync(FacilityScope scope, JournalEntry operation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.AssociationId == 0)
            return null;
        await using var database = databases.CreateFor(scope);
        // The row of an association is written when it ends, after those of its operations: from here on, and mostly near.
        return await database.Set<JournalEntry>().AsNoTracking().Of(JournalKind.Association)
            .Where(entry => entry.Id > operation.Id && entry.AssociationId == operation.AssociationId)
            .OrderBy(entry => entry.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The operations of an association in their order.</summary>
    /// <param name="scope">Whose association it is.</param>
    /// <param name="association">Its row.</param>
    /// <param name="after">Only those after the operation of this id; null for the first.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<IReadOnlyList<JournalEntry>> ListOperationsAsync(
        FacilityScope scope, JournalEntry association, long? after, int take, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(association);
        if (association.AssociationId == 0)
            return [];
        // Ids are drawn in this order: the association's number, its operations' rows, its own row.
        var first = Math.Max(association.AssociationId, after ?? 0);
        await using var database = databases.CreateFor(scope);
        return await database.Set<JournalEntry>().AsNoTracking()
            .Where(entry => entry.Id > first && entry.Id < association.Id && entry.AssociationId == association.AssociationId)
            .OrderBy(entry => entry.Id)
            .Take(Math.Clamp(take, 1, ActivitySearch.MaxPageSize))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<JournalEntry> RowsOf(NoctisDbContext database, Guid? facilityId)
    {
        var rows = database.Set<JournalEntry>().AsNoTracking();
        return facilityId is { } id ? rows.Where(entry => entry.FacilityId == id) : rows;
    }

    private static async IAsyncEnumerable<JournalEntry> ExportAsync(
        Func<ActivitySearch, Task<JournalPage>> read, ActivityFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var search = new ActivitySearch { Filter = filter, PageSize = ExportBatch };
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await read(search);
            foreach (var entry in page.Entries)
                yield return entry;
            if (page.Older is not { } older)
                yield break;
            search = search with { Before = older };
        }
    }
}
