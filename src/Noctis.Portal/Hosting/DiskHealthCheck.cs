using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Noctis.Archive.Storage;

namespace Noctis.Portal.Hosting;

/// <summary>Ready means that there is room: below the floor of free space every object is refused.</summary>
internal sealed class DiskHealthCheck(IDiskSpace disk, IOptions<StorageOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        disk.FreeBytes > options.Value.MinimumFreeGB * 1e9
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The disk is at its floor of free space."));
}
