using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

internal static class RetentionServices
{
    /// <summary>Deletion, trash, pins and clean-up. Needs what AddIngest makes.</summary>
    public static void AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<FacilityTransactions>();
        services.AddSingleton<TrashedStudyRemoval>();
        services.AddSingleton<TrashParts>();
        services.AddSingleton(provider => new StudyDeletion(
            provider.GetRequiredService<FacilityTransactions>(), provider.GetRequiredService<IdGenerator>(), provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<StudyEvents>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StudyRestore(
            provider.GetRequiredService<FacilityTransactions>(), provider.GetRequiredService<IdGenerator>(), provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<StudyEvents>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StudyPins(
            provider.GetRequiredService<FacilityTransactions>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<StudyEvents>()));
        services.AddSingleton(provider => new TrashEmptying(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<ICrossTenantDbContextFactory>(),
            provider.GetRequiredService<TrashParts>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TrashEmptying>>()));
        services.AddSingleton<TrashQueries>();
    }
}
