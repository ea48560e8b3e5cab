using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Noctis.Portal.Accounts;

namespace Noctis.Portal.Hosting;

/// <summary>
/// Says on the console where the portal is and, until there is an administrator, the set-up code.
/// Written to standard output and not to the log: a log is kept and shipped elsewhere, and the code is a secret.
/// </summary>
internal sealed class StartupBanner(IServer server, SetupGate setup, IConfiguration configuration) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
        var url = (addresses?.FirstOrDefault() is { } bound ? PortalAddress.ToBrowse(bound).ToString() : "http://localhost:8080/").TrimEnd('/');
        var lines = new List<string>
        {
            "",
            "  Noctis is running.",
            $"  Portal       {url}",
            $"  Data folder  {DataFolder.Of(configuration)}",
        };
        if (await setup.IsNeededAsync(cancellationToken))
        {
            lines.Add("");
            lines.Add($"  First run. Open {url}/setup and enter {setup.Code}");
        }

        lines.Add("");
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
