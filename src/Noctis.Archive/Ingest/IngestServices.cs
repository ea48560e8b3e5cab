using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

internal static class IngestServices
{
    /// <summary>Storage, ingest and studies. Everything is a singleton: there is one disk and one index.</summary>
    public static void AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section))
            .Validate(options => !string.IsNullOrWhiteSpace(options.Path), "Storage:Path is empty. Set it to the folder that is to hold the images.")
            .Validate(options => options.FlushThreads is >= 1 and <= 256, "Storage:FlushThreads must be between 1 and 256.")
            .Validate(options => options.HoldUpToKB is >= 0 and <= 60, "Storage:HoldUpToKB must be between 0 and 60.")
            .Validate(options => options.MinimumFreeGB is >= 0 and <= 1_000_000, "Storage:MinimumFreeGB must be between 0 and 1000000 GB.")
            .Validate(options => options.WarnFreeGB is >= 0 and <= 1_000_000, "Storage:WarnFreeGB must be between 0 and 1000000 GB.")
            .ValidateOnStart();
        services.AddOptions<StudiesOptions>().Bind(configuration.GetSection(StudiesOptions.Section))
            .Validate(options => options.CompleteAfterSeconds is >= 10 and <= 86_400, "Studies:CompleteAfterSeconds must be between 10 and 86400; 60 suits most sites.")
            .ValidateOnStart();
        services.AddSingleton<StudyCompletion>();
        services.AddSingleton<StorageStatistics>();
        services.AddSingleton<IFileSystem, LocalFileSystem>();
        services.AddSingleton(provider => new StoragePaths(provider.GetRequiredService<IOptions<StorageOptions>>().Value.Path));
        services.AddSingleton<IDiskSpace, LocalDiskSpace>();
        services.AddSingleton(provider => new HeldFiles(
            provider.GetRequiredService<IFileSystem>(),
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.Kind == DatabaseProviderKind.Sqlite
                ? provider.GetRequiredService<IOptions<StorageOptions>>().Value.HoldUpToKB * 1024
                : 0));
        services.AddSingleton<ObjectStore>();
        services.AddHostedService<HeldFilesFlusher>();
        services.AddSingleton<IFacilityDataRemover, FacilityFilesRemover>();
        services.AddSingleton(provider => new DiskThreads(provider.GetRequiredService<IOptions<StorageOptions>>().Value.FlushThreads));
        services.AddSingleton<StudyEvents>();
        services.AddSingleton(provider => new IngestMetrics(provider.GetService<IMeterFactory>(), provider.GetRequiredService<IDiskSpace>()));
        services.AddSingleton<IndexWriter>();
        services.AddSingleton<IndexLookup>();
        services.AddSingleton<DoubtfulFiles>();
        services.AddSingleton<DiskFloor>();
        services.AddSingleton<StorageTerms>();
        services.AddSingleton<IngestTroubles>();
        services.AddSingleton<FileRemovals>();
        services.AddHostedService(provider => provider.GetRequiredService<FileRemovals>());
        services.AddSingleton(provider => new IngestGate(
            provider.GetRequiredService<StorageTerms>(),
            provider.GetRequiredService<DiskFloor>(),
            provider.GetService<IMakesRoom>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IngestTroubles>()));
        services.AddSingleton<IngestParts>();
        services.AddSingleton(provider => new InstanceIngest(provider.GetRequiredService<IngestParts>()));
        services.AddSingleton<HeldRecovery>();
        services.AddSingleton(provider => new StartupRecovery(
            provider.GetRequiredService<ObjectStore>(),
            provider.GetRequiredService<IndexLookup>(),
            provider.GetRequiredService<FileRemovals>(),
            provider.GetRequiredService<HeldRecovery>(),
            provider.GetRequiredService<ILogger<StartupRecovery>>()));
        services.AddHostedService<StartupRecoveryService>();
        services.AddSingleton<IngestWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestWarmUp>());
        services.AddSingleton(provider => new StudyQueries(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<ObjectStore>()));
        services.AddSingleton(provider => new ArrivalQueries(
            provider.GetRequiredService<INoctisDbContextFactory>(), provider.GetRequiredService<ICrossTenantDbContextFactory>()));
    }
}
