using System.Globalization;

namespace Noctis.Dicom.Data;

/// <summary>How many values an element may have (PS3.5 6.4): "1", "1-3", "1-n", "2-2n".</summary>
/// <param name="Minimum">Fewest values.</param>
/// <param name="Maximum">Most values; null when there is no limit.</param>
/// <param name="Step">Of an open range: the count is a multiple of it. 1 otherwise.</param>
public readonly record struct DicomValueMultiplicity(int Minimum, int? Maximum, int Step)
{
    /// <summary>One value or more: what holds for elements that no dictionary knows.</summary>
    public static DicomValueMultiplicity Any => new(1, null, 1);

    /// <summary>Reads the notation of PS3.6.</summary>
    /// <exception cref="FormatException">The text is not in that notation.</exception>
    public static DicomValueMultiplicity Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return new(Number(text), Number(text), 1);
        var minimum = Number(text.AsSpan(0, dash));
        var upper = text.AsSpan(dash + 1);
        if (upper is not [.., 'n'])
            return new(minimum, Number(upper), 1);
        return new(minimum, null, upper.Length == 1 ? 1 : Number(upper[..^1]));

        static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether so many values are allowed. No values at all is a matter of the attribute's type, not of this: true.</summary>
    public bool Allows(int count) =>
        count == 0 || (count >= Minimum && (Maximum is null || count <= Maximum) && count % Step == 0);

    /// <summary>The notation of PS3.6.</summary>
    public override string ToString() => (Maximum, Step) switch
    {
        (null, 1) => string.Create(CultureInfo.InvariantCulture, $"{Minimum}-n"),
        (null, _) => string.Create(CultureInfo.InvariantCulture, $"{Minimum}-{Step}n"),
        _ when Maximum == Minimum => Minimum.ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Minimum}-{Maximum}"),
    };
}
