using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Noctis.Testing;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>
/// The product as a process of its own, started from the portal's build output on a data folder and ports that
/// belong to one test, so that it can be killed and started again as a machine would.
/// </summary>
public sealed partial class NoctisProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _setupCode = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NoctisProcess(NoctisSettings settings, Process process)
    {
        Settings = settings;
        _process = process;
    }

    public NoctisSettings Settings { get; }

    public Uri Url => Settings.Url;

    public int Id => _process.Id;

    /// <summary>Completes when the process has ended, for whatever reason.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>All that the process has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The one-time code of the first run, as printed on the console.</summary>
    public Task<string> SetupCode => _setupCode.Task;

    /// <summary>Starts the product and waits until it says that it is ready.</summary>
    public static async Task<NoctisProcess> StartAsync(NoctisSettings settings)
    {
        var noctis = Launch(settings);
        try
        {
            await noctis.WaitUntilReadyAsync();
        }
        catch
        {
            await noctis.DisposeAsync();
            throw;
        }

        return noctis;
    }

    /// <summary>Starts the product and does not wait for anything.</summary>
    public static NoctisProcess Launch(NoctisSettings settings)
    {
        Directory.CreateDirectory(settings.Folder);
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = settings.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Repository.PortalAssembly },
        };
        foreach (var (key, value) in settings.Environment)
        {
            start.Environment[key] = value;
        }

        var process = new Process { StartInfo = start };
        var noctis = new NoctisProcess(settings, process);
        process.OutputDataReceived += (_, line) => noctis.Append(line.Data);
        process.ErrorDataReceived += (_, line) => noctis.Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return noctis;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it, and wait for the end.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        var code = SetupCodePattern().Match(line);
        if (code.Success)
        {
            _setupCode.TrySetResult(code.Value);
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var http = new HttpClient { BaseAddress = Url };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"Noctis ended with code {_process.ExitCode} before it was ready:\n{Output}");
            }

            try
            {
                using var answer = await http.GetAsync("/health/ready", limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException)
            {
                throw new InvalidOperationException($"Noctis was not ready in {StartLimit}:\n{Output}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The printed form of the code: two groups of four.</summary>
    [GeneratedRegex(@"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")]
    private static partial Regex SetupCodePattern();
}
