using System.Reflection;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Ingest;

/// <summary>The properties of a row that come from the DICOM header, see <see cref="FromHeaderAttribute"/>.</summary>
internal static class HeaderAttributes<T>
    where T : class
{
    private static readonly Attribute[] All = [.. typeof(T).GetProperties()
        .Select(property => (property, mark: property.GetCustomAttribute<FromHeaderAttribute>()))
        .Where(found => found.mark is not null)
        .Select(found => new Attribute(found.property, TagOf(found.property), found.mark!.MaxLength))];

    public static IEnumerable<DicomTag> Tags => All.Select(attribute => attribute.Tag);

    public static void Read(DicomDataset header, T row)
    {
        foreach (Attribute attribute in All)
        {
            if (ValueOf(header, attribute) is { } value) attribute.Property.SetValue(row, value);
        }
    }

    /// <summary>Takes over what a newer object says. What it does not say stays: an absent value is no correction.</summary>
    /// <returns>Whether anything changed.</returns>
    public static bool Merge(T newer, T row)
    {
        bool changed = false;
        foreach (Attribute attribute in All)
        {
            object? value = attribute.Property.GetValue(newer);
            if (value is null or "" || value.Equals(attribute.Property.GetValue(row))) continue;
            attribute.Property.SetValue(row, value);
            changed = true;
        }

        return changed;
    }

    private static object? ValueOf(DicomDataset header, Attribute attribute)
    {
        if (!header.Contains(attribute.Tag)) return null;
        if (attribute.Type == typeof(string)) return Text(header, attribute);
        if (attribute.Type == typeof(DateOnly)) return header.GetDate(attribute.Tag);
        if (attribute.Type == typeof(TimeOnly)) return header.GetTime(attribute.Tag);
        if (attribute.Type == typeof(int)) return header.GetInt32(attribute.Tag);
        throw new NotSupportedException($"{typeof(T).Name}.{attribute.Property.Name}");
    }

    private static string? Text(DicomDataset header, Attribute attribute)
    {
        IReadOnlyList<string> values = header.GetStrings(attribute.Tag);
        return IndexText.Clean(values.Count == 1 ? values[0] : string.Join('\\', values), attribute.MaxLength);
    }

    private static DicomTag TagOf(PropertyInfo property) =>
        DicomDictionary.Find(property.Name)?.Tag ?? throw new InvalidOperationException($"{property.Name} is no keyword of the standard.");

    private sealed record Attribute(PropertyInfo Property, DicomTag Tag, int MaxLength)
    {
        public Type Type { get; } = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
    }
}
