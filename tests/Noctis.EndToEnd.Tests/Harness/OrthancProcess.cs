using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Noctis.EndToEnd.Tests.Harness;

/// <summary>A real Orthanc on loopback, with one modality configured: the facility it sends to.</summary>
public sealed class OrthancProcess : IAsyncDisposable
{
    private const string Modality = "noctis";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly HttpClient _http;

    private OrthancProcess(Process process, HttpClient http)
    {
        _process = process;
        _http = http;
    }

    /// <param name="folder">Where its configuration and storage go.</param>
    /// <param name="aeTitle">What it calls itself.</param>
    /// <param name="calledAETitle">The facility's AE title.</param>
    /// <param name="port">The facility's port.</param>
    public static async Task<OrthancProcess> StartAsync(string folder, string aeTitle, string calledAETitle, int port)
    {
        var ports = FreePort.Take(2);
        var configuration = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(configuration, JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["Name"] = "Sender",
            ["StorageDirectory"] = Path.Combine(folder, "orthanc-storage"),
            ["IndexDirectory"] = Path.Combine(folder, "orthanc-storage"),
            ["Plugins"] = Array.Empty<string>(),
            ["HttpPort"] = ports[0],
            ["DicomPort"] = ports[1],
            ["DicomAet"] = aeTitle,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = false,
            ["DicomModalities"] = new Dictionary<string, object[]> { [Modality] = [calledAETitle, "127.0.0.1", port] },
        }));
        var start = new ProcessStartInfo("Orthanc", [configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var orthanc = new OrthancProcess(process, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[0]}") });
        try
        {
            await orthanc.WaitUntilReadyAsync();
        }
        catch
        {
            await orthanc.DisposeAsync();
            throw;
        }

        return orthanc;
    }

    /// <summary>Gives Orthanc a file of its own and returns the identifier of the study it belongs to there.</summary>
    public async Task<string> UploadAsync(string path)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path));
        using var answer = await _http.PostAsync("/instances", content);
        answer.EnsureSuccessStatusCode();
        var instance = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return instance.GetProperty("ParentStudy").GetString()!;
    }

    public async Task<bool> EchoAsync()
    {
        using var answer = await _http.PostAsJsonAsync($"/modalities/{Modality}/echo", new { });
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Sends a study by C-STORE and returns how many instances Orthanc says arrived and how many failed.</summary>
    public async Task<(int Sent, int Failed)> SendStudyAsync(string study)
    {
        using var answer = await _http.PostAsJsonAsync($"/modalities/{Modality}/store", new Dictionary<string, object> { ["Resources"] = new[] { study }, ["Synchronous"] = true });
        answer.EnsureSuccessStatusCode();
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (result.GetProperty("InstancesCount").GetInt32(), result.GetProperty("FailedInstancesCount").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"Orthanc ended with code {_process.ExitCode} before it was ready.");
            }

            try
            {
                using var answer = await _http.GetAsync("/system", limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }
}
