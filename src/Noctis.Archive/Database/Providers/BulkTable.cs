using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Database.Providers;

/// <summary>A table that many rows are inserted into at once, put together from the model: a new column needs no change here. Immutable.</summary>
internal sealed class BulkTable
{
    private BulkTable(string delimitedName, string delimitedColumns, IReadOnlyList<BulkColumn> columns)
    {
        DelimitedName = delimitedName;
        DelimitedColumns = delimitedColumns;
        Columns = columns;
    }

    /// <summary>As SQL wants it.</summary>
    public string DelimitedName { get; }

    public string DelimitedColumns { get; }

    public IReadOnlyList<BulkColumn> Columns { get; }

    public static BulkTable Of<T>(DbContext context)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        IEntityType entity = context.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is no entity.");
        IProperty[] properties = [.. entity.GetProperties()];
        return new BulkTable(
            sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema()),
            string.Join(", ", properties.Select(property => sql.DelimitIdentifier(property.GetColumnName()))),
            [.. properties.Select(property => new BulkColumn(property.GetColumnName(), property.GetRelationalTypeMapping(), property.GetGetter()))]);
    }
}
