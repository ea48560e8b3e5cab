using Microsoft.Extensions.Diagnostics.HealthChecks;
using Noctis.Gateway.Listeners;

namespace Noctis.Portal.Hosting;

/// <summary>Ready means that senders are answered: every listener has been opened, or has failed for a reason of its own.</summary>
internal sealed class ListenersHealthCheck(IListenerStatusSource listeners) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        listeners.HasSettled
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The listeners are being opened."));
}
