using System.Diagnostics;

namespace Noctis.Benchmarks.Storing;

/// <summary>dcmtk's storescu, a process an association, each with its share of the files.</summary>
internal static class Senders
{
    /// <summary>What senders call themselves and the server: the AE title of the facility, where the server has one.</summary>
    public const string AETitle = "BENCH";

    // A round that takes longer is a server that hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Sends all files of a workload once.</summary>
    /// <param name="workload">The files.</param>
    /// <param name="port">Where to, on loopback.</param>
    /// <param name="associations">How many senders.</param>
    /// <param name="nagle">Whether they leave Nagle's algorithm on, as they do by themselves.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>The time from the start of the first to the end of the last, their own start included.</returns>
    public static async Task<TimeSpan> SendAsync(
        Workload workload, int port, int associations, bool nagle, CancellationToken cancellationToken)
    {
        var shares = Enumerable.Range(0, associations)
            .Select(sender => workload.Files.Where((_, at) => at % associations == sender).ToArray())
            .Where(share => share.Length > 0)
            .ToArray();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Array.ConvertAll(shares, share => RunAsync(workload.Folder, share, port, nagle, cancellationToken)));
        return clock.Elapsed;
    }

    private static async Task RunAsync(string folder, string[] files, int port, bool nagle, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("storescu", ["--required", "-aet", AETitle, "-aec", AETitle, "127.0.0.1", FormattableString.Invariant($"{port}"), .. files])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TCP_NODELAY"] = nagle ? "0" : "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("storescu does not start.");
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"storescu did not end within {Limit}.");
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"storescu ended with {process.ExitCode}: {await errors}{await output}");
    }
}
