using System.Globalization;

namespace Noctis.Dicom.Data;

/// <summary>An AS (PS3.5 6.2): 018M is 18 months.</summary>
/// <param name="Count">How many units.</param>
/// <param name="Unit">D for days, W for weeks, M for months, Y for years.</param>
public readonly record struct DicomAge(int Count, char Unit)
{
    /// <summary>Reads an AS, also with fewer than three digits, in lower case or with spaces around it. False for anything else.</summary>
    public static bool TryParse(string? text, out DicomAge age)
    {
        age = default;
        var rest = text.AsSpan().Trim(" \0");
        if (rest.Length is < 2 or > 4 || char.ToUpperInvariant(rest[^1]) is not ('D' or 'W' or 'M' or 'Y')
            || !int.TryParse(rest[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        age = new DicomAge(count, char.ToUpperInvariant(rest[^1]));
        return true;
    }

    /// <summary>The form of the standard: 018M.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count:000}{Unit}");
}
