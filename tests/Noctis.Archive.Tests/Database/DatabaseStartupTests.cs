using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Database;

public sealed class DatabaseStartupTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Start_OnADatabaseThatIsUpToDate_ChangesNothing(DatabaseProviderKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var scope = await database.AddFacilityAsync();

        // The first start's hold on a SQLite file ends with its process: here, with its services.
        database.Services.GetRequiredService<DatabaseStartup>().Dispose();
        await database.CreateServices().GetRequiredService<DatabaseStartup>().MigrateAsync();

        await using var context = database.AcrossFacilities();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.True(await context.Facilities.AnyAsync(facility => facility.Id == scope.FacilityId));
    }

    [DatabaseTheory]
    public async Task Text_OnEveryDatabase_ComparesAndSortsByCodePoint(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        string[] names = ["a", "B", "Z", "_", "Ä", "é", "中"];
        foreach (var name in names)
            await database.AddFacilityAsync($"sort {name}");

        await using var context = database.AcrossFacilities();
        var sorted = context.Facilities.Where(facility => facility.Name.StartsWith("sort ")).OrderBy(facility => facility.Name).Select(facility => facility.Name);
        Assert.Equal(names.Order(StringComparer.Ordinal).Select(name => $"sort {name}"), await sorted.ToListAsync());
        Assert.False(await context.Facilities.AnyAsync(facility => facility.Name == "SORT a"));
        Assert.False(await context.Facilities.AnyAsync(facility => facility.Name.StartsWith("SORT")));
        Assert.False(await context.Facilities.AnyAsync(facility => facility.Name == "sort A"));
    }

    [DatabaseTheory]
    public async Task Time_WrittenAndReadAgain_IsUtcAndEqual(DatabaseProviderKind kind)
    {
        var database = await databases.OpenAsync(kind);
        var scope = await database.AddFacilityAsync();
        var time = new DateTime(2026, 2, 28, 23, 59, 59, DateTimeKind.Utc).AddTicks(1234567);

        await using var context = database.AcrossFacilities();
        await context.Facilities.Where(facility => facility.Id == scope.FacilityId).ExecuteUpdateAsync(set => set.SetProperty(facility => facility.ChangedUtc, time));
        var read = await context.Facilities.AsNoTracking().SingleAsync(facility => facility.Id == scope.FacilityId);

        Assert.Equal(DateTimeKind.Utc, read.ChangedUtc.Kind);
        Assert.Equal(time.AddTicks(-7), read.ChangedUtc);
        Assert.True(await context.Facilities.AnyAsync(facility => facility.Id == scope.FacilityId && facility.ChangedUtc == read.ChangedUtc));
        Assert.True(await context.Facilities.AnyAsync(facility => facility.Id == scope.FacilityId && facility.ChangedUtc == time.ToLocalTime()));
    }

    [Fact]
    public async Task Sqlite_EachConnection_IsDurableAndChecksForeignKeys()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        await using var context = database.AcrossFacilities();

        Assert.Equal("wal", await PragmaAsync<string>(context, "journal_mode"));
        Assert.Equal(2, await PragmaAsync<long>(context, "synchronous"));
        Assert.Equal(1, await PragmaAsync<long>(context, "foreign_keys"));
        Assert.Equal(30000, await PragmaAsync<long>(context, "busy_timeout"));
    }

    [Fact]
    public async Task Sqlite_Guid_IsSixteenBytesInPrintedOrder()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var scope = await database.AddFacilityAsync();
        await using var context = database.AcrossFacilities();

        var hex = await context.Database.SqlQuery<string>($"SELECT hex(Id) AS Value FROM Facilities WHERE Id = {scope.FacilityId.ToByteArray(true)}").SingleAsync();

        Assert.Equal(scope.FacilityId.ToString("N"), hex, ignoreCase: true);
    }

    [Fact]
    public async Task Sqlite_InUseByAnotherProcess_IsRefusedWithTheWayOut()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProviderKind.Sqlite);

        var exception = await Assert.ThrowsAsync<DatabaseStartupException>(() => database.CreateServices().GetRequiredService<DatabaseStartup>().MigrateAsync());

        Assert.Contains("Another Noctis process already uses", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sqlite_KilledInTheMiddleOfAMigration_StartsAgain()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProviderKind.Sqlite);
        await using (var context = database.AcrossFacilities())
        {
            // What a killed migration leaves: EF Core's lock, and a history that ends before the last one.
            await context.Database.ExecuteSqlRawAsync("""
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
                """);
        }

        database.Services.GetRequiredService<DatabaseStartup>().Dispose();
        await database.CreateServices().GetRequiredService<DatabaseStartup>().MigrateAsync();

        await using var after = database.AcrossFacilities();
        Assert.Equal(0, await after.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync());
    }

    [Fact]
    public async Task Server_ThatDoesNotAnswer_IsGivenUpWithTheDatabaseAndTheSetting()
    {
        var database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        var services = database.CreateServices(settings: new Dictionary<string, string?>
        {
            ["Database:Provider"] = "PostgreSql",
            ["Database:StartTimeout"] = "0",
            ["ConnectionStrings:Noctis"] = "Host=127.0.0.1;Port=1;Database=noctis;Username=u;Password=secret;Timeout=5",
        });

        var exception = await Assert.ThrowsAsync<DatabaseStartupException>(() => services.GetRequiredService<DatabaseStartup>().MigrateAsync());

        Assert.Contains("noctis on 127.0.0.1:1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:Noctis", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<T> PragmaAsync<T>(NoctisDbContext context, string name)
    {
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
