using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Journal;
using Noctis.Archive.Storage;
using Noctis.Archive.Tests.Storage;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>A disk or a database that fails for a while: senders hear of it at once, and the service goes on by itself afterwards.</summary>
public sealed class OutageTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    // As .NET reports ENOSPC, EROFS and EIO on Linux.
    private const int NoSpace = 28, ReadOnly = 30, IoError = 5;

    [Theory]
    [InlineData(nameof(IFileSystem.CreateFile), NoSpace, "Storage is full: free space on the server, then send again")]
    [InlineData(nameof(IFileSystem.Write), NoSpace, "Storage is full: free space on the server, then send again")]
    [InlineData(nameof(IFileSystem.Flush), NoSpace, "Storage is full: free space on the server, then send again")]
    [InlineData(nameof(IFileSystem.CreateDirectory), NoSpace, "Storage is full: free space on the server, then send again")]
    [InlineData(nameof(IFileSystem.Link), NoSpace, "Storage is full: free space on the server, then send again")]
    [InlineData(nameof(IFileSystem.FlushDirectory), IoError, "Storage failed: see the server's log, then send again")]
    [InlineData(nameof(IFileSystem.CreateFile), ReadOnly, "Storage is read-only: check the server's data folder")]
    public async Task Store_WhileTheDiskFails_IsOutOfResourcesAndWorksAgainAfterwards(string step, int error, string comment)
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        bool fails = false;
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<IFileSystem>(
            new FaultyFileSystem((at, _) =>
            {
                if (fails && at == step) throw new IOException("fault", error);
            }))));
        var disk = new FacilityDisk(database, scope.FacilityId);
        var image = new PhantomImage { PixelBytes = 100_000 };
        // An earlier copy, which must outlive the failed attempt to replace it.
        if (step != nameof(IFileSystem.CreateDirectory)) (await services.SendAsync(scope, image)).Stored();
        string[] before = disk.Objects();

        fails = true;
        IngestError refused = (await services.SendAsync(scope, image)).Refused();
        fails = false;

        Assert.Equal((0xA700, comment), (refused.DicomStatus, refused.Message));
        Assert.Equal(error == NoSpace ? JournalCode.DiskFull : JournalCode.StorageUnavailable, refused.Code);
        Assert.Empty(disk.Incoming());
        Assert.Equal(before, disk.Objects());
        (await services.SendAsync(scope, image)).Stored();
        Assert.Single(disk.Objects());
    }

    [Fact]
    public async Task Store_WhileTheDatabaseIsGone_IsAProcessingFailureAndWorksAgainAfterwards()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var gate = new Gate();
        await using ServiceProvider services = database.CreateServices(services => services.Replace(
            ServiceDescriptor.Singleton<ICrossTenantDbContextFactory>(provider => new GatedFactory(gate, provider.GetRequiredService<NoctisDbContextFactory>()))));

        gate.IsClosed = true;
        IngestError[] refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
            (await services.SendAsync(scope, new PhantomImage { PixelBytes = 500 })).Refused()));
        gate.IsClosed = false;

        Assert.All(refused, error => Assert.Equal(
            (0x0110, "Database does not answer: try again later", JournalCode.DatabaseUnavailable), (error.DicomStatus, error.Message, error.Code)));
        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Empty(disk.Incoming());
        Assert.Empty(disk.Objects());
        (await services.SendAsync(scope, new PhantomImage { PixelBytes = 500 })).Stored();
        Assert.Single(disk.Objects());
    }

    [Fact]
    public async Task Store_WhenTheDatabaseRecoversWithinTheRetries_Succeeds()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var gate = new Gate { ClosedFor = 2 };
        await using ServiceProvider services = database.CreateServices(services => services.Replace(
            ServiceDescriptor.Singleton<ICrossTenantDbContextFactory>(provider => new GatedFactory(gate, provider.GetRequiredService<NoctisDbContextFactory>()))));

        (await services.SendAsync(scope, new PhantomImage { PixelBytes = 500 })).Stored();

        Assert.Equal(0, gate.ClosedFor);
    }

    private sealed class Gate
    {
        public volatile bool IsClosed;

        public int ClosedFor { get; set; }

        public void Pass()
        {
            if (ClosedFor > 0) ClosedFor--;
            else if (!IsClosed) return;
            // SQLITE_CANTOPEN.
            throw new SqliteException("unable to open database file", 14);
        }
    }

    private sealed class GatedFactory(Gate gate, NoctisDbContextFactory database) : ICrossTenantDbContextFactory
    {
        public NoctisDbContext CreateAcrossFacilities()
        {
            gate.Pass();
            return database.CreateAcrossFacilities();
        }
    }
}
