using System.Globalization;

namespace Noctis.Benchmarks;

/// <summary>What is measured and how often.</summary>
public sealed record BenchmarkOptions
{
    public const string Help = """
          --quick               few files, few rounds: shows that everything runs, not how fast
          --rounds N            rounds of each cell (default 9); half of them with Nagle's algorithm
          --associations A,B    numbers of associations (default 1,4,16)
          --targets A,B         of dcmtk, dcmtk-128k, orthanc, noctis (default: all), and noctis:PROGRAM,
                                the Noctis.Benchmarks of another build
          --parts A,B           of ct, small, nagle, memory, headers (default: all)
          --folder F            where files go; a folder of its own is made in it and deleted (default: the temporary folder)
        """;

    public bool IsQuick { get; init; }

    public int Rounds { get; init; } = 9;

    /// <summary>Rounds with Nagle's algorithm on and off: twice the work of another round.</summary>
    public int NagleRounds => (Rounds + 1) / 2;

    public IReadOnlyList<int> Associations { get; init; } = [1, 4, 16];

    public IReadOnlyList<string> Targets { get; init; } = ["dcmtk", "dcmtk-128k", "orthanc", "noctis"];

    public IReadOnlyList<string> Parts { get; init; } = ["ct", "small", "nagle", "memory", "headers"];

    public string Folder { get; init; } = Path.GetTempPath();

    public bool Has(string part) => Parts.Contains(part);

    public static BenchmarkOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchmarkOptions();
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
                _ => throw new ArgumentException($"{arguments[0]} is unknown."),
            };
            arguments = arguments[2..];
        }

        return options;
    }

    private static string[] Split(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
