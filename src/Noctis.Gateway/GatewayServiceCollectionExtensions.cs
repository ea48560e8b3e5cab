using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Noctis.Archive.Journal;
using Noctis.Archive.SelfTests;
using Noctis.Archive.Traffic;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.SelfTests;
using Noctis.Gateway.Services;
using Noctis.Gateway.Telemetry;
using Noctis.Gateway.Traffic;
using Noctis.Gateway.Watching;

namespace Noctis.Gateway;

public static class GatewayServiceCollectionExtensions
{
    /// <summary>The DICOM front door, on top of AddNoctisArchive. The database has to be migrated before the host runs.</summary>
    public static IServiceCollection AddNoctisGateway(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<CurrentDirectory>();
        services.AddSingleton<IFacilityDirectorySource, DatabaseDirectorySource>();
        services.AddSingleton<HostAddresses>();
        services.AddSingleton<FacilityPlaces>();
        services.AddSingleton<FrontDoor>();

        services.AddSingleton(provider => new JournalWriter(
            provider.GetRequiredService<JournalStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JournalWriter>>()));
        services.AddSingleton<RepeatedCalls>();
        services.AddSingleton<FrontDoorJournal>();
        services.AddSingleton<TrafficCounter>();
        services.AddSingleton<TodaysTraffic>();
        services.AddSingleton(provider => new TrafficWriter(
            provider.GetRequiredService<TrafficCounter>(), provider.GetRequiredService<TrafficLedger>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TrafficWriter>>(), provider.GetRequiredService<TodaysTraffic>()));

        // Whatever is registered like these is negotiated, served and listed by the settings.
        services.AddSingleton<IGatewayService, EchoService>();
        services.AddSingleton<IGatewayService, StoreService>();
        services.AddSingleton(provider => new GatewayServices(provider.GetServices<IGatewayService>()));

        services.AddSingleton<ListenerStatusBoard>();
        services.AddSingleton<IListenerStatusSource>(provider => provider.GetRequiredService<ListenerStatusBoard>());
        services.AddSingleton<ConnectionWatch>();
        services.AddSingleton<IListenerCertificates, ListenerCertificates>();
        services.AddSingleton(provider => new GatewayMetrics(
            provider.GetService<IMeterFactory>(), provider.GetRequiredService<CurrentDirectory>(),
            provider.GetRequiredService<ListenerStatusBoard>(), provider.GetRequiredService<JournalWriter>()));
        services.AddSingleton<GatewayTraces>();
        services.AddSingleton<SelfTestConnections>();
        services.AddSingleton<SelfTestCertificate>();
        services.AddSingleton<DoorObservers>();
        services.AddOptions<SelfTestOptions>().Bind(configuration.GetSection(SelfTestOptions.Section))
            .Validate(options => options.Minutes is >= 0 and <= 1440, "SelfTest:Minutes must be between 0 and 1440; 0 switches self-tests off.")
            .ValidateOnStart();
        services.AddSingleton(provider => new SelfTester(
            provider.GetRequiredService<CurrentDirectory>(), provider.GetRequiredService<ListenerStatusBoard>(), provider.GetRequiredService<SelfTestConnections>(),
            provider.GetRequiredService<SelfTestCertificate>(), provider.GetRequiredService<SelfTestRecords>(), provider.GetRequiredService<GatewayMetrics>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SelfTester>>()));
        services.AddSingleton<IListenerFactory, DicomListenerFactory>();

        // So that draining is not cut short by the host's own patience, 30 s unless told otherwise.
        services.AddOptions<HostOptions>().Configure<IOptions<GatewayOptions>>(
            (host, gateway) => host.ShutdownTimeout = TimeSpan.FromSeconds(gateway.Value.DrainSeconds) + TimeSpan.FromSeconds(15));

        // Stopped in the reverse order: the journal and the figures go last, with what the ending associations still have to say.
        services.AddHostedService(provider => provider.GetRequiredService<JournalWriter>());
        services.AddHostedService(provider => provider.GetRequiredService<TrafficWriter>());
        services.AddHostedService<ListenerSupervisor>();
        services.AddHostedService<SelfTestRounds>();
        return services;
    }
}
