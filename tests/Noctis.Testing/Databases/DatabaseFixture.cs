using System.Collections.Concurrent;
using Noctis.Archive.Database;
using Xunit;

namespace Noctis.Testing.Databases;

/// <summary>
/// A fresh, migrated database for each test class and each kind of database it runs on, made at the first use and removed with the class:
/// <c>class SomeTests(DatabaseFixture databases) : IClassFixture&lt;DatabaseFixture&gt;</c> and
/// <c>[DatabaseTheory] async Task X(DatabaseProviderKind kind) { var database = await databases.OpenAsync(kind); … }</c>.
/// Tests of one class share it, and keep apart by making facilities of their own.
/// </summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<DatabaseProviderKind, Lazy<Task<TestDatabase>>> _databases = new();

    public Task<TestDatabase> OpenAsync(DatabaseProviderKind kind) =>
        _databases.GetOrAdd(kind, key => new Lazy<Task<TestDatabase>>(() => TestDatabase.CreateAsync(key))).Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var database in _databases.Values)
        {
            // One that could not be made has failed its tests already, with the reason.
            if (!database.Value.IsFaulted)
                await (await database.Value).DisposeAsync();
        }
    }
}
