using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Noctis.Archive.Database.Providers;

internal sealed class PostgreSqlDatabaseProvider : DatabaseProvider
{
    public override DatabaseProviderKind Kind => DatabaseProviderKind.PostgreSql;

    protected override string EntityFrameworkName => "Npgsql.EntityFrameworkCore.PostgreSQL";

    public override void Configure(DbContextOptionsBuilder builder, DatabaseOptions options) =>
        builder.UseNpgsql(Prepared(options.ConnectionString), npgsql =>
        {
            npgsql.MigrationsAssembly(MigrationsAssembly).CommandTimeout(options.CommandTimeout);
            if (options.MaxBatchSize is { } size)
                npgsql.MaxBatchSize(size);
        });

    /// <summary>
    /// What is asked again and again is parsed and planned once a connection: ingest is made of a dozen statements. A connection string
    /// that says otherwise, as one through a pooler that cannot keep statements must, is left alone.
    /// </summary>
    private static string Prepared(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (!connection.ShouldSerialize("Max Auto Prepare"))
            connection.MaxAutoPrepare = 100;
        return connection.ToString();
    }

    // Text compares by code point, as on the other two databases, and LIKE 'PREFIX%' can use an index.
    public override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<string>().UseCollation("C");

    public override bool IsUniqueViolation(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    protected override bool IsFull(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    public override bool IsUnavailable(Exception exception) =>
        exception is PostgresException postgres
            ? postgres.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.TooManyConnections
            : exception is NpgsqlException;

    public override async Task<IDbContextTransaction> BeginUnhurriedAsync(NoctisDbContext context, CancellationToken cancellationToken)
    {
        IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit TO OFF", cancellationToken);
        return transaction;
    }

    public override async Task InsertAsync(NoctisDbContext context, BulkTable table, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using NpgsqlCommand types = connection.CreateCommand();
        NpgsqlDbType[] columns = [.. table.Columns.Select(column => ((NpgsqlParameter)column.Mapping.CreateParameter(types, "p", null, nullable: true)).NpgsqlDbType)];
        await using NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync(
            $"COPY {table.DelimitedName} ({table.DelimitedColumns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (object row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            for (int i = 0; i < columns.Length; i++)
            {
                if (table.Columns[i].ValueOf(row) is { } value)
                    await import.WriteAsync(value, columns[i], cancellationToken);
                else
                    await import.WriteNullAsync(cancellationToken);
            }
        }

        await import.CompleteAsync(cancellationToken);
    }

    public override string Describe(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{connection.Database} on {connection.Host}:{connection.Port}";
    }
}
