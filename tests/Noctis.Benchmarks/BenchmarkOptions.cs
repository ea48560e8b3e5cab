using System.Globalization;

namespace Noctis.Benchmarks;

/// <summary>What is measured and how often.</summary>
public sealed record BenchmarkOptions
{
    public const string Help = """
          --quick               few files, few rounds: shows that everything runs, not how fast
          --rounds N            rounds of each cell (default 9)
          --associations A,B    numbers of associations (default 1,4,16)
          --folder F            where files go; a folder of its own is made in it and deleted (default: the temporary folder)
        """;

    public bool IsQuick { get; init; }

    public int Rounds { get; init; } = 9;

    /// <summary>Rounds with Nagle's algorithm on and off: twice the work of another round.</summary>
    public int NagleRounds => (Rounds + 1) / 2;

    public IReadOnlyList<int> Associations { get; init; } = [1, 4, 16];

    public IReadOnlyList<string> Targets { get; init; } = [];

    public IReadOnlyList<string> Parts { get; init; } = [];

    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>The folder with the portal's Release build.</summary>
    public string Portal { get; init; } = Path.Combine(AppContext.BaseDirectory, "..", "portal");

    /// <summary>How many studies are there before; null for as many as the suite has by itself.</summary>
    public int? Studies { get; init; }

    /// <summary>How many facilities; null for as many as the suite has by itself.</summary>
    public int? Facilities { get; init; }

    public bool Has(string part) => Parts.Contains(part);

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">What stands after the name of the suite.</param>
    /// <param name="defaults">What the suite does when nothing is said.</param>
    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments, BenchmarkOptions defaults)
    {
        var options = defaults;
        while (!arguments.IsEmpty)
        {
            if (arguments[0] == "--quick")
            {
                options = options with { IsQuick = true, Rounds = Math.Min(options.Rounds, 2), Associations = [1, 4] };
                arguments = arguments[1..];
                continue;
            }

            if (arguments.Length < 2)
                throw new ArgumentException($"{arguments[0]} is unknown, or has no value.");
            var value = arguments[1];
            options = arguments[0] switch
            {
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--associations" => options with { Associations = [.. Split(value).Select(text => int.Parse(text, CultureInfo.InvariantCulture))] },
                "--targets" => options with { Targets = Split(value) },
                "--parts" => options with { Parts = Split(value) },
                "--folder" => options with { Folder = value },
                "--facilities" => options with { Facilities = int.Parse(value, CultureInfo.InvariantCulture) },
                "--studies" => options with { Studies = int.Parse(value, CultureInfo.InvariantCulture) },
                "--portal" => options with { Portal = value },
                _ => throw new ArgumentException($"{arguments[0]} is unknown."),
            };
            arguments = arguments[2..];
        }

        return options;
    }

    private static string[] Split(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
