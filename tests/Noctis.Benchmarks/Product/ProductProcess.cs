using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using Noctis.Benchmarks.Measuring;

namespace Noctis.Benchmarks.Product;

/// <summary>The whole product as a process of its own.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    // What looks must not take the processor from what is looked at.
    private static readonly TimeSpan SeldomEnough = TimeSpan.FromMilliseconds(25);

    private readonly ServerProcess _server;
    private readonly HttpClient _http;

    private ProductProcess(ProductSettings settings, ServerProcess server)
    {
        _server = server;
        _http = new HttpClient { BaseAddress = new Uri(settings.Configuration["Portal:Url"]!) };
    }

    public int Id => _server.Id;

    /// <summary>How long ago the system started it.</summary>
    public TimeSpan Age => DateTime.Now - _server.StartTime;

    /// <summary>Starts it; it is not ready yet.</summary>
    public static ProductProcess Start(ProductSettings settings)
    {
        Directory.CreateDirectory(settings.Folder);
        var start = new ProcessStartInfo(Path.Combine(settings.Build, "Noctis.Portal")) { WorkingDirectory = settings.Folder };
        foreach (var (key, value) in settings.Configuration.Concat(settings.Environment))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new ProductProcess(settings, ServerProcess.Start(start));
    }

    /// <summary>Waits until it says that it can do its work.</summary>
    public Task WaitUntilReadyAsync() => _server.WaitForAsync(async limit =>
    {
        try
        {
            using var answer = await _http.GetAsync("/health/ready", limit);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, SeldomEnough);

    /// <summary>Waits until a port takes connections.</summary>
    public Task WaitForPortAsync(int port) => _server.WaitForPortAsync(port);

    /// <summary>Waits until all ports of a run are listened on, without touching them: a connection is work for the other side.</summary>
    public Task WaitForListenersAsync(int firstPort, int count) => _server.WaitForAsync(_ => Task.FromResult(
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Count(point => point.Port >= firstPort && point.Port < firstPort + count) >= count), SeldomEnough);

    /// <summary>What it has said last.</summary>
    public string LastLines() => _server.LastLines();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
