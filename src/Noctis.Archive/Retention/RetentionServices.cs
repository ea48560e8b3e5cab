using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

internal static class RetentionServices
{
    /// <summary>Deletion, trash, pins, clean-up, and the settings they go by. Needs what AddIngest makes.</summary>
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
        services.AddSingleton<RetentionCandidates>();
        services.AddSingleton(provider => new RetentionPreview(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<RetentionCandidates>()));
        services.AddSingleton<DiskRoom>();
        services.AddSingleton(provider => new RetentionSweep(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<ICrossTenantDbContextFactory>(),
            provider.GetRequiredService<RetentionCandidates>(), provider.GetRequiredService<StudyDeletion>(), provider.GetRequiredService<DiskRoom>()));
        services.AddSingleton<IMakesRoom, RoomMaker>();
        services.AddSingleton<StorageSettingsQueries>();
        services.AddSingleton<StorageSettingsCommands>();
    }
}
