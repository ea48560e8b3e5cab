using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Database.Providers;

internal sealed class SqliteDatabaseProvider : DatabaseProvider
{
    /// <summary>How long those wait for a file that another process holds who can come again, since ingest waits for their turn to end.</summary>
    private static readonly TimeSpan UnhurriedPatience = TimeSpan.FromSeconds(1);

    private static readonly SqliteConnectionSettings Settings = new();

    public override DatabaseProviderKind Kind => DatabaseProviderKind.Sqlite;

    protected override string EntityFrameworkName => "Microsoft.EntityFrameworkCore.Sqlite";

    public override bool LocksRows => false;

    public override void Configure(DbContextOptionsBuilder builder, DatabaseOptions options)
    {
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = true, DefaultTimeout = options.CommandTimeout };
        builder.UseSqlite(connection.ToString(), sqlite =>
        {
            sqlite.MigrationsAssembly(MigrationsAssembly).CommandTimeout(options.CommandTimeout);
            if (options.MaxBatchSize is { } size)
                sqlite.MaxBatchSize(size);
        });
        builder.AddInterceptors(Settings);
    }

    // A pooled connection gets its usual patience back when it is opened the next time.
    public override void LimitWaiting(DbConnection connection, TimeSpan limit)
    {
        ((SqliteConnection)connection).DefaultTimeout = (int)Math.Ceiling(limit.TotalSeconds);
        using var command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {limit.TotalMilliseconds:F0}");
        command.ExecuteNonQuery();
    }

    public override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<Guid>().HaveConversion<BigEndianGuidConverter>();

    public override bool IsUniqueViolation(DbException exception) =>
        // SQLITE_CONSTRAINT with SQLITE_CONSTRAINT_UNIQUE or SQLITE_CONSTRAINT_PRIMARYKEY; the others of its kind are foreign keys, NOT NULL and CHECK.
        exception is SqliteException { SqliteErrorCode: 19, SqliteExtendedErrorCode: 2067 or 1555 };

    protected override bool IsFull(DbException exception) => exception is SqliteException { SqliteErrorCode: 13 };

    // Busy, locked, disk I/O error, disk full, cannot open.
    public override bool IsUnavailable(Exception exception) => exception is SqliteException { SqliteErrorCode: 5 or 6 or 10 or 13 or 14 };

    // With write-ahead logging a commit at NORMAL is not flushed by itself; the next one at FULL, as all of ingest's are, takes it along.
    public override async Task<IDbContextTransaction> BeginUnhurriedAsync(NoctisDbContext context, CancellationToken cancellationToken)
    {
        LimitWaiting(context.Database.GetDbConnection(), UnhurriedPatience);
        await context.Database.ExecuteSqlRawAsync("PRAGMA synchronous = NORMAL;", cancellationToken);
        return await context.Database.BeginTransactionAsync(cancellationToken);
    }

    public override IPreparedWrite PrepareWrite(DbConnection connection, string sql, IReadOnlyList<RelationalTypeMapping> parameters, int? timeout) =>
        new SqliteWrite((SqliteConnection)connection, sql, parameters);

    // All on one thread without a wait: SQLite does no asynchronous I/O. A statement of a few rows spares some of its own cost; one of many takes
    // longer to prepare than that is worth.
    public override Task InsertAsync(NoctisDbContext context, BulkTable table, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        const int Together = 4;
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        int next = 0;
        foreach (int count in (ReadOnlySpan<int>)[Together, 1])
        {
            if (rows.Count - next < count)
                continue;
            using SqliteWrite insert = PrepareInsert(connection, table, count);
            for (; rows.Count - next >= count; next += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int row = 0, parameter = 0; row < count; row++)
                {
                    foreach (BulkColumn column in table.Columns)
                        insert.Bind(parameter++, column.ValueOf(rows[next + row]));
                }

                insert.Execute();
            }
        }

        return Task.CompletedTask;
    }

    private static SqliteWrite PrepareInsert(SqliteConnection connection, BulkTable table, int count)
    {
        string row = $"({string.Join(", ", table.Columns.Select(_ => "?"))})";
        string sql = $"INSERT INTO {table.DelimitedName} ({table.DelimitedColumns}) VALUES {string.Join(", ", Enumerable.Repeat(row, count))}";
        return new SqliteWrite(connection, sql, []);
    }

    public override string Describe(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <summary>Takes the folder for this process, and sets the file to write-ahead logging, in which readers and the writer do not wait for each other.</summary>
    public override async ValueTask<IDisposable?> PrepareAsync(NoctisDbContext context, CancellationToken cancellationToken)
    {
        var file = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        if (file is "" or ":memory:" || file.StartsWith("file:", StringComparison.Ordinal))
            return null;

        file = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var ownership = TakeOwnership(file);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);

        // EF Core's lock of a migration that was killed half-way would make every later start wait for ever. Nobody else can hold it:
        // the file belongs to this process.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
        return ownership;
    }

    private static FileStream TakeOwnership(string file)
    {
        var lockFile = file + ".lock";
        try
        {
            return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException exception) when (File.Exists(lockFile))
        {
            throw new DatabaseStartupException(
                $"Another Noctis process already uses {file}. SQLite serves one process: stop the other one, set Storage:Path to another folder, "
                + "or set Database:Provider to PostgreSql or SqlServer to run several.", exception);
        }
    }
}
