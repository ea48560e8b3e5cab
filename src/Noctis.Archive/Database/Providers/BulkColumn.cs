using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Noctis.Archive.Database.Providers;

/// <summary>A column of a <see cref="BulkTable"/>. Immutable.</summary>
internal sealed class BulkColumn(string name, RelationalTypeMapping mapping, IClrPropertyGetter getter)
{
    public string Name => name;

    public RelationalTypeMapping Mapping => mapping;

    /// <summary>As which values are sent.</summary>
    public Type ProviderType { get; } = Nullable.GetUnderlyingType(mapping.Converter?.ProviderClrType ?? mapping.ClrType) ?? mapping.Converter?.ProviderClrType ?? mapping.ClrType;

    /// <summary>A row's value as it is sent; null for none.</summary>
    public object? ValueOf(object row)
    {
        object? value = getter.GetClrValue(row);
        return value is null || mapping.Converter is not { } converter ? value : converter.ConvertToProvider(value);
    }
}
