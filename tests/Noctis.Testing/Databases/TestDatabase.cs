using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Noctis.Archive;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Npgsql;

namespace Noctis.Testing.Databases;

/// <summary>A database of its own with the product's services on it, and a storage folder that goes with it.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int _facilities;

    private readonly List<ServiceProvider> _providers = [];
    private readonly DirectoryInfo _folder;
    private ServiceProvider? _services;

    private TestDatabase(DatabaseProviderKind kind, string connectionString, DirectoryInfo folder)
    {
        Kind = kind;
        ConnectionString = connectionString;
        _folder = folder;
    }

    public DatabaseProviderKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>What Storage:Path says.</summary>
    public string StoragePath => _folder.FullName;

    /// <summary>The archive's services, as AddNoctisArchive makes them.</summary>
    public IServiceProvider Services => _services ??= CreateServices();

    /// <param name="kind">Where.</param>
    /// <param name="upTo">The migration to stop at, to see what later ones make of what was there before; null for the latest.</param>
    public static async Task<TestDatabase> CreateAsync(DatabaseProviderKind kind, string? upTo = null)
    {
        var name = $"noctis_test_{Guid.NewGuid():N}";
        var folder = Directory.CreateTempSubdirectory("noctis-test-");
        var connectionString = kind switch
        {
            DatabaseProviderKind.Sqlite => $"Data Source={Path.Combine(folder.FullName, "noctis.db")}",
            DatabaseProviderKind.PostgreSql => new NpgsqlConnectionStringBuilder(
                TestServers.PostgreSqlConnectionString ?? await PrivatePostgreSqlServer.GetConnectionStringAsync())
            { Database = name }.ToString(),
            _ => new SqlConnectionStringBuilder(TestServers.SqlServerConnectionString) { InitialCatalog = name }.ToString(),
        };
        var database = new TestDatabase(kind, connectionString, folder);
        if (upTo is null)
        {
            await database.Services.GetRequiredService<DatabaseStartup>().MigrateAsync();
            return database;
        }

        await using var context = database.AcrossFacilities();
        await context.GetService<IMigrator>().MigrateAsync(upTo);
        return database;
    }

    /// <summary>The settings by which a program uses this database.</summary>
    public Dictionary<string, string?> Settings() => new()
    {
        ["Database:Provider"] = Kind.ToString(),
        ["ConnectionStrings:Noctis"] = ConnectionString,
        ["Storage:Path"] = StoragePath,
    };

    /// <summary>
    /// The services of another node. SQLite serves one process, whose small objects are not on disk for anybody else for a moment: there,
    /// what two would do at once is done by this one.
    /// </summary>
    public IServiceProvider AnotherNode() => Kind == DatabaseProviderKind.Sqlite ? Services : CreateServices();

    /// <summary>Services of their own on the same database, as they are after a restart; disposed of with the database.</summary>
    public ServiceProvider CreateServices(Action<IServiceCollection>? configure = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings()).AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddNoctisArchive(configuration);
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _providers.Add(provider);
        return provider;
    }

    public NoctisDbContext For(FacilityScope scope) => Services.GetRequiredService<INoctisDbContextFactory>().CreateFor(scope);

    public NoctisDbContext AcrossFacilities() => Services.GetRequiredService<ICrossTenantDbContextFactory>().CreateAcrossFacilities();

    /// <summary>A facility with an AE title and a port that no other of this process has, straight into the table, and the scope to work on it.</summary>
    public async Task<FacilityScope> AddFacilityAsync(string name = "Test Facility")
    {
        var number = Interlocked.Increment(ref _facilities);
        var facility = new Facility
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            AETitle = "TEST" + number.ToString(CultureInfo.InvariantCulture),
            Port = 30000 + number,
            CreatedUtc = DateTime.UtcNow,
            ChangedUtc = DateTime.UtcNow,
        };
        await using var context = AcrossFacilities();
        context.Add(facility);
        await context.SaveChangesAsync();
        return FacilityScope.ForJob(facility.Id, "test");
    }

    public async ValueTask DisposeAsync()
    {
        await using (var context = AcrossFacilities())
        {
            // SQLite's file goes with its folder.
            if (Kind != DatabaseProviderKind.Sqlite)
                await context.Database.EnsureDeletedAsync();
        }

        foreach (var provider in _providers)
            await provider.DisposeAsync();
        if (Kind == DatabaseProviderKind.Sqlite)
        {
            await using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
    }
}
