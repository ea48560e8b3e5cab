using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Integrity;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Integrity;

/// <summary>Files in quarantine are promised to their senders like any other: they are read again, and what is wrong with them is told.</summary>
public sealed class QuarantinedFilesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly QuarantineTerms Terms = new(1_000_000_000);

    [DatabaseTheory]
    public async Task Run_FileInQuarantineHarmed_IsToldToManagersUntilItIsWholeAgain(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), neighbour = await database.AddFacilityAsync();
        await SendAsync(database, scope, new PhantomImage { PixelBytes = 2000 });
        await SendAsync(database, scope, new PhantomImage { PixelBytes = 2000 });
        await SendAsync(database, neighbour, new PhantomImage { PixelBytes = 2000 });
        (string harmed, string missing) = ((await FilesAsync(database, scope))[0], (await FilesAsync(database, scope))[1]);
        byte[] before = await File.ReadAllBytesAsync(harmed), alsoBefore = await File.ReadAllBytesAsync(missing);
        Assert.Equal((0, 0), (await FaultyAsync(database, scope), await FaultyAsync(database, neighbour)));

        await File.WriteAllBytesAsync(harmed, [.. before[..^1], (byte)(before[^1] ^ 1)]);
        File.Delete(missing);
        IntegrityReport report = await RunAsync(database);

        Assert.Equal((1, 1), (report.Damaged, report.Missing));
        Assert.Equal((2, 0), (await FaultyAsync(database, scope), await FaultyAsync(database, neighbour)));
        Assert.Equal([1, 1], (await ListAsync(database, scope)).Select(group => group.Faulty));
        Assert.Equal([0], (await ListAsync(database, neighbour)).Select(group => group.Faulty));
        IReadOnlyDictionary<Guid, QuarantineTotals> all = await database.Services.GetRequiredService<QuarantineQueries>().GetTotalsByFacilityAsync(AdministratorScope.ForSystem("test"), default);
        Assert.Equal((2, 0), (all[scope.FacilityId].Faulty, all[neighbour.FacilityId].Faulty));
        // No study of the archive is faulty.
        Assert.Equal(0, await database.Services.GetRequiredService<FaultQueries>().CountAsync(scope, default));

        await File.WriteAllBytesAsync(harmed, before);
        await File.WriteAllBytesAsync(missing, alsoBefore);
        Assert.Equal(2, (await RunAsync(database)).Repaired);
        Assert.Equal(0, await FaultyAsync(database, scope));
    }

    [DatabaseTheory]
    public async Task Send_AgainWhatIsFaulty_IsKeptAndReleased_AndWhatIsDiscardedTakesItsFaultAlong(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 2000 };
        await SendAsync(database, scope, image);
        File.Delete(Assert.Single(await FilesAsync(database, scope)));
        await RunAsync(database);

        await SendAsync(database, scope, image);

        QuarantineGroup group = Assert.Single(await ListAsync(database, scope));
        Assert.Equal((2, 1), (group.Instances, group.Faulty));
        QuarantineProgress released = (await database.Services.GetRequiredService<QuarantineRelease>().RunAsync(scope, [group.Key], null, default)).Value;
        Assert.Equal((1, 1), (released.Released, released.Left));
        Assert.True((await database.Services.GetRequiredService<QuarantineDisposal>().DiscardAsync(scope, [group.Key], default)).IsSuccess);
        await using NoctisDbContext context = database.For(scope);
        Assert.Empty(await context.Set<InstanceFault>().ToListAsync());
    }

    [Fact]
    public void Round_CutOffInQuarantine_GoesOnThere()
    {
        var round = new IntegrityRound { BeganUtc = DateTime.UnixEpoch }.After(7).Onward(default).After(8).Onward(default).After(9);

        Assert.Equal((7L, 8L, 9L, null), (round.AfterInstance, round.AfterVersion, round.AfterQuarantined, round.FinishedUtc));
        Assert.Equal(round, IntegrityRound.Parse(round.ToText()));
        Assert.NotNull(round.Onward(DateTime.UnixEpoch).FinishedUtc);
    }

    private static async Task SendAsync(TestDatabase database, FacilityScope scope, PhantomImage image)
    {
        DicomDataset dataset = image.ToDataset();
        (await database.Services.SendAsync(scope, Sending.Origin(dataset) with { Quarantine = Terms, CallingAETitle = "STRANGER" }, Sending.DatasetBytes(dataset))).Stored();
    }

    private static async Task<string[]> FilesAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        return [.. (await context.Set<QuarantinedInstance>().OrderBy(row => row.Id).Select(row => row.StoragePath).ToListAsync())
            .Select(path => Path.Combine(StoredImage.FolderOf(database, scope), path))];
    }

    private static async Task<IReadOnlyList<QuarantineGroup>> ListAsync(TestDatabase database, FacilityScope scope) =>
        (await database.Services.GetRequiredService<QuarantineQueries>().ListAsync(scope, null, 50, default)).Value.Groups;

    private static async Task<int> FaultyAsync(TestDatabase database, FacilityScope scope) =>
        (await database.Services.GetRequiredService<QuarantineQueries>().GetTotalsAsync(scope, default)).Faulty;

    private static async Task<IntegrityReport> RunAsync(TestDatabase database) =>
        (await database.Services.GetRequiredService<IntegrityCheck>().RunAsync(TimeSpan.FromHours(1), true, default)).Value;
}
