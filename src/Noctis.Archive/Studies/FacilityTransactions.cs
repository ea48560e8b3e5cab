using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Studies;

/// <summary>
/// Transactions under a facility's lock, which ingest takes too: its <see cref="FacilityUsage"/> row, written before anything else.
/// Whoever moves studies or counts of a facility, on whatever node, comes one after another, and what is read stays true until the
/// commit. Kept short, since senders wait meanwhile.
/// </summary>
internal sealed class FacilityTransactions(INoctisDbContextFactory contexts)
{
    private const int Attempts = 3;

    /// <summary>Commits when <paramref name="work"/> returns. It may be run again from the beginning, with a context of its own, when the database asks for that.</summary>
    public async Task<T> RunAsync<T>(FacilityScope scope, Func<NoctisDbContext, Task<T>> work, CancellationToken ct)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using NoctisDbContext context = contexts.CreateFor(scope);
                await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(ct);
                await context.Set<FacilityUsage>().ExecuteUpdateAsync(row => row.SetProperty(usage => usage.Instances, usage => usage.Instances), ct);
                T result = await work(context);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception e) when (attempt < Attempts && DatabaseProvider.IsTransient(e))
            {
                // A deadlock, or a connection that died since its last use: nothing was committed.
            }
        }
    }
}
