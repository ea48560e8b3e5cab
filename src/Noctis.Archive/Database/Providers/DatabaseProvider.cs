using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Database.Providers;

/// <summary>All that differs between the databases; the rest of the code does not know which one it talks to.</summary>
internal abstract class DatabaseProvider
{
    private static readonly DatabaseProvider[] All = [new SqliteDatabaseProvider(), new SqlServerDatabaseProvider(), new PostgreSqlDatabaseProvider()];

    public abstract DatabaseProviderKind Kind { get; }

    /// <summary>The name by which EF Core calls the provider.</summary>
    protected abstract string EntityFrameworkName { get; }

    public string MigrationsAssembly => $"Noctis.Migrations.{Kind}";

    public static DatabaseProvider Of(DatabaseProviderKind kind) => All.Single(provider => provider.Kind == kind);

    public static DatabaseProvider Of(DatabaseFacade database) =>
        All.SingleOrDefault(provider => provider.EntityFrameworkName == database.ProviderName)
        ?? throw new InvalidOperationException($"The database provider {database.ProviderName} is none that Noctis knows.");

    /// <summary>Whether the same work may well succeed when it is begun anew: it lost a deadlock, or its connection died since its last use.</summary>
    public static bool IsTransient(Exception exception)
    {
        // EF Core wraps what happened.
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException database && All.Any(provider => provider.IsTransient(database)))
                return true;
        }

        return false;
    }

    public abstract void Configure(DbContextOptionsBuilder builder, DatabaseOptions options);

    /// <summary>Whether a transaction that writes locks rows, and not the whole database from its beginning.</summary>
    public virtual bool LocksRows => true;

    /// <summary>Limits how long an open connection waits for others' locks, for whoever has somebody waiting for an answer.</summary>
    public virtual void LimitWaiting(DbConnection connection, TimeSpan limit)
    {
    }

    public virtual void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
    }

    public virtual void ConfigureModel(ModelBuilder model)
    {
    }

    /// <summary>The error of a unique index or primary key that already holds the value: somebody else was faster.</summary>
    public abstract bool IsUniqueViolation(DbException exception);

    protected virtual bool IsTransient(DbException exception) => exception.IsTransient;

    /// <summary>Whether the database cannot grow: its disk, its log or what it may use of them is full.</summary>
    public static bool IsFull(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException database && All.Any(provider => provider.IsFull(database)))
                return true;
        }

        return false;
    }

    protected abstract bool IsFull(DbException exception);

    /// <summary>Whether it did not answer, whichever database it is, as opposed to answering with an error.</summary>
    public static bool IsAway(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (All.Any(provider => provider.IsUnavailable(cause)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the server did not answer, as opposed to answering with an error.</summary>
    public abstract bool IsUnavailable(Exception exception);

    /// <summary>Before migrating: whatever the database needs besides its tables. What it returns is held until the process ends.</summary>
    public virtual ValueTask<IDisposable?> PrepareAsync(NoctisDbContext context, CancellationToken cancellationToken) => new((IDisposable?)null);

    /// <summary>
    /// Begins a transaction whose rows nobody was promised: committed, and lost with the last moments before a power cut at most. It spares a
    /// flush of the disk. The context's connection must be open, and is good for nothing else afterwards.
    /// </summary>
    public virtual Task<IDbContextTransaction> BeginUnhurriedAsync(NoctisDbContext context, CancellationToken cancellationToken) =>
        context.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>A statement that writes, to be run many times over this connection.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="sql">One statement, see <see cref="IPreparedWrite"/>.</param>
    /// <param name="parameters">How each parameter is sent, in order.</param>
    /// <param name="timeout">Of a command, in seconds; null for the usual one.</param>
    public virtual IPreparedWrite PrepareWrite(DbConnection connection, string sql, IReadOnlyList<RelationalTypeMapping> parameters, int? timeout) =>
        new PreparedCommand(connection, sql, parameters, timeout);

    /// <summary>Inserts many rows in the context's transaction, the fastest way that the database has. The rows are of the table's entity.</summary>
    public abstract Task InsertAsync(NoctisDbContext context, BulkTable table, IReadOnlyList<object> rows, CancellationToken cancellationToken);

    /// <summary>Where the database is, for a log line: never with a password.</summary>
    public abstract string Describe(string connectionString);
}
