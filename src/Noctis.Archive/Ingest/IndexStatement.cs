using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>One SQL statement with parameters @p0, @p1 … whose types the model knows. Compared by reference: it is the key of its prepared form.</summary>
internal sealed class IndexStatement(string sql, IReadOnlyList<RelationalTypeMapping> parameters)
{
    /// <summary>Its text, the same on every database but for the quotes.</summary>
    public string Sql { get; } = sql;

    /// <summary>How each parameter is sent.</summary>
    public IReadOnlyList<RelationalTypeMapping> Parameters { get; } = parameters;
}
