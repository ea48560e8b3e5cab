using System.Globalization;

namespace Noctis.Dicom.Fuzz;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions(string Target, long Inputs, ulong Seed, string Artifacts, byte[]? Replay)
{
    public const string Usage = """
        dotnet run -c Release --project tests/Noctis.Dicom.Fuzz -- [TARGET|all|list] [--inputs N] [--seed S] [--artifacts FOLDER]
        dotnet run -c Release --project tests/Noctis.Dicom.Fuzz -- TARGET --replay BASE64|FILE

        N is the number of inputs of a cheap target; a costly one takes fewer, see the list. The default is 100000 and seed 1.
        """;

    /// <summary>Reads the command line; null when it says nothing that can be done.</summary>
    public static FuzzOptions? Parse(string[] arguments)
    {
        var options = new FuzzOptions("all", 100_000, 1, Path.Combine("artifacts", "fuzz"), null);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { Target = arguments[i] };
                continue;
            }

            if (i + 1 == arguments.Length)
                return null;
            var value = arguments[++i];
            switch (arguments[i - 1])
            {
                case "--inputs" when long.TryParse(value, CultureInfo.InvariantCulture, out var inputs):
                    options = options with { Inputs = inputs };
                    break;
                case "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--artifacts":
                    options = options with { Artifacts = value };
                    break;
                case "--replay":
                    options = options with { Replay = File.Exists(value) ? File.ReadAllBytes(value) : Convert.FromBase64String(value) };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
