using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>The first image after a start, on a machine that is busy: it takes longer, and is no failure.</summary>
public sealed class ColdStartTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Terms_NeverReadBefore_AreWaitedForAsLongAsAColdDatabaseTakes()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        using var slow = new SlowDatabase(database);
        using var terms = new StorageTerms(slow, _time);

        Task<FacilityTerms> first = terms.GetAsync(scope.FacilityId).AsTask();
        _time.Advance(TimeSpan.FromSeconds(15));
        slow.GoOn();

        Assert.True((await first).HasRoom);
    }

    [Fact]
    public async Task Terms_OfADatabaseThatNeverAnswers_AreGivenUp()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        using var slow = new SlowDatabase(database);
        using var terms = new StorageTerms(slow, _time);

        Task<FacilityTerms> first = terms.GetAsync(scope.FacilityId).AsTask();
        _time.Advance(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        slow.GoOn();
    }

    [Fact]
    public async Task Terms_ReadBefore_AreNotWaitedForThatLong()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        using var slow = new SlowDatabase(database);
        using var terms = new StorageTerms(slow, _time);
        slow.GoOn();
        await terms.GetAsync(scope.FacilityId);
        slow.Halt();
        _time.Advance(TimeSpan.FromSeconds(2));

        Task<FacilityTerms> next = terms.GetAsync(scope.FacilityId).AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<TimeoutException>(() => next);
        slow.GoOn();
    }

    [DatabaseTheory]
    public async Task WarmUp_WithAFacility_HasTheIndexReadyAndLeavesNothing(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var opened = new Counter();
        await using ServiceProvider services = database.CreateServices(services => services.Replace(
            ServiceDescriptor.Singleton<ICrossTenantDbContextFactory>(provider => new CountingFactory(opened, provider.GetRequiredService<NoctisDbContextFactory>()))));

        await services.GetRequiredService<IngestWarmUp>().RunAsync(default);

        int before = opened.Count;
        await using (NoctisDbContext context = database.For(scope))
        {
            Assert.Equal(0, await context.Set<Patient>().CountAsync() + await context.Set<Study>().CountAsync() + await context.Set<Instance>().CountAsync()
                + await context.Set<FacilityUsage>().CountAsync() + await context.Set<ArrivalHour>().CountAsync() + await context.Set<FileRemoval>().CountAsync());
        }

        (await services.SendAsync(scope, new PhantomImage())).Stored();
        Assert.Equal(before, opened.Count);
    }

    [Fact]
    public async Task WarmUp_WhileTheDatabaseIsAway_KeepsNobodyFromStarting()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        await database.AddFacilityAsync();
        await using ServiceProvider services = database.CreateServices(services => services.Replace(
            ServiceDescriptor.Singleton<ICrossTenantDbContextFactory>(new AwayFactory())));

        await services.GetRequiredService<IngestWarmUp>().RunAsync(default);
    }

    private sealed class Counter
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }

    private sealed class CountingFactory(Counter opened, NoctisDbContextFactory database) : ICrossTenantDbContextFactory
    {
        public NoctisDbContext CreateAcrossFacilities()
        {
            opened.Add();
            return database.CreateAcrossFacilities();
        }
    }

    private sealed class AwayFactory : ICrossTenantDbContextFactory
    {
        public NoctisDbContext CreateAcrossFacilities() => throw new InvalidOperationException("The database is away.");
    }

    /// <summary>A database that takes its time, until it is told to go on.</summary>
    private sealed class SlowDatabase(TestDatabase database) : INoctisDbContextFactory, IDisposable
    {
        private readonly ManualResetEventSlim _goesOn = new();

        public void GoOn() => _goesOn.Set();

        public void Halt() => _goesOn.Reset();

        public NoctisDbContext CreateFor(FacilityScope scope)
        {
            _goesOn.Wait();
            return database.For(scope);
        }

        public void Dispose() => _goesOn.Set();
    }
}
