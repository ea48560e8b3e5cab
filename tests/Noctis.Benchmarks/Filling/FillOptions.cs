using System.Globalization;
using Noctis.Archive.Database;

namespace Noctis.Benchmarks.Filling;

/// <summary>How much is made up, and where.</summary>
internal sealed record FillOptions
{
    public const string Help = """
          --data F              the data folder (Storage:Path), of a Noctis that does not run
          --database D          Sqlite (default) or PostgreSql
          --connection C        the connection string, for PostgreSql
          --facilities N        facilities (default 50); those that are there are used, and as many added as are missing
          --studies N           studies (default 20000)
          --instances N         images (default 1000000)
          --days N              the time over which they came, until now (default 365)
          --files none|sparse   no files (default), or sparse ones of the right length that hold nothing
        """;

    public string Data { get; init; } = "";

    public DatabaseProviderKind Database { get; init; }

    public string Connection { get; init; } = "";

    public int Facilities { get; init; } = 50;

    public int Studies { get; init; } = 20_000;

    public int Instances { get; init; } = 1_000_000;

    public int Days { get; init; } = 365;

    public bool HasFiles { get; init; }

    public static FillOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new FillOptions();
        for (; !arguments.IsEmpty; arguments = arguments[2..])
        {
            if (arguments.Length < 2)
                throw new ArgumentException($"{arguments[0]} is unknown, or has no value.");
            var value = arguments[1];
            options = arguments[0] switch
            {
                "--data" => options with { Data = value },
                "--database" => options with { Database = Enum.Parse<DatabaseProviderKind>(value, ignoreCase: true) },
                "--connection" => options with { Connection = value },
                "--facilities" => options with { Facilities = Number(value) },
                "--studies" => options with { Studies = Number(value) },
                "--instances" => options with { Instances = Number(value) },
                "--days" => options with { Days = Number(value) },
                "--files" when value is "none" or "sparse" => options with { HasFiles = value == "sparse" },
                _ => throw new ArgumentException($"{arguments[0]} {value} is unknown."),
            };
        }

        if (options.Data.Length == 0)
            throw new ArgumentException("--data is missing: the folder that is to be filled.");
        if (options.Facilities < 1 || options.Studies < 1 || options.Instances < options.Studies || options.Days is < 1 or > 600)
            throw new ArgumentException("There has to be a facility and a study at least, an image for each study, and 1 to 600 days.");
        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
