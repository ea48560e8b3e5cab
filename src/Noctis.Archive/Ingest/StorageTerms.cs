using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The <see cref="FacilityTerms"/> of each facility that receives, read anew every second while it does: a changed setting holds within
/// two seconds on every node, and ingest does not ask the database for each object. Thread safe.
/// </summary>
internal sealed class StorageTerms(INoctisDbContextFactory contexts, TimeProvider time) : IDisposable
{
    /// <summary>From then on they are read anew, while those at hand still serve.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>From then on whoever asks waits for the new ones.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <summary>A database that does not say within that time is one that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The same where nothing was ever read, as after a start: on a busy machine the first query of its kind, on a new connection, takes
    /// seconds by itself. Shorter than a device waits for an answer, which is half a minute and more.
    /// </summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Guid, Slot> _slots = new();

    public ValueTask<FacilityTerms> GetAsync(Guid facilityId)
    {
        Slot slot = _slots.GetOrAdd(facilityId, id => new Slot(new SequenceNumbers(id, contexts)));
        lock (slot)
        {
            TimeSpan age = slot.Terms is null ? TimeSpan.MaxValue : time.GetElapsedTime(slot.ReadAt);
            if (age < Fresh) return new(slot.Terms!);
            slot.Reading ??= Task.Run(() => ReadAsync(facilityId, slot));
            return age < Longest ? new(slot.Terms!) : new(slot.Reading.WaitAsync(slot.Terms is null ? FirstPatience : Patience, time));
        }
    }

    /// <summary>The terms as the database has them now, after something was done about them.</summary>
    public Task<FacilityTerms> ReadAgainAsync(Guid facilityId) =>
        ReadAsync(facilityId, _slots.GetOrAdd(facilityId, id => new Slot(new SequenceNumbers(id, contexts))));

    public void Dispose()
    {
        foreach (Slot slot in _slots.Values) slot.Sequence.Dispose();
    }

    private async Task<FacilityTerms> ReadAsync(Guid facilityId, Slot slot)
    {
        try
        {
            long startedAt = time.GetTimestamp(), releasedBefore = slot.Room.Released;
            await using NoctisDbContext context = contexts.CreateFor(FacilityScope.ForJob(facilityId, "ingest"));
            StorageSettings settings = await context.Set<StorageSettings>().AsNoTracking().SingleOrDefaultAsync() ?? new StorageSettings { FacilityId = facilityId };
            long used = settings.QuotaBytes is null ? 0 : await QuotaUse.ReadAsync(context);
            slot.Room.Read(used, releasedBefore);
            var terms = new FacilityTerms(settings, slot.Room, slot.Sequence);
            lock (slot) (slot.Terms, slot.ReadAt) = (terms, startedAt);
            return terms;
        }
        finally
        {
            lock (slot) slot.Reading = null;
        }
    }

    private sealed class Slot(SequenceNumbers sequence)
    {
        public SequenceNumbers Sequence { get; } = sequence;

        public FacilityRoom Room { get; } = new();

        public FacilityTerms? Terms { get; set; }

        public long ReadAt { get; set; }

        public Task<FacilityTerms>? Reading { get; set; }
    }
}
