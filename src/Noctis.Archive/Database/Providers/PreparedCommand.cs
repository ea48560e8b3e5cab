using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Database.Providers;

/// <summary>A command whose parameters are made once and filled anew each time. Not thread safe.</summary>
internal sealed class PreparedCommand(DbConnection connection, string sql, IReadOnlyList<RelationalTypeMapping> parameters, int? timeout) : IPreparedWrite
{
    private DbCommand? _command;

    public int Execute(IReadOnlyList<object?> values, DbTransaction? transaction) => Fill(values, transaction).ExecuteNonQuery();

    /// <summary>The command with these values, to be run before it is filled again.</summary>
    public DbCommand Fill(IReadOnlyList<object?> values, DbTransaction? transaction)
    {
        if (_command is null)
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
            _command.CommandTimeout = timeout ?? _command.CommandTimeout;
            for (int i = 0; i < parameters.Count; i++)
                _command.Parameters.Add(parameters[i].CreateParameter(_command, "@p" + i, values[i], nullable: true));
        }
        else
        {
            for (int i = 0; i < parameters.Count; i++)
                _command.Parameters[i].Value = ToDatabase(parameters[i], values[i]);
        }

        _command.Transaction = transaction;
        return _command;
    }

    public void Dispose() => _command?.Dispose();

    private static object ToDatabase(RelationalTypeMapping mapping, object? value) =>
        value is null ? DBNull.Value : mapping.Converter?.ConvertToProvider(value) ?? value;
}
