using System.Globalization;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>dcmtk's dcmsend, which proposes for each file the syntax it is in, and its report.</summary>
public static class DcmSend
{
    /// <summary>Sends files and folders; returns each file and the status it was answered with, null where dcmsend itself could not send it.</summary>
    public static async Task<IReadOnlyList<(string File, ushort? Status)>> SendAsync(
        string reportPath, string calling, string called, int port, params IEnumerable<string> paths)
    {
        var result = await Tool.RunAsync("dcmsend",
        [
            "--no-halt", "--no-uid-checks", "-aet", calling, "-aec", called, "+sd", "+r", "--create-report-file", reportPath,
            "127.0.0.1", port.ToString(CultureInfo.InvariantCulture), .. paths,
        ]);
        if (!File.Exists(reportPath))
            throw new InvalidOperationException($"dcmsend left no report (exit code {result.ExitCode}):\n{result.Output}");

        var sent = new List<(string, ushort?)>();
        var file = "";
        foreach (var line in await File.ReadAllLinesAsync(reportPath))
        {
            if (line.StartsWith("Filename", StringComparison.Ordinal))
                file = Value(line);
            else if (line.StartsWith("DIMSE Status", StringComparison.Ordinal))
                sent.Add((file, Value(line) is ['0', 'x', ..] status ? ushort.Parse(status.AsSpan(2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : null));
        }

        return sent;
    }

    private static string Value(string line) => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
}
