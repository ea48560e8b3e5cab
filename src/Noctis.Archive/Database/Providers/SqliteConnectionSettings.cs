using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Noctis.Archive.Database.Providers;

/// <summary>Settings that SQLite keeps per connection, not in the file.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    // synchronous: a commit returns when it is on the disk, because a Success status is a promise that outlives a power cut.
    // busy_timeout: a writer waits its turn inside SQLite, before Microsoft.Data.Sqlite's own retry at 150 ms intervals.
    // case_sensitive_like: LIKE as on the other databases, and able to use an index.
    // wal_autocheckpoint: in pages; each checkpoint flushes the log and the file, so a seldom one costs ingest less. 16 MB of log at most.
    private const string Statements = """
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 30000;
        PRAGMA case_sensitive_like = ON;
        PRAGMA wal_autocheckpoint = 4000;
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Statements;
        command.ExecuteNonQuery();
    }

    // Microsoft.Data.Sqlite does no asynchronous I/O: awaiting it would only add a state machine.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
