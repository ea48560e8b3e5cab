using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Ingest;
using Noctis.Archive.Integrity;
using Noctis.Archive.Jobs;
using Noctis.Archive.Journal;
using Noctis.Archive.Listeners;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Retention;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Archive.Traffic;

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
        AddFacilities(services, configuration);
        AddAccounts(services);
        services.AddIngest(configuration);
        services.AddRetention();
        services.AddIntegrity(configuration);
        services.AddQuarantine();
        services.AddSingleton<StorageQueries>();
        services.AddSingleton<StorageForecastQueries>();
        services.AddSingleton<VersionQueries>();
        services.AddSingleton<JournalQueries>();
        services.AddSingleton<ActivityQueries>();
        services.AddSingleton<FrontDoorQueries>();
        services.AddSingleton<FrontDoorCommands>();
        services.AddSingleton<TroubleQueries>();
        services.AddSingleton<ServerNode>();
        services.AddOptions<JournalOptions>().Bind(configuration.GetSection(JournalOptions.Section))
            .Validate(options => options.KeepDays is >= 1 and <= 36_500, "Journal:KeepDays must be between 1 and 36500; 90 suits most sites.")
            .ValidateOnStart();
        services.AddSingleton(provider => new JournalStore(
            provider.GetRequiredService<ICrossTenantDbContextFactory>(), provider.GetRequiredService<WriteTurns>(),
            provider.GetRequiredService<IOptions<DatabaseOptions>>(), provider.GetRequiredService<ILogger<JournalStore>>()));
        services.AddSingleton<JournalPruning>();
        services.AddSingleton<TrafficQueries>();
        services.AddSingleton(provider => new TrafficLedger(provider.GetRequiredService<ICrossTenantDbContextFactory>(), provider.GetRequiredService<WriteTurns>()));
        services.AddSingleton<TrafficPruning>();
        services.AddSingleton<SelfTestRecords>();
        services.AddSingleton<SelfTestQueries>();
        services.AddSingleton<JobHistory>();
        services.AddSingleton<JobRunQueries>();
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
        services.AddSingleton<WriteTurns>();
        services.AddSingleton<NoctisDbContextFactory>();
        services.AddSingleton<INoctisDbContextFactory>(provider => provider.GetRequiredService<NoctisDbContextFactory>());
        services.AddSingleton<ICrossTenantDbContextFactory>(provider => provider.GetRequiredService<NoctisDbContextFactory>());

        // For the stores of ASP.NET Core Identity, which take the context from the services: it has no facility in hand.
        services.AddScoped(provider => new NoctisDbContext(provider.GetRequiredService<DbContextOptions<NoctisDbContext>>()));
    }

    private static void AddFacilities(IServiceCollection services, IConfiguration configuration)
    {
        var setup = new FacilityAddressOptionsSetup(configuration);
        services.AddOptions<FacilityAddressOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<FacilityAddressOptions>>(setup);
        services.AddSingleton<IValidateOptions<FacilityAddressOptions>>(setup);
        services.AddSingleton<FacilityAccess>();
        services.AddSingleton<FacilityChanges>();
        services.AddSingleton<FacilityQueries>();
        services.AddSingleton<FacilityValidator>();
        services.AddSingleton<FacilityCommands>();
        services.AddSingleton<FacilityDeletion>();
        services.AddSingleton<PortProposer>();
        services.AddSingleton<DeviceQueries>();
        services.AddSingleton<DeviceCommands>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<SettingsHistory>();
        services.AddSingleton<FacilitySettingsQueries>();
        services.AddSingleton<FacilitySettingsCommands>();
        services.AddSingleton<SettingsCopying>();
        services.AddSingleton<SettingsUndo>();
        services.AddSingleton<ListenerOrders>();
        services.TryAddSingleton<ISecretProtection, MissingSecretProtection>();
        services.AddSingleton<CertificateSecrets>();
        services.AddSingleton<CertificateCommands>();
        services.AddSingleton<CertificateQueries>();
        services.AddHostedService<FacilityDeletionService>();
    }

    /// <summary>Users and roles with their stores. Sign-in, cookies and token providers are the host's.</summary>
    private static void AddAccounts(IServiceCollection services)
    {
        services.AddScoped<IUserConfirmation<NoctisUser>, EnabledAccountConfirmation>();
        services.AddIdentityCore<NoctisUser>(identity =>
            {
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                identity.SignIn.RequireConfirmedAccount = true;
                identity.User.AllowedUserNameCharacters = "";

                // Length is what protects (NIST SP 800-63B 3.1.1); rules of composition only make passwords predictable.
                identity.Password.RequiredLength = 12;
                identity.Password.RequiredUniqueChars = 4;
                identity.Password.RequireDigit = identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<NoctisDbContext>();
        services.AddSingleton<AccountCommands>();
        services.AddSingleton<AccountQueries>();
        services.AddSingleton<TeamCommands>();
    }
}
