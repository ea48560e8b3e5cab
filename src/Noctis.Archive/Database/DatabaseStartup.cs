using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Database;

/// <summary>
/// Brings the database up to date before anything else starts: creates it where there is none, applies the migrations that are
/// missing, and waits a while for a server that does not answer yet. On SQLite it also holds the file for this process, until disposed.
/// </summary>
public sealed class DatabaseStartup(
    DbContextOptions<NoctisDbContext> contextOptions,
    IOptions<DatabaseOptions> options,
    TimeProvider time,
    ILogger<DatabaseStartup> logger) : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private IDisposable? _ownership;

    /// <exception cref="DatabaseStartupException">The database cannot be used; the message says what to change.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        var settings = options.Value;
        var provider = DatabaseProvider.Of(settings.Kind);
        var database = provider.Describe(settings.ConnectionString);
        Log.DatabaseInUse(logger, provider.Kind.ToString(), database);

        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await MigrateOnceAsync(provider, database, cancellationToken);
                return;
            }
            catch (Exception exception) when (IsWorthWaiting(provider, exception, started))
            {
                Log.DatabaseNotAnswering(logger, database, exception.GetBaseException().Message, settings.StartTimeout);
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
            catch (Exception exception) when (Causes(exception).Any(IsFromTheDatabase))
            {
                var failure = exception as DatabaseStartupException ?? new DatabaseStartupException(
                    $"The {provider.Kind} database {database} cannot be used: {exception.GetBaseException().Message} "
                    + "Check that it runs and that ConnectionStrings:Noctis, Database:Provider and Storage:Path are right.", exception);
                Log.DatabaseUnusable(logger, failure.Message);
                throw failure;
            }
        }
    }

    public void Dispose() => _ownership?.Dispose();

    private async Task MigrateOnceAsync(DatabaseProvider provider, string database, CancellationToken cancellationToken)
    {
        await using var context = new NoctisDbContext(contextOptions, Tenancy.AcrossFacilities);
        _ownership ??= await provider.PrepareAsync(context, cancellationToken);

        // Migrating takes a lock that other nodes wait for, so it is not taken for nothing. Creates the database only if it is missing.
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count == 0)
            return;
        Log.DatabaseMigrating(logger, database, pending.Count, pending[^1]);
        context.Database.SetCommandTimeout(options.Value.CommandTimeout * 10);
        await context.Database.MigrateAsync(cancellationToken);
    }

    // A file that cannot be opened now cannot be opened in a minute either: only servers are waited for.
    private bool IsWorthWaiting(DatabaseProvider provider, Exception exception, long started) =>
        provider.Kind != DatabaseProviderKind.Sqlite
        && Causes(exception).Any(provider.IsUnavailable)
        && time.GetElapsedTime(started) < TimeSpan.FromSeconds(options.Value.StartTimeout);

    // Providers wrap: Npgsql says InvalidOperationException, "likely transient", around what happened.
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static bool IsFromTheDatabase(Exception exception) =>
        exception is DatabaseStartupException or DbException or IOException or UnauthorizedAccessException;
}
