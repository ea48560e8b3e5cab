using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Ingest;

namespace Noctis.Archive;

public static class ArchiveServiceCollectionExtensions
{
    /// <summary>The archive: database, facilities, accounts, studies. The host calls DatabaseStartup.MigrateAsync before it runs.</summary>
    public static IServiceCollection AddNoctisArchive(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdGenerator>();
        AddDatabase(services, configuration);
        AddFacilities(services);
        services.AddIngest(configuration);
        return services;
    }

    private static void AddDatabase(IServiceCollection services, IConfiguration configuration)
    {
        var setup = new DatabaseOptionsSetup(configuration);
        services.AddOptions<DatabaseOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<DatabaseOptions>>(setup);
        services.AddSingleton<IValidateOptions<DatabaseOptions>>(setup);
        services.AddSingleton(provider => NoctisDbContextOptions.Create(
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value, provider.GetService<ILoggerFactory>()));

        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<NoctisDbContextFactory>();
        services.AddSingleton<INoctisDbContextFactory>(provider => provider.GetRequiredService<NoctisDbContextFactory>());
        services.AddSingleton<ICrossTenantDbContextFactory>(provider => provider.GetRequiredService<NoctisDbContextFactory>());

        // For the stores of ASP.NET Core Identity, which take the context from the services: it has no facility in hand.
        services.AddScoped(provider => new NoctisDbContext(provider.GetRequiredService<DbContextOptions<NoctisDbContext>>()));
    }

    private static void AddFacilities(IServiceCollection services) => services.AddSingleton<FacilityAccess>();
}
