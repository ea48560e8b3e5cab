using Noctis.Archive;

namespace Noctis.Portal.Components;

/// <summary>What is wrong with a form, by field: each message stands under its input, the rest above the form.</summary>
internal sealed class FieldErrors
{
    public static readonly FieldErrors None = new([]);

    private readonly Dictionary<string, string> _byField;

    public FieldErrors(IEnumerable<Error> errors)
    {
        var all = errors.SelectMany(Flatten).ToList();
        _byField = all.Where(error => error.Field is not null)
            .GroupBy(error => error.Field!, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(" ", group.Select(error => error.Message)), StringComparer.OrdinalIgnoreCase);
        General = all.Find(error => error.Field is null);
    }

    public FieldErrors(Error error)
        : this([error])
    {
    }

    public bool Any => _byField.Count > 0 || General is not null;

    /// <summary>How many fields are marked.</summary>
    public int Count => _byField.Count;

    /// <summary>The failure that is about no field.</summary>
    public Error? General { get; }

    public string? Of(string field) => _byField.GetValueOrDefault(field);

    private static IEnumerable<Error> Flatten(Error error) => error is InvalidFieldsError several ? several.Errors.SelectMany(Flatten) : [error];
}
