using Noctis.Archive.Storage;
using Noctis.Portal.Components;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Storage;

/// <summary>What was stored over a while, ready to be drawn: values from oldest to newest, marks below and beside, and the whole in words.</summary>
public sealed record StorageSeries(IReadOnlyList<double> Values, IReadOnlyList<string> Axis, string Label)
{
    private const int Marks = 4;
    private const int MostLines = 5;

    /// <param name="history">What is known; days before its first are days on which nothing was stored.</param>
    /// <param name="days">How many to draw.</param>
    /// <param name="today">In UTC, as the history's days are.</param>
    public static StorageSeries Create(StorageHistory history, int days, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(history);
        var known = history.Points.ToDictionary(point => point.Day, point => (double)point.Bytes);
        var drawn = Enumerable.Range(0, days).Select(index => today.AddDays(index + 1 - days)).ToList();
        List<double> values = [.. drawn.Select(day => known.GetValueOrDefault(day))];
        var axis = Enumerable.Range(0, Marks).Select(mark => drawn[mark * (days - 1) / Marks].ToString("d MMM", Viewer.Culture)).Append("today");
        return new StorageSeries(values, [.. axis],
            $"Stored over the last {days} days: {SizeText.Of((long)values[0])} at first, {SizeText.Of((long)values[^1])} today, {SizeText.Of((long)values.Max())} at most");
    }

    /// <summary>Round figures to draw lines at, below a highest one.</summary>
    public static IReadOnlyList<double> Lines(double highest)
    {
        if (highest <= 0)
            return [];
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        var step = new[] { power / 5, power / 2, power, power * 2, power * 5 }.First(step => highest / step <= MostLines);
        return [.. Enumerable.Range(1, MostLines).Select(number => number * step).Where(line => line <= highest)];
    }
}
