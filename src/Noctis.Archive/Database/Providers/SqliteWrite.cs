using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Noctis.Archive.Database.Providers;

/// <summary>
/// A statement that SQLite has compiled, bound by position. Microsoft.Data.Sqlite looks each parameter up by its name at each execution, which
/// takes longer than the row itself. Values are stored just as Microsoft.Data.Sqlite stores them. A file that is locked is waited for inside
/// SQLite (busy_timeout), as everywhere. Not thread safe.
/// </summary>
internal sealed class SqliteWrite : IPreparedWrite
{
    private const string TimeFormat = @"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF";
    private const int StackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly IReadOnlyList<RelationalTypeMapping> _parameters;

    /// <param name="connection">Open.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">How each parameter is stored, in order.</param>
    public SqliteWrite(SqliteConnection connection, string sql, IReadOnlyList<RelationalTypeMapping> parameters)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        _parameters = parameters;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    public int Execute(IReadOnlyList<object?> values, DbTransaction? transaction)
    {
        for (int i = 0; i < _parameters.Count; i++)
        {
            object? value = values[i];
            Bind(i, value is null || _parameters[i].Converter is not { } converter ? value : converter.ConvertToProvider(value));
        }

        return Execute();
    }

    /// <summary>Sets one parameter, from 0, to a value as the database has it; null for NULL.</summary>
    public void Bind(int parameter, object? value)
    {
        int index = parameter + 1;
        int code = value switch
        {
            null or DBNull => raw.sqlite3_bind_null(_statement, index),
            string text => BindText(index, text),
            long number => raw.sqlite3_bind_int64(_statement, index, number),
            int number => raw.sqlite3_bind_int64(_statement, index, number),
            bool flag => raw.sqlite3_bind_int64(_statement, index, flag ? 1 : 0),
            DateTime time => BindTime(index, time, TimeFormat),
            DateOnly day => BindTime(index, day, @"yyyy\-MM\-dd"),
            TimeOnly time => BindTime(index, time, time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"HH\:mm\:ss" : @"HH\:mm\:ss.fffffff"),
            DateTimeOffset time => BindTime(index, time, TimeFormat + "zzz"),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, index, 0),
            byte[] bytes => raw.sqlite3_bind_blob(_statement, index, bytes),
            double number => raw.sqlite3_bind_double(_statement, index, number),
            short number => raw.sqlite3_bind_int64(_statement, index, number),
            uint number => raw.sqlite3_bind_int64(_statement, index, number),
            byte number => raw.sqlite3_bind_int64(_statement, index, number),
            _ => throw new NotSupportedException($"A value of {value.GetType().Name} is not bound here yet."),
        };
        SqliteException.ThrowExceptionForRC(code, _database);
    }

    /// <summary>Runs it with what is bound.</summary>
    /// <returns>How many rows it wrote.</returns>
    public int Execute()
    {
        int code = raw.sqlite3_step(_statement);
        if (code != raw.SQLITE_DONE)
        {
            try
            {
                SqliteException.ThrowExceptionForRC(code, _database);
            }
            finally
            {
                raw.sqlite3_reset(_statement);
            }
        }

        int rows = raw.sqlite3_changes(_database);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_statement), _database);
        return rows;
    }

    public void Dispose() => _statement.Dispose();

    private int BindText(int index, string text)
    {
        // An empty span has no address, which SQLite takes for NULL.
        if (text.Length is 0 or > StackBytes / 3)
            return raw.sqlite3_bind_text(_statement, index, text);
        Span<byte> bytes = stackalloc byte[StackBytes];
        return raw.sqlite3_bind_text(_statement, index, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private int BindTime<T>(int index, T time, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> bytes = stackalloc byte[40];
        if (!time.TryFormat(bytes, out int written, format, CultureInfo.InvariantCulture))
            throw new InvalidOperationException("A time is longer than expected.");
        return raw.sqlite3_bind_text(_statement, index, bytes[..written]);
    }
}
