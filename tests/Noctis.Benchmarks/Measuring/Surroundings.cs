using System.Diagnostics;

namespace Noctis.Benchmarks.Measuring;

/// <summary>Says above the tables where and when they were made.</summary>
internal static class Surroundings
{
    /// <summary>Prints two lines.</summary>
    /// <param name="folder">Where files go.</param>
    /// <param name="rounds">Rounds of each cell.</param>
    /// <param name="programs">The versions of others, as <see cref="VersionOf"/> finds them.</param>
    public static void Print(string folder, int rounds, params IEnumerable<string> programs)
    {
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Console.WriteLine(FormattableString.Invariant(
            $"{Environment.ProcessorCount} processors, load {load} at the start, {ProcessFigures.FileSystemOf(folder)} for every target, medians of {rounds} rounds."));
        Console.WriteLine(string.Join("; ", programs.Prepend($".NET {Environment.Version}")) + ".");
    }

    /// <summary>The first line that a program says of itself: the name and the version; what else stands there is decoration.</summary>
    public static string VersionOf(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} does not start.");
        return (process.StandardOutput.ReadLine() ?? program).Trim('$', ' ');
    }
}
