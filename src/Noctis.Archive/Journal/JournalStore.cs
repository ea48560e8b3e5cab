using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;
using Noctis.Archive.Facilities;

namespace Noctis.Archive.Journal;

/// <summary>
/// Writes rows of many facilities at once, thousands a second, by the fastest way that the database has. Rows of the journal are no promise to
/// anybody: a power cut may take the last moment of them, which spares the disk a flush that ingest would have to wait for. Thread safe.
/// </summary>
public sealed class JournalStore
{
    /// <summary>SQLite has one writer: some ten milliseconds' worth, after which the index has its turn.</summary>
    internal const int SmallBatch = 1_000;

    private readonly ICrossTenantDbContextFactory _databases;
    private readonly WriteTurns? _turns;
    private readonly DatabaseProvider _provider;
    private readonly ILogger _logger;
    private BulkTable? _entries;
    private BulkTable? _frontDoor;

    public JournalStore(ICrossTenantDbContextFactory databases, IOptions<DatabaseOptions> options, ILogger<JournalStore> logger)
        : this(databases, null, options, logger)
    {
    }

    internal JournalStore(ICrossTenantDbContextFactory databases, WriteTurns? turns, IOptions<DatabaseOptions> options, ILogger<JournalStore> logger)
    {
        (_databases, _turns, _logger) = (databases, turns, logger);
        _provider = DatabaseProvider.Of(options.Value.Kind);
    }

    /// <summary>Ends when everything is written that can be. Throws when the database is away: then the batch is to be repeated.</summary>
    public async Task<JournalWritten> WriteAsync(JournalBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var living = await FindLivingAsync(batch.Entries, cancellationToken);
        // A facility that is being deleted takes no more rows: they would be in the way of its own deletion.
        List<JournalEntry> entries = [.. batch.Entries.Where(entry => living.Contains(entry.FacilityId))];
        var frontDoor = batch.FrontDoor;
        if (batch.IsRepeated)
            (entries, frontDoor) = await WithoutWrittenAsync(entries, frontDoor, cancellationToken);

        int size = _provider.LocksRows ? int.MaxValue : SmallBatch, refused = 0;
        foreach (var some in batch.Seen.Chunk(Math.Min(size, Math.Max(1, batch.Seen.Count))))
            await SeeAsync(some, cancellationToken);
        foreach (var some in entries.Chunk(Math.Min(size, Math.Max(1, entries.Count))))
            refused += await InsertAsync(EntriesOf, some, cancellationToken);
        foreach (var some in frontDoor.Chunk(Math.Min(size, Math.Max(1, frontDoor.Count))))
            refused += await InsertAsync(FrontDoorOf, some, cancellationToken);
        return new JournalWritten(living, refused);
    }

    private async Task<IReadOnlySet<Guid>> FindLivingAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        List<Guid> facilities = [.. entries.Select(entry => entry.FacilityId).Distinct()];
        if (facilities.Count == 0)
            return new HashSet<Guid>();
        await using var database = _databases.CreateAcrossFacilities();
        return await database.Facilities
            .Where(facility => facilities.Contains(facility.Id) && facility.State != FacilityState.Deleting)
            .Select(facility => facility.Id)
            .ToHashSetAsync(cancellationToken);
    }

    private async Task<(List<JournalEntry> Entries, IReadOnlyList<FrontDoorEntry> FrontDoor)> WithoutWrittenAsync(
        List<JournalEntry> entries, IReadOnlyList<FrontDoorEntry> frontDoor, CancellationToken cancellationToken)
    {
        List<long> ids = [.. entries.Select(entry => entry.Id)], strays = [.. frontDoor.Select(entry => entry.Id)];
        await using var database = _databases.CreateAcrossFacilities();
        var written = await database.Set<JournalEntry>().Where(entry => ids.Contains(entry.Id)).Select(entry => entry.Id).ToHashSetAsync(cancellationToken);
        var seen = await database.Set<FrontDoorEntry>().Where(entry => strays.Contains(entry.Id)).Select(entry => entry.Id).ToHashSetAsync(cancellationToken);
        return ([.. entries.Where(entry => !written.Contains(entry.Id))], [.. frontDoor.Where(entry => !seen.Contains(entry.Id))]);
    }

    private async Task SeeAsync(IReadOnlyList<DeviceSeen> some, CancellationToken cancellationToken)
    {
        await using var database = _databases.CreateAcrossFacilities();
        await database.Database.OpenConnectionAsync(cancellationToken);
        using var turn = _turns is null ? default : await _turns.TakeLaterAsync(cancellationToken);
        await using var transaction = await _provider.BeginUnhurriedAsync(database, cancellationToken);
        // In one order on every node, so that they wait for each other and never in a circle.
        foreach (var seen in some.OrderBy(seen => seen.DeviceId))
        {
            await database.Devices
                .Where(device => device.Id == seen.DeviceId && (device.LastSeenUtc == null || device.LastSeenUtc < seen.TimeUtc))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(device => device.LastSeenUtc, seen.TimeUtc).SetProperty(device => device.LastSeenAddress, seen.Address),
                    cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Inserts rows, in halves when the database refuses something among them: one bad row does not end the journal.</summary>
    /// <returns>How many were refused.</returns>
    private async Task<int> InsertAsync(Func<NoctisDbContext, BulkTable> table, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        try
        {
            await InsertOnceAsync(table, rows, cancellationToken);
            return 0;
        }
        catch (DbException exception) when (!_provider.IsUnavailable(exception) && !DatabaseProvider.IsTransient(exception))
        {
            if (rows.Count == 1)
            {
                Log.JournalRowRefused(_logger, exception);
                return 1;
            }
        }

        int half = rows.Count / 2;
        return await InsertAsync(table, [.. rows.Take(half)], cancellationToken) + await InsertAsync(table, [.. rows.Skip(half)], cancellationToken);
    }

    private async Task InsertOnceAsync(Func<NoctisDbContext, BulkTable> table, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        await using var database = _databases.CreateAcrossFacilities();
        await database.Database.OpenConnectionAsync(cancellationToken);
        using var turn = _turns is null ? default : await _turns.TakeLaterAsync(cancellationToken);
        await using var transaction = await _provider.BeginUnhurriedAsync(database, cancellationToken);
        await _provider.InsertAsync(database, table(database), rows, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private BulkTable EntriesOf(NoctisDbContext database) => _entries ??= BulkTable.Of<JournalEntry>(database);

    private BulkTable FrontDoorOf(NoctisDbContext database) => _frontDoor ??= BulkTable.Of<FrontDoorEntry>(database);
}
