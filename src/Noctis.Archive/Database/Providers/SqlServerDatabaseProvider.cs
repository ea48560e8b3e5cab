using System.Data;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Database.Providers;

internal sealed class SqlServerDatabaseProvider : DatabaseProvider
{
    public override DatabaseProviderKind Kind => DatabaseProviderKind.SqlServer;

    protected override string EntityFrameworkName => "Microsoft.EntityFrameworkCore.SqlServer";

    public override void Configure(DbContextOptionsBuilder builder, DatabaseOptions options) =>
        builder.UseSqlServer(options.ConnectionString, sqlServer =>
        {
            sqlServer.MigrationsAssembly(MigrationsAssembly).CommandTimeout(options.CommandTimeout).UseCompatibilityLevel(options.CompatibilityLevel);
            if (options.MaxBatchSize is { } size)
                sqlServer.MaxBatchSize(size);
        });

    // Text compares by code point, as on the other two databases: UIDs and patient ids that differ in case are different.
    public override void ConfigureConventions(ModelConfigurationBuilder conventions) =>
        conventions.Properties<string>().UseCollation("Latin1_General_BIN2");

    // A clustered key holds 900 bytes at most, another one 1,700; WebAuthn allows credential ids of 1,023.
    public override void ConfigureModel(ModelBuilder model) =>
        model.Entity<IdentityUserPasskey<Guid>>().HasKey(passkey => passkey.CredentialId).IsClustered(false);

    public override bool IsUniqueViolation(DbException exception) =>
        exception is SqlException sql && sql.Errors.Cast<SqlError>().Any(error => error.Number is 2601 or 2627);

    // SqlClient leaves DbException.IsTransient at false. 1205 lost a deadlock; 3960 an update conflict under snapshot isolation; the rest is
    // what Azure SQL says while it fails over or is busy.
    protected override bool IsTransient(DbException exception) =>
        exception is SqlException sql && sql.Errors.Cast<SqlError>().Any(error =>
            error.Number is 1205 or 3960 or 4221 or 10928 or 10929 or 40143 or 40197 or 40501 or 40540 or 40613 or 49918 or 49919 or 49920);

    // -2 timeout, -1 and 2 and 53 no answer, 40 and 258 transport, 233 and 10053..10061 connection closed or refused, 4060 and 18456 are answers.
    // A filegroup or a data file is full, 1101 and 1105; the log is, 9002.
    protected override bool IsFull(DbException exception) => exception is SqlException { Number: 1101 or 1105 or 9002 };

    public override bool IsUnavailable(Exception exception) =>
        exception is SqlException { Number: -2 or -1 or 0 or 2 or 40 or 53 or 64 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001 };

    public override async Task InsertAsync(NoctisDbContext context, BulkTable table, IReadOnlyList<object> rows, CancellationToken cancellationToken)
    {
        using var data = new DataTable();
        // Keys of facilities that are gone are refused as they are elsewhere.
        using var copy = new SqlBulkCopy(
            (SqlConnection)context.Database.GetDbConnection(), SqlBulkCopyOptions.CheckConstraints,
            (SqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction())
        { DestinationTableName = table.DelimitedName, BulkCopyTimeout = context.Database.GetCommandTimeout() ?? 30 };
        foreach (BulkColumn column in table.Columns)
        {
            data.Columns.Add(column.Name, column.ProviderType);
            copy.ColumnMappings.Add(column.Name, column.Name);
        }

        foreach (object row in rows)
            data.Rows.Add([.. table.Columns.Select(column => column.ValueOf(row) ?? DBNull.Value)]);
        await copy.WriteToServerAsync(data, cancellationToken);
    }

    public override string Describe(string connectionString)
    {
        var connection = new SqlConnectionStringBuilder(connectionString);
        return $"{connection.InitialCatalog} on {connection.DataSource}";
    }
}
