using System.Reflection;

namespace Noctis.Archive.Ingest;

/// <summary>A statement that writes one row of an entity, and the properties that fill its parameters in order.</summary>
internal sealed record WriteStatement<T>(IndexStatement Statement, IReadOnlyList<PropertyInfo> Properties)
{
    public object?[] ValuesOf(T row)
    {
        var values = new object?[Properties.Count];
        for (int i = 0; i < values.Length; i++) values[i] = Properties[i].GetValue(row);
        return values;
    }
}
