using System.Data.Common;

namespace Noctis.Archive.Database.Providers;

/// <summary>
/// A statement without a result that is run many times over one connection. Its parameters are called @p0, @p1 … and stand in its text in that
/// order, each once. Not thread safe; to be disposed of before its connection.
/// </summary>
internal interface IPreparedWrite : IDisposable
{
    /// <summary>Runs it in the transaction that the connection is in.</summary>
    /// <param name="values">As the model has them; a converter is applied here.</param>
    /// <param name="transaction">The connection's.</param>
    /// <returns>How many rows it wrote.</returns>
    int Execute(IReadOnlyList<object?> values, DbTransaction? transaction);
}
