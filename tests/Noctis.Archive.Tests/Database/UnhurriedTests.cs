using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Journal;
using Noctis.Archive.Traffic;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Database;

/// <summary>
/// Journal and figures write in a turn that ingest waits for. While another process holds SQLite's file they must give it back soon: else a
/// sender, who has to be refused within seconds, would hear nothing for as long as they wait.
/// </summary>
public sealed class UnhurriedTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public Task Journal_WhileAnotherProcessHoldsTheSqliteFile_GivesUpBeforeThoseWhoMayWait() => GivesUpFirstAsync((services, scope) =>
        services.GetRequiredService<JournalStore>().WriteAsync(new JournalBatch([EntryOf(scope)], [], [])));

    [Fact]
    public Task Figures_WhileAnotherProcessHoldsTheSqliteFile_GiveUpBeforeThoseWhoMayWait() => GivesUpFirstAsync((services, scope) =>
        services.GetRequiredService<TrafficLedger>().AddAsync([new TrafficMinute { FacilityId = scope.FacilityId, StartUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) }], []));

    private async Task GivesUpFirstAsync(Func<ServiceProvider, FacilityScope, Task> write)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await using ServiceProvider services = database.CreateServices();
        await using var other = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await other.OpenAsync();
        await using SqliteTransaction held = other.BeginTransaction(deferred: false);

        // On threads of their own: SQLite waits by blocking.
        Task patient = Task.Run(() => database.AddFacilityAsync());
        Task unhurried = Task.Run(() => write(services, scope));
        Task first = await Task.WhenAny(patient, unhurried);
        await held.RollbackAsync();

        Assert.Same(unhurried, first);
        await Assert.ThrowsAnyAsync<Exception>(() => unhurried);
        await patient;
        await write(services, scope);
    }

    private static JournalEntry EntryOf(FacilityScope scope) => new()
    {
        Id = 1,
        FacilityId = scope.FacilityId,
        RemoteAddress = "192.0.2.1",
        CallingAETitle = "CT",
        CalledAETitle = "HOSPITAL",
    };
}
