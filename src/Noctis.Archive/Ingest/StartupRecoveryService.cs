using Microsoft.Extensions.Hosting;

namespace Noctis.Archive.Ingest;

/// <summary>Runs <see cref="StartupRecovery"/> when the host starts, before the services that are registered after it: the listeners.</summary>
internal sealed class StartupRecoveryService(StartupRecovery recovery) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => recovery.RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
