using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Noctis.Benchmarks.Measuring;

/// <summary>A server that runs beside the benchmark, and ends with it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private const int LinesKept = 60;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = [];
    private readonly StringBuilder _errors = new();
    private bool _isOutputRead;

    private ServerProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Whether it ends when its input does, and need not be killed.</summary>
    public bool EndsWithItsInput { get; set; }

    /// <summary>When the system started it.</summary>
    public DateTime StartTime => _process.StartTime;

    /// <summary>Starts a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ServerProcess Start(string program, params IEnumerable<string> arguments) => Start(new ProcessStartInfo(program, arguments));

    /// <summary>Starts a program in a folder and with an environment of its own.</summary>
    public static ServerProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;

        // dcmtk and Orthanc leave Nagle's algorithm on unless told otherwise, and would wait for acknowledgements of their answers.
        start.Environment["TCP_NODELAY"] = "1";
        return new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start."));
    }

    /// <summary>Waits for a line of output that begins like this, and returns the rest of it. Only our own programs say one, and end with their input.</summary>
    public async Task<string> WaitForLineAsync(string prefix)
    {
        EndsWithItsInput = true;
        using var limit = new CancellationTokenSource(StartLimit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
                return line[prefix.Length..];
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended before it was ready: {Errors()}");
    }

    /// <summary>Waits until a port of the loopback interface takes connections.</summary>
    public Task WaitForPortAsync(int port) => WaitForAsync(async limit =>
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, limit);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    /// <summary>Asks again and again until the server is ready, and says why when it ends before.</summary>
    public async Task WaitForAsync(Func<CancellationToken, Task<bool>> isReady, TimeSpan? pollInterval = null)
    {
        if (!_isOutputRead)
        {
            _isOutputRead = true;
            _process.OutputDataReceived += (_, line) => Keep(line.Data);
            _process.BeginOutputReadLine();
        }

        using var limit = new CancellationTokenSource(StartLimit);
        while (!await isReady(limit.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode} before it was ready: {Errors()}");
            await Task.Delay(pollInterval ?? PollInterval, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Programs that are made for this end with their input; the others know no gentler word.
            _process.StandardInput.Close();
            if (!EndsWithItsInput)
                _process.Kill();
            using var limit = new CancellationTokenSource(EndLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    /// <summary>The last lines that it has printed, for whoever has to find out why it did not do its work.</summary>
    public string LastLines()
    {
        lock (_lastLines)
            return string.Join(Environment.NewLine, _lastLines);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
                _lastLines.Dequeue();
        }
    }

    private string Errors()
    {
        lock (_errors)
            return _errors.ToString().Trim();
    }
}
