using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Storage;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>
/// Stops ingest before each single step that it takes on disk, as a kill would: from then on no step happens. Then a new
/// process starts over the same folder. What was acknowledged is there, and nothing else.
/// </summary>
public sealed class CrashTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [Theory]
    [InlineData(true, 70_000, 90_000)]
    [InlineData(false, 70_000, 90_000)]
    [InlineData(true, 500, 600)]
    [InlineData(true, 500, 90_000)]
    [InlineData(true, 90_000, 500)]
    public async Task Kill_BeforeEveryStepOnDisk_LosesNothingAcknowledgedAndLeavesNothingElse(bool hasLinks, int first, int second)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        int step = 0;
        bool wasKilled;
        do
        {
            step++;
            wasKilled = await StoreTwiceAndKillAsync(database, step, hasLinks, [first, second]);
        }
        while (wasKilled);

        // Create, write, flush, folders, link, unlink, and the same again for the second copy; small ones are only created and written.
        Assert.InRange(step, second < 70_000 && first < 70_000 ? 6 : 15, 60);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_OnTheWayIntoQuarantineBeforeEveryStep_LosesNothingAcknowledgedAndLeavesNothingElse(bool hasLinks)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        int step = 0;
        Death death;
        do
        {
            FacilityScope scope = await database.AddFacilityAsync();
            death = new Death { Step = ++step, HasLinks = hasLinks };
            bool isAcknowledged;
            await using (ServiceProvider dying = death.CreateServices(database))
            {
                DicomDataset dataset = new PhantomImage { PixelBytes = 500 }.ToDataset();
                isAcknowledged = (await dying.SendAsync(scope, Sending.Origin(dataset) with { Quarantine = new QuarantineTerms(1_000_000) }, Sending.DatasetBytes(dataset))).IsSuccess;
            }

            await using ServiceProvider next = database.CreateServices();
            await next.GetRequiredService<StartupRecovery>().RunAsync(default);
            var disk = new FacilityDisk(database, scope.FacilityId);
            Assert.Empty(disk.Incoming());
            await using NoctisDbContext context = database.For(scope);
            List<QuarantinedInstance> rows = await context.Set<QuarantinedInstance>().ToListAsync();
            Assert.Equal(rows.Select(row => row.StoragePath), disk.Objects());
            Assert.True(rows.Count == 1 || !isAcknowledged);
            Assert.All(rows, row => Assert.Equal(row.Bytes, disk.Read(row.StoragePath).Length));
            Assert.False(await context.Set<Instance>().AnyAsync());
        }
        while (death.HasStruck);

        Assert.InRange(step, 7, 40);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_BetweenPlacingAndTheCommit_RemovesTheFile(bool hasLinks)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        // More than the index holds, so that it is placed.
        var image = new PhantomImage { PixelBytes = 100_000 };
        var death = new Death { HasLinks = hasLinks, StrikesAtTheDatabase = true };

        await using (ServiceProvider dying = death.CreateServices(database))
        {
            Assert.Equal(0x0110, (await dying.SendAsync(scope, image)).Refused().DicomStatus);
            Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
        }

        await AssertRecoversAsync(database, scope, null);
    }

    [DatabaseTheory]
    public async Task Recover_AfterARunThatEndedWell_TouchesNothing(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredInstance stored = (await database.Services.SendAsync(scope, new PhantomImage())).Stored();

        await database.Services.GetRequiredService<StartupRecovery>().RunAsync(default);

        await AssertRecoversAsync(database, scope, stored.Bytes);
    }

    [DatabaseTheory]
    public async Task Recover_WhileAnotherNodeReceives_LeavesItsObjectsAlone(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var dataset = new PhantomImage { PixelBytes = 100_000 }.ToDataset();
        byte[] bytes = Sending.DatasetBytes(dataset);
        Result<IncomingInstance> begun = await database.Services.GetRequiredService<InstanceIngest>().BeginAsync(scope, Sending.Origin(dataset), default);
        await using IncomingInstance incoming = begun.Value;
        await incoming.WriteAsync(bytes.AsMemory(0, 90_000), default);

        await using (ServiceProvider starting = database.CreateServices())
            await starting.GetRequiredService<StartupRecovery>().RunAsync(default);

        await incoming.WriteAsync(bytes.AsMemory(90_000), default);
        (await incoming.CompleteAsync(default)).Stored();
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
    }

    private static async Task<bool> StoreTwiceAndKillAsync(TestDatabase database, int atStep, bool hasLinks, int[] sizes)
    {
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 500 };
        var death = new Death { Step = atStep, HasLinks = hasLinks };
        long? acknowledged = null;
        await using (ServiceProvider dying = death.CreateServices(database))
        {
            foreach (int size in sizes)
            {
                Result<StoredInstance> result = await dying.SendAsync(scope, image with { PixelBytes = size });
                if (result.IsSuccess) acknowledged = result.Value.Bytes;
            }
        }

        await AssertRecoversAsync(database, scope, acknowledged);
        return death.HasStruck;
    }

    private static async Task AssertRecoversAsync(TestDatabase database, FacilityScope scope, long? acknowledgedBytes)
    {
        await using ServiceProvider next = database.CreateServices();
        await next.GetRequiredService<StartupRecovery>().RunAsync(default);

        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Empty(disk.Incoming());
        await using NoctisDbContext context = database.For(scope);
        List<Instance> rows = await context.Set<Instance>().ToListAsync();
        Assert.Equal(rows.Select(row => row.StoragePath).Order(), disk.Objects());
        Assert.All(rows, row => Assert.Equal(row.Bytes, disk.Read(row.StoragePath).Length));
        Assert.Equal(rows.Sum(row => row.Bytes), await context.Set<Study>().SumAsync(study => study.Bytes));
        Assert.True(rows.Count <= 1);
        if (acknowledgedBytes is not null) Assert.Single(rows);
    }

    /// <summary>A process that dies at a step on disk, after which nothing that it does reaches the disk or the database.</summary>
    private sealed class Death
    {
        private int _steps;
        private volatile bool _isDatabaseDead;

        public int Step { get; init; } = int.MaxValue;

        public bool HasLinks { get; init; } = true;

        public bool HasStruck { get; private set; }

        /// <summary>The object gets its name, and its row does not.</summary>
        public bool StrikesAtTheDatabase { get; init; }

        public ServiceProvider CreateServices(TestDatabase database) => database.CreateServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IFileSystem>(new FaultyFileSystem(Before)));
            services.Replace(ServiceDescriptor.Singleton<ICrossTenantDbContextFactory>(provider =>
                new MortalFactory(this, provider.GetRequiredService<NoctisDbContextFactory>())));
            services.Replace(ServiceDescriptor.Singleton<INoctisDbContextFactory>(provider =>
                new MortalFactory(this, provider.GetRequiredService<NoctisDbContextFactory>())));
        });

        private void Before(string step, string path)
        {
            if (StrikesAtTheDatabase && step == nameof(IFileSystem.Link)) _isDatabaseDead = true;
            if (HasStruck || (_isDatabaseDead && step == nameof(IFileSystem.Delete))) throw new IOException("The process is dead.");
            if (Interlocked.Increment(ref _steps) == Step)
            {
                HasStruck = true;
                throw new IOException("The process is dead.");
            }

            if (!HasLinks && step == nameof(IFileSystem.Link)) throw new LinksNotSupportedException();
        }

        private sealed class MortalFactory(Death death, NoctisDbContextFactory database) : ICrossTenantDbContextFactory, INoctisDbContextFactory
        {
            public NoctisDbContext CreateAcrossFacilities() => Alive().CreateAcrossFacilities();

            public NoctisDbContext CreateFor(FacilityScope scope) => Alive().CreateFor(scope);

            private NoctisDbContextFactory Alive() => death.HasStruck || death._isDatabaseDead ? throw new IOException("The process is dead.") : database;
        }
    }
}
