using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The numbers of one facility's files. A node reserves a hundred at a time, so that it seldom asks and no two nodes have the same;
/// those that are left at its end are never given. Thread safe.
/// </summary>
internal sealed class SequenceNumbers(Guid facilityId, INoctisDbContextFactory contexts) : IDisposable
{
    private const int Block = 100;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private long _next;
    private long _end;

    public async ValueTask<long> NextAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_next == _end)
            {
                _next = await ReserveAsync();
                _end = _next + Block;
            }

            return _next++;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<long> ReserveAsync()
    {
        await using NoctisDbContext context = contexts.CreateFor(FacilityScope.ForJob(facilityId, "ingest"));
        while (true)
        {
            long first = await context.Set<StorageSettings>().Select(settings => settings.NextSequence).SingleAsync();
            int won = await context.Set<StorageSettings>().Where(settings => settings.NextSequence == first)
                .ExecuteUpdateAsync(set => set.SetProperty(settings => settings.NextSequence, first + Block));
            // Else another node was faster.
            if (won == 1) return first;
        }
    }
}
