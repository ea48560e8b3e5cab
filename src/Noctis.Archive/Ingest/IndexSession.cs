using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Noctis.Archive.Database;
using Noctis.Archive.Database.Providers;

namespace Noctis.Archive.Ingest;

/// <summary>
/// The writer's connection and its prepared statements, kept from batch to batch. Where the database takes several statements
/// in one round trip they go together; SQLite, which lives in this process, runs prepared statements one by one. All calls
/// block: the writer has a thread of its own, and waking it directly costs less than going through the pool. After any error the
/// session is thrown away.
/// </summary>
internal sealed class IndexSession : IDisposable
{
    /// <summary>A database that is locked or stuck for longer is one that does not answer: senders wait, and have to hear it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<(IndexStatement Statement, object?[] Values)> _waiting = [];
    private readonly List<(IndexStatement Statement, object?[] Values)> _loose = [];
    private readonly Dictionary<IndexStatement, IPreparedWrite> _writes = [];
    private readonly Dictionary<IndexStatement, PreparedCommand> _queries = [];
    private readonly DatabaseProvider _provider;
    private readonly DbConnection _connection;
    private readonly bool _batches;
    private DbTransaction? _transaction;

    private IndexSession(NoctisDbContext context, bool mayBatch)
    {
        Context = context;
        _connection = context.Database.GetDbConnection();
        _batches = mayBatch && _connection.CanCreateBatch;
        _provider = DatabaseProvider.Of(context.Database);
        Statements = new IndexStatements(context);
    }

    /// <summary>Whether writers of other facilities go on beside this one, so that each takes the row of its facility; SQLite has one writer in all.</summary>
    public bool LocksRows => _provider.LocksRows;

    /// <summary>For queries within the transaction.</summary>
    public NoctisDbContext Context { get; }

    public IndexStatements Statements { get; }

    public static IndexSession Open(ICrossTenantDbContextFactory contexts, bool mayBatch)
    {
        NoctisDbContext context = contexts.CreateAcrossFacilities();
        try
        {
            context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            context.Database.SetCommandTimeout(Patience);
            context.Database.OpenConnection();
            DatabaseProvider.Of(context.Database).LimitWaiting(context.Database.GetDbConnection(), Patience);
            return new IndexSession(context, mayBatch);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public void Begin()
    {
        IDbContextTransaction transaction = Context.Database.BeginTransaction();
        _transaction = transaction.GetDbTransaction();
    }

    public void Commit()
    {
        Flush();
        foreach ((IndexStatement statement, object?[] values) in _loose) Execute(statement, values);
        _loose.Clear();
        Context.Database.CommitTransaction();
        _transaction = null;
    }

    /// <summary>Takes back what the transaction has written.</summary>
    public void Rollback()
    {
        Context.Database.RollbackTransaction();
        _transaction = null;
    }

    /// <summary>A write of exactly one row, sent by the next <see cref="Flush"/> or <see cref="Commit"/>.</summary>
    public void Write<T>(WriteStatement<T> statement, T row) => _waiting.Add((statement.Statement, statement.ValuesOf(row)));

    /// <summary>A write of a row that may be gone, sent by the next <see cref="Commit"/>.</summary>
    public void WriteLoosely<T>(WriteStatement<T> statement, T row) => _loose.Add((statement.Statement, statement.ValuesOf(row)));

    /// <exception cref="StaleIndexException">A statement found no row to write.</exception>
    public void Flush()
    {
        if (_waiting.Count == 0) return;
        if (_batches && _waiting.Count > 1)
        {
            using DbBatch batch = CreateBatch(_waiting);
            batch.ExecuteNonQuery();
            foreach (DbBatchCommand command in batch.BatchCommands) ExpectOne(command.RecordsAffected);
        }
        else
        {
            foreach ((IndexStatement statement, object?[] values) in _waiting)
                ExpectOne(Execute(statement, values));
        }

        _waiting.Clear();
    }

    /// <summary>
    /// Runs a query once for each set of values, after the writes that wait; <paramref name="read"/> gets the number of the set and
    /// each row of its answer.
    /// </summary>
    /// <exception cref="StaleIndexException">A statement found no row to write.</exception>
    public void Query(IndexStatement statement, IReadOnlyList<object?[]> sets, Action<int, DbDataReader> read)
    {
        if (sets.Count == 0) return;
        if (_batches)
        {
            // The writes have no result of their own, so that the first result is that of the first query.
            int writes = _waiting.Count;
            using DbBatch batch = CreateBatch([.. _waiting, .. sets.Select(set => (statement, set))]);
            using (DbDataReader reader = batch.ExecuteReader())
            {
                for (int i = 0; i < sets.Count; i++)
                {
                    while (reader.Read()) read(i, reader);
                    reader.NextResult();
                }
            }

            foreach (DbBatchCommand command in batch.BatchCommands.Take(writes)) ExpectOne(command.RecordsAffected);
            _waiting.Clear();
            return;
        }

        Flush();
        for (int i = 0; i < sets.Count; i++)
        {
            using DbDataReader reader = Read(statement, sets[i]);
            while (reader.Read()) read(i, reader);
        }
    }

    public void Dispose()
    {
        foreach (IPreparedWrite write in _writes.Values) write.Dispose();
        foreach (PreparedCommand query in _queries.Values) query.Dispose();
        Context.Dispose();
    }

    private static void ExpectOne(int affected)
    {
        if (affected != 1) throw new StaleIndexException();
    }

    private int Execute(IndexStatement statement, object?[] values)
    {
        if (!_writes.TryGetValue(statement, out IPreparedWrite? write))
            _writes.Add(statement, write = _provider.PrepareWrite(_connection, statement.Sql, statement.Parameters, Context.Database.GetCommandTimeout()));
        return write.Execute(values, _transaction);
    }

    private DbDataReader Read(IndexStatement statement, object?[] values)
    {
        if (!_queries.TryGetValue(statement, out PreparedCommand? query))
            _queries.Add(statement, query = new PreparedCommand(_connection, statement.Sql, statement.Parameters, Context.Database.GetCommandTimeout()));
        return query.Fill(values, _transaction).ExecuteReader();
    }

    private DbBatch CreateBatch(IReadOnlyList<(IndexStatement Statement, object?[] Values)> items)
    {
        DbBatch batch = _connection.CreateBatch();
        batch.Transaction = _transaction;
        batch.Timeout = Context.Database.GetCommandTimeout() ?? batch.Timeout;
        using DbCommand source = _connection.CreateCommand();
        foreach ((IndexStatement statement, object?[] values) in items)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            for (int i = 0; i < values.Length; i++)
                command.Parameters.Add(statement.Parameters[i].CreateParameter(source, "@p" + i, values[i], nullable: true));
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
