using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Settings;

namespace Noctis.Benchmarks.Product;

/// <summary>
/// The database of a product, reached beside it: creating a facility otherwise takes a browser. Of another build's database it touches
/// no table but those named here, whose columns have stayed.
/// </summary>
internal sealed class ProductArchive : IAsyncDisposable
{
    private const int MaxAssociations = 64;

    private readonly ServiceProvider _services;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="settings">The keys of the product's configuration.</param>
    /// <param name="time">A clock other than the system's.</param>
    public ProductArchive(IReadOnlyDictionary<string, string?> settings, TimeProvider? time = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        if (time is not null)
            services.AddSingleton(time);
        services.AddNoctisArchive(configuration);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The archive's services on this database.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Creates the tables, while no product runs: SQLite's file belongs to one process at a time.</summary>
    public static async Task MigrateAsync(ProductSettings settings, CancellationToken cancellationToken)
    {
        await using var archive = new ProductArchive(settings.Configuration);
        await archive.Services.GetRequiredService<DatabaseStartup>().MigrateAsync(cancellationToken);
    }

    /// <summary>Adds facilities on ports in a row: BENCH, then BENCH2, BENCH3 and so on.</summary>
    /// <param name="firstPort">The port of the first of all.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <param name="from">How many there are already.</param>
    /// <param name="settings">What is set for each, but for the limit of associations; null for the defaults.</param>
    public async Task<IReadOnlyList<Facility>> AddFacilitiesAsync(int firstPort, int count, CancellationToken cancellationToken, int from = 0, FacilitySettings? settings = null)
    {
        var now = DateTime.UtcNow;
        var facilities = Enumerable.Range(from, count).Select(i => new Facility
        {
            Id = Guid.CreateVersion7(),
            Name = string.Create(CultureInfo.InvariantCulture, $"Benchmark {i + 1}"),
            AETitle = AETitleOf(i),
            Port = firstPort + i,
            CreatedUtc = now,
            ChangedUtc = now,
        }).ToList();
        await using var database = AcrossFacilities();
        database.AddRange(facilities);
        // As many associations as a workload may want. A build from before there were settings had one limit for all.
        if ((await database.Database.GetAppliedMigrationsAsync(cancellationToken)).Any(name => name.EndsWith("_FacilitySettings", StringComparison.Ordinal)))
        {
            var document = SettingsDocument.Write((settings ?? FacilitySettings.Default) with { Network = new NetworkSettings { MaxAssociations = MaxAssociations } });
            database.AddRange(facilities.Select(facility => new FacilitySettingsRow { FacilityId = facility.Id, Document = document, ChangedUtc = now }));
        }

        await database.SaveChangesAsync(cancellationToken);
        return facilities;
    }

    /// <summary>All facilities, by their ports.</summary>
    public async Task<IReadOnlyList<Facility>> ListFacilitiesAsync(CancellationToken cancellationToken)
    {
        await using var database = AcrossFacilities();
        return await database.Facilities.AsNoTracking().OrderBy(facility => facility.Port).ToListAsync(cancellationToken);
    }

    /// <summary>The facility that senders call, if it is there.</summary>
    public async Task<Facility?> FindFacilityAsync()
    {
        await using var database = AcrossFacilities();
        return await database.Facilities.AsNoTracking().SingleOrDefaultAsync(facility => facility.AETitle == Storing.Senders.AETitle);
    }

    /// <summary>All objects in the index.</summary>
    public async Task<long> CountInstancesAsync()
    {
        await using var database = AcrossFacilities();
        // Not a count of the rows: with a million of them it would push out of memory what is measured next.
        return await database.Database.SqlQuery<long>($"SELECT COALESCE(SUM(\"Instances\"), 0) AS \"Value\" FROM \"FacilityUsage\"").SingleAsync();
    }

    public NoctisDbContext AcrossFacilities() => _services.GetRequiredService<ICrossTenantDbContextFactory>().CreateAcrossFacilities();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static string AETitleOf(int number) =>
        number == 0 ? Storing.Senders.AETitle : string.Create(CultureInfo.InvariantCulture, $"{Storing.Senders.AETitle}{number + 1}");
}
