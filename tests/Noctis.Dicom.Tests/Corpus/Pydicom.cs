using System.Diagnostics;
using System.Globalization;

namespace Noctis.Dicom.Tests.Corpus;

/// <summary>Reads files with pydicom, as somebody else's opinion of what is in them.</summary>
public static class Pydicom
{
    public const string SkipReason = "Needs Debian's python3-pydicom.";

    private const string Python = "/usr/bin/python3";

    /// <summary>Where the test run must be complete (CI), nothing is skipped for a missing tool: it fails.</summary>
    public static bool IsSkipped => !File.Exists(Python) || !Directory.Exists("/usr/lib/python3/dist-packages/pydicom")
        ? string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
        : false;

    /// <summary>The elements of each file; throws for one that pydicom cannot read.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<ListedElement>> Read(IEnumerable<string> paths) =>
        Parse(Run("read_with_pydicom.py", paths));

    /// <summary>Runs a script of this folder on lines of input; its output. Throws when it fails.</summary>
    public static string Run(string script, IEnumerable<string> input, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "Corpus", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} does not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        foreach (var line in input)
            process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"pydicom ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output.GetAwaiter().GetResult();
    }

    private static Dictionary<string, IReadOnlyList<ListedElement>> Parse(string output)
    {
        var files = new Dictionary<string, IReadOnlyList<ListedElement>>();
        var current = new List<ListedElement>();
        var path = "";
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "F":
                    path = line[2..];
                    files.Add(path, current = []);
                    break;
                case "I":
                    current.Add(new ListedElement(words[1], "item", 0, ""));
                    break;
                case "E":
                    current.Add(new ListedElement(words[1], words[2], int.Parse(words[3], CultureInfo.InvariantCulture), words[4]));
                    break;
                default:
                    throw new InvalidDataException($"{path}: pydicom says {line}");
            }
        }

        return files;
    }
}
