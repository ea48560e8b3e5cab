using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Settings;

namespace Noctis.Archive.Quarantine;

internal static class QuarantineServices
{
    /// <summary>What unknown devices send, set apart. Needs what AddIngest and AddIntegrity make.</summary>
    public static void AddQuarantine(this IServiceCollection services)
    {
        services.AddSingleton<QuarantineChanges>();
        services.AddSingleton<QuarantineIndex>();
        services.AddSingleton<QuarantineFiles>();
        services.AddSingleton<QuarantineQueries>();
        services.AddSingleton(provider => new QuarantineRelease(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<InstanceIngest>(),
            provider.GetRequiredService<QuarantineFiles>(), provider.GetRequiredService<AuditTrail>()));
        services.AddSingleton(provider => new QuarantineDisposal(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<ICrossTenantDbContextFactory>(), provider.GetRequiredService<QuarantineFiles>(),
            provider.GetRequiredService<FacilitySettingsQueries>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<TimeProvider>()));
    }
}
