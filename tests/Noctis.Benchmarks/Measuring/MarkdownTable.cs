using System.Globalization;

namespace Noctis.Benchmarks.Measuring;

/// <summary>Prints a table that is readable as it is and in a page.</summary>
internal sealed class MarkdownTable
{
    /// <summary>Prints the head.</summary>
    public MarkdownTable(params string[] columns)
    {
        Print(columns);
        Print(Array.ConvertAll(columns, static _ => "---:"));
    }

    /// <summary>Prints a row.</summary>
    public void Add(params string[] cells) => Print(cells);

    /// <summary>A number with three digits that say something, at most.</summary>
    public static string Number(double value) => double.IsFinite(value)
        ? value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture)
        : "-";

    private static void Print(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
