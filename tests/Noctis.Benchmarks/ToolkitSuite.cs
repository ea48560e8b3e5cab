using System.Diagnostics;
using Noctis.Benchmarks.Measuring;
using Noctis.Benchmarks.Parsing;
using Noctis.Benchmarks.Storing;

namespace Noctis.Benchmarks;

/// <summary>The toolkit beside others: receiving, memory, parsing. See docs/benchmarks.md for what the figures mean.</summary>
internal static class ToolkitSuite
{
    private const string OtherBuild = "noctis:";
    private const int Pdu128K = 128 * 1024;

    public static async Task<int> RunAsync(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"noctis-bench-{Environment.ProcessId}")).FullName;
        SpreadOnDisk(folder);
        try
        {
            PrintSurroundings(options, folder);
            if (options.Has("ct") || options.Has("small"))
                await StoreAsync(options, folder, cancellationToken);
            if (options.Has("memory"))
                await LargeObject.RunAsync(folder, options.IsQuick, cancellationToken);
            if (options.Has("headers"))
                HeaderBenchmark.Run(options, folder, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task StoreAsync(BenchmarkOptions options, string folder, CancellationToken cancellationToken)
    {
        StoreTarget[] targets =
        [
            .. options.Targets.Select<string, StoreTarget>(name => name switch
            {
                "dcmtk" => new DcmtkTarget(Path.Combine(folder, name), maxPduLength: null),
                "dcmtk-128k" => new DcmtkTarget(Path.Combine(folder, name), Pdu128K),
                "orthanc" => new OrthancTarget(Path.Combine(folder, name)),
                "noctis" => new NoctisTarget(Path.Combine(folder, name)),
                _ when name.StartsWith(OtherBuild, StringComparison.Ordinal) =>
                    new NoctisTarget(Path.Combine(folder, "noctis-other"), name[OtherBuild.Length..]),
                _ => throw new ArgumentException($"{name} is no target."),
            }),
        ];
        try
        {
            var tables = new StoreTables(options, targets);
            if (options.Has("ct"))
                await tables.RunAsync(Workload.Create("CT", folder, options.IsQuick ? 60 : 500, rows: 512, columns: 512), cancellationToken);
            if (options.Has("small"))
                await tables.RunAsync(Workload.Create("small objects", folder, options.IsQuick ? 240 : 2000, rows: 66, columns: 64), cancellationToken);
        }
        finally
        {
            foreach (var target in targets)
                await target.DisposeAsync();
        }
    }

    /// <summary>
    /// Asks ext4 to put each folder in here into a part of the disk of its own, where others have not deleted files minutes ago; see
    /// <see cref="StoreTarget.PrepareAsync"/>. Other file systems know no such wish, and need none.
    /// </summary>
    private static void SpreadOnDisk(string folder)
    {
        using var chattr = Process.Start(new ProcessStartInfo("chattr", ["+T", folder]) { RedirectStandardError = true });
        chattr?.WaitForExit();
    }

    private static void PrintSurroundings(BenchmarkOptions options, string folder)
    {
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        Console.WriteLine(FormattableString.Invariant(
            $"{Environment.ProcessorCount} processors, load {load} at the start, {ProcessFigures.FileSystemOf(folder)} for every target, medians of {options.Rounds} rounds."));
        Console.WriteLine($".NET {Environment.Version}; {VersionOf("storescp")}; {VersionOf("Orthanc")}.");
    }

    // The first line says the name and the version; what else stands there is decoration.
    private static string VersionOf(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{program} does not start.");
        return (process.StandardOutput.ReadLine() ?? program).Trim('$', ' ');
    }
}
