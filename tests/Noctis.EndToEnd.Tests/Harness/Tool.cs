using System.Diagnostics;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>What a command-line tool answered: its exit code and all it printed.</summary>
public sealed record ToolResult(int ExitCode, string Output);

/// <summary>Runs the DICOM tools of other people: dcmtk, GDCM.</summary>
public static class Tool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<ToolResult> RunAsync(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end in {Limit}.");
        }

        return new ToolResult(process.ExitCode, await output + await errors);
    }
}
