using System.Diagnostics;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>Runs a tool, of dcmtk mostly. It has nothing to read: its standard input is at its end.</summary>
internal static class DcmtkTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "storescu")));

    /// <summary>Runs a tool to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string name, params IEnumerable<string> arguments) =>
        RunAsync(name, arguments, null);

    /// <summary>Runs a tool to its end, with variables of its environment.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        using var process = Start(name, arguments, environment);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{name} did not end within {Limit}.");
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Starts a tool, without Nagle's algorithm unless the test is about it.</summary>
    public static Process Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TCP_NODELAY"] = "1";
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
