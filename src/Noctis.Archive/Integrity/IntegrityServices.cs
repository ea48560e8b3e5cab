using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Jobs;

namespace Noctis.Archive.Integrity;

internal static class IntegrityServices
{
    /// <summary>The checks that rows and files agree, and what they found.</summary>
    public static void AddIntegrity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntegrityOptions>().Bind(configuration.GetSection(IntegrityOptions.Section))
            .Validate(options => options.MegabytesPerSecond is >= 0 and <= 10_000, "Integrity:MegabytesPerSecond must be between 0 (off) and 10000.")
            .Validate(options => options.HoursBetweenRounds is >= 0 and <= 8760, "Integrity:HoursBetweenRounds must be between 0 and 8760, a year.")
            .ValidateOnStart();
        services.AddSingleton<JobCursors>();
        services.AddSingleton<JobPauses>();
        services.AddSingleton<StoredFiles>();
        services.AddSingleton<FileVerifier>();
        services.AddSingleton<FileFaults>();
        services.AddSingleton<StoragePresence>();
        services.AddSingleton<IntegrityParts>();
        services.AddSingleton(provider => new IntegrityCheck(
            provider.GetRequiredService<IntegrityParts>(), provider.GetRequiredService<JobCursors>(), provider.GetRequiredService<IOptions<IntegrityOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IntegrityCheck>>()));
        services.AddSingleton<FacilityFolder>();
        services.AddSingleton<FilesWithoutRows>();
        services.AddSingleton<RowsWithoutFiles>();
        services.AddSingleton<OrphanIndex>();
        services.AddSingleton<IOrphanAdoption, OrphanAdoption>();
        services.AddSingleton<OrphanSettlement>();
        services.AddSingleton(provider => new OrphanCheck(
            provider.GetRequiredService<ICrossTenantDbContextFactory>(), provider.GetRequiredService<StoragePresence>(), provider.GetRequiredService<FacilityFolder>(),
            provider.GetRequiredService<FilesWithoutRows>(), provider.GetRequiredService<OrphanSettlement>(), provider.GetRequiredService<RowsWithoutFiles>()));
        services.AddSingleton<FaultQueries>();
    }
}
