using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Journal;
using Noctis.Archive.Listeners;
using Noctis.Archive.Settings;
using Noctis.Gateway.Admission;
using Noctis.Gateway.Journal;
using Noctis.Gateway.Listeners;
using Noctis.Gateway.Tests.Listeners;
using Noctis.Testing;
using Noctis.Testing.Databases;

namespace Noctis.Gateway.Tests;

/// <summary>The archive and the gateway as a host runs them, on a test's database and ports of its own. Can be stopped and started anew.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private static readonly AdministratorScope Administrator = AdministratorScope.ForSystem("test");

    private readonly IHostedService[] _hosted;
    private bool _stopped;
    private int _later;

    private GatewayHost(IServiceProvider services)
    {
        Services = services;
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    public IServiceProvider Services { get; }

    public IListenerStatusSource Status => Get<IListenerStatusSource>();

    public FacilityCommands Facilities => Get<FacilityCommands>();

    public int SharedPort => Get<Microsoft.Extensions.Options.IOptions<FacilityAddressOptions>>().Value.SharedPort;

    /// <summary>Settings that keep a host to loopback and to ports nobody else has; kept by a test over a restart.</summary>
    public static Dictionary<string, string?> Settings()
    {
        var (first, last) = Ports.OfThisProcess.TakeRun();
        return new Dictionary<string, string?>
        {
            ["Dicom:BindAddress"] = "127.0.0.1",
            ["Dicom:SharedPort"] = first.ToString(CultureInfo.InvariantCulture),
            ["Dicom:PortRange:First"] = (first + 1).ToString(CultureInfo.InvariantCulture),
            ["Dicom:PortRange:Last"] = last.ToString(CultureInfo.InvariantCulture),
        };
    }

    public static async Task<GatewayHost> StartAsync(TestDatabase database, Dictionary<string, string?>? settings = null)
    {
        settings ??= Settings();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var host = new GatewayHost(database.CreateServices(
            services =>
            {
                services.AddNoctisGateway(configuration);
                services.AddSingleton<ISecretProtection>(new TestSecrets());
            },
            settings));
        foreach (var hosted in host._hosted)
            await hosted.StartAsync(CancellationToken.None);
        await host.Status.UntilSharedDoorAsync(ListenerState.Running);
        return host;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Creates a facility and waits until it listens.</summary>
    public async Task<Facility> CreateFacilityAsync(string name)
    {
        var facility = (await Facilities.CreateAsync(Administrator, new FacilityDraft(name))).Value;
        await Status.UntilAsync(facility.Id, ListenerState.Running);
        return facility;
    }

    /// <summary>Registers a device and waits until admission knows it: before that it is refused like any stranger.</summary>
    public async Task<Device> AddDeviceAsync(Facility facility, DeviceDraft draft)
    {
        var device = (await Get<DeviceCommands>().AddAsync(FacilityScope.ForJob(facility.Id, "test"), draft)).Value;
        await UntilDirectoryAsync(directory => directory.Find(facility.Id)?.Devices.Any(known => known.Id == device.Id) == true);
        return device;
    }

    /// <summary>Sets a facility's settings, as an administrator would, and waits until the listeners have followed.</summary>
    public async Task SetAsync(Facility facility, FacilitySettings settings)
    {
        await using (var database = Get<ICrossTenantDbContextFactory>().CreateAcrossFacilities())
        {
            var row = await database.Set<FacilitySettingsRow>().SingleOrDefaultAsync(row => row.FacilityId == facility.Id);
            if (row is null)
                database.Add(row = new FacilitySettingsRow { FacilityId = facility.Id, Document = "", Version = 0 });
            row.Document = SettingsDocument.Write(settings);
            row.Version++;
            await database.SaveChangesAsync();
        }

        Get<FacilityChanges>().Publish(facility.Id);
        await SettleAsync();
    }

    public Task SetAsync(Facility facility, NetworkSettings network) => SetAsync(facility, new FacilitySettings { Network = network });

    /// <summary>Ends when the supervisor has seen to everything that was changed before: a facility that comes after it listens.</summary>
    public Task SettleAsync() => CreateFacilityAsync(string.Create(CultureInfo.InvariantCulture, $"Later {Interlocked.Increment(ref _later)}"));

    public async Task OrderAsync(Facility facility, ListenerOrderKind kind) =>
        Assert.True((await Get<ListenerOrders>().GiveAsync(FacilityScope.ForJob(facility.Id, "test"), kind)).IsSuccess);

    /// <summary>Waits until what admission decides by has caught up with the database.</summary>
    public async Task UntilDirectoryAsync(Func<FacilityDirectory, bool> predicate)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!predicate(Get<CurrentDirectory>().Value))
            await Task.Delay(10, patience.Token);
    }

    public Task<Result<Facility>> UpdateAsync(Facility facility, FacilityDraft draft) =>
        Facilities.UpdateAsync(Administrator, facility.Id, draft, facility.Version);

    public Task<Result> SuspendAsync(Facility facility) => Facilities.SuspendAsync(Administrator, facility.Id);

    public Task<Result> ResumeAsync(Facility facility) => Facilities.ResumeAsync(Administrator, facility.Id);

    /// <summary>The facility's journal, newest first, once it has so many rows: they are written a moment after the wire has been answered.</summary>
    public Task<IReadOnlyList<JournalEntry>> JournalAsync(Guid facilityId, int rows = 1) =>
        JournalAsync(() => Get<JournalQueries>().LatestAsync(FacilityScope.ForJob(facilityId, "test"), 100), rows);

    /// <summary>The same of its associations, without the operations in them.</summary>
    public Task<IReadOnlyList<JournalEntry>> AssociationsAsync(Guid facilityId, int rows = 1) =>
        JournalAsync(() => Get<JournalQueries>().LatestAsync(FacilityScope.ForJob(facilityId, "test"), JournalKind.Association, 100), rows);

    /// <summary>The administrator's entry of this kind, once there is one. Tests of a class share the table.</summary>
    public async Task<FrontDoorEntry> FrontDoorEntryAsync(Func<FrontDoorEntry, bool> predicate) =>
        (await JournalAsync<FrontDoorEntry>(
            async () => [.. (await Get<FrontDoorQueries>().LatestAsync(Administrator, 100)).Where(predicate)], rows: 1)).Single();

    private async Task<IReadOnlyList<T>> JournalAsync<T>(Func<Task<IReadOnlyList<T>>> read, int rows)
    {
        using var written = new SemaphoreSlim(0);
        void Note(IReadOnlySet<Guid> facilities) => written.Release();
        Get<JournalWriter>().Written += Note;
        try
        {
            await Get<JournalWriter>().FlushAsync();
            while (true)
            {
                var found = await read();
                if (found.Count >= rows)
                    return found;
                if (!await written.WaitAsync(TimeSpan.FromSeconds(30)))
                    throw new TimeoutException($"The journal has {found.Count} rows, not {rows}.");
            }
        }
        finally
        {
            Get<JournalWriter>().Written -= Note;
        }
    }

    /// <summary>As a host does: everything in the reverse order. What is left open is aborted.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        foreach (var hosted in _hosted.Reverse())
            await hosted.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
