using Microsoft.Extensions.Diagnostics.HealthChecks;
using Noctis.Archive.Database;

namespace Noctis.Portal.Hosting;

/// <summary>Ready means that the database answers.</summary>
internal sealed class DatabaseHealthCheck(ICrossTenantDbContextFactory databases) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = databases.CreateAcrossFacilities();
        return await database.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");
    }
}
