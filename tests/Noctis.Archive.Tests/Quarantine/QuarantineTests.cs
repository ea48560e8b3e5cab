using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Ingest;
using Noctis.Archive.Integrity;
using Noctis.Archive.Journal;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Ingest;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Quarantine;

/// <summary>What unknown devices send: kept as safely as anything, seen by managers alone, released or discarded.</summary>
public sealed class QuarantineTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly QuarantineTerms Terms = new(1_000_000_000);

    [DatabaseTheory]
    public async Task Send_ToQuarantine_IsOnDiskAndListedAndNoStudyKnowsOfIt(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), neighbour = await database.AddFacilityAsync();
        var image = new PhantomImage { PatientName = "Müller^Anna", PatientID = "P1", PixelBytes = 2000 };

        await SendAsync(database.Services, scope, image, "CT9");
        await SendAsync(database.Services, scope, image with { SOPInstanceUID = DicomUID.Generate().Value }, "CT9");
        await SendAsync(database.Services, scope, image, "MR1");

        QuarantinePage page = await ListAsync(database, scope);
        Assert.Equal([("MR1", 1), ("CT9", 2)], page.Groups.Select(group => (group.Key.CallingAETitle, group.Instances)));
        QuarantineGroup ct = page.Groups[1];
        Assert.Equal(("192.0.2.7", image.StudyInstanceUID, "Müller, Anna", "P1", "CT"),
            (ct.Key.RemoteAddress, ct.Key.StudyInstanceUid, ct.Newest.PatientName, ct.Newest.PatientID, ct.Newest.Modality));
        Assert.Equal(new QuarantineTotals(3, page.Groups.Sum(group => group.Bytes)), await TotalsAsync(database, scope));
        Assert.Empty((await ListAsync(database, neighbour)).Groups);
        await AssertNothingInTheArchiveAsync(database, scope);
        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Equal(3, disk.Objects().Length);
        Assert.All(disk.Objects(), path => Assert.StartsWith("quarantine/", path, StringComparison.Ordinal));
        Assert.Empty(disk.Incoming());
    }

    [DatabaseTheory]
    public async Task Send_TheSameAgain_IsSuccessAndKeptOnce(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 500 };

        await SendAsync(database.Services, scope, image, "CT9");
        await SendAsync(database.Services, scope, image, "CT9");
        await SendAsync(database.Services, scope, image with { PatientName = "Other^Content" }, "CT9");

        Assert.Equal(2, (await TotalsAsync(database, scope)).Instances);
        Assert.Equal(2, new FacilityDisk(database, scope.FacilityId).Objects().Length);
    }

    [DatabaseTheory]
    public async Task List_MoreThanAPage_GoesOnWhereItEnded(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 1; i <= 5; i++) await SendAsync(database.Services, scope, new PhantomImage { PixelBytes = 100 }, $"CT{i}");
        var queries = database.Services.GetRequiredService<QuarantineQueries>();

        QuarantinePage first = (await queries.ListAsync(scope, null, 3, default)).Value;
        QuarantinePage second = (await queries.ListAsync(scope, first.Next, 3, default)).Value;

        Assert.Equal(["CT5", "CT4", "CT3"], first.Groups.Select(group => group.Key.CallingAETitle));
        Assert.Equal(["CT2", "CT1"], second.Groups.Select(group => group.Key.CallingAETitle));
        Assert.Null(second.Next);
    }

    [DatabaseTheory]
    public async Task Release_AStudy_IsAsIfItHadBeenSent(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        PhantomImage[] images = [.. PhantomImage.CreateSeries(new PhantomImage { PatientName = "Müller^Anna", PixelBytes = 200_000 }, 3)];
        foreach (PhantomImage image in images) await SendAsync(database.Services, scope, image, "CT9");
        await SendAsync(database.Services, scope, new PhantomImage { PixelBytes = 100 }, "MR1");
        QuarantineGroup ct = (await ListAsync(database, scope)).Groups.Single(group => group.Key.CallingAETitle == "CT9");

        QuarantineProgress done = await ReleaseAsync(database, scope, ct.Key);

        Assert.Equal(new QuarantineProgress(3, 0, null), done);
        await using NoctisDbContext context = database.For(scope);
        Study study = await context.Set<Study>().SingleAsync();
        Assert.Equal(("Müller, Anna", 3, "CT9"), (study.PatientNameDisplay, study.NumberOfInstances, study.SourceAETitle));
        List<Instance> rows = await context.Set<Instance>().ToListAsync();
        Assert.All(rows, row => Assert.Equal("192.0.2.7", row.SourceAddress));
        var disk = new FacilityDisk(database, scope.FacilityId);
        Assert.Equal(3, disk.Objects().Count(path => path.StartsWith("studies/", StringComparison.Ordinal)));
        Assert.Single(disk.Objects(), path => path.StartsWith("quarantine/", StringComparison.Ordinal));
        Assert.Equal(1, (await TotalsAsync(database, scope)).Instances);
        AuditEntry entry = Assert.Single((await database.Services.GetRequiredService<AuditTrail>().ListAsync(scope)).Value, entry => entry.Action == AuditAction.QuarantineReleased);
        Assert.Contains("CT9 at 192.0.2.7: 3 images", entry.Detail, StringComparison.Ordinal);

        // Byte for byte what the device sent, by the integrity check's own measure.
        Instance first = rows.Single(row => row.SOPInstanceUID == images[0].SOPInstanceUID);
        byte[] file = disk.Read(first.StoragePath);
        Assert.True(file.AsSpan().EndsWith(Sending.DatasetBytes(images[0].ToDataset())));
    }

    [DatabaseTheory]
    public async Task Release_OnceMoreAfterACrash_ChangesNothing(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => settings.DuplicatePolicy = DuplicatePolicy.Refuse);
        var image = new PhantomImage { PixelBytes = 500 };
        await SendAsync(database.Services, scope, image, "CT9");
        QuarantineGroup group = Assert.Single((await ListAsync(database, scope)).Groups);

        // In the archive already, as a process leaves it that dies before the row in quarantine goes.
        (await database.Services.SendAsync(scope, image)).Stored();
        QuarantineProgress done = await ReleaseAsync(database, scope, group.Key);

        Assert.Equal((1, 0), (done.Released, done.Left));
        Assert.Equal(0, (await TotalsAsync(database, scope)).Instances);
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
    }

    [Fact]
    public async Task Release_WhereTheArchiveRefusesAnother_LeavesItAndSaysWhy()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => settings.DuplicatePolicy = DuplicatePolicy.Refuse);
        var image = new PhantomImage { PixelBytes = 500 };
        (await database.Services.SendAsync(scope, image with { PatientName = "Known^Content" })).Stored();
        await SendAsync(database.Services, scope, image, "CT9");

        QuarantineProgress done = await ReleaseAsync(database, scope, Assert.Single((await ListAsync(database, scope)).Groups).Key);

        Assert.Equal((0, 1), (done.Released, done.Left));
        Assert.Contains("duplicates are refused", done.LeftBecause, StringComparison.Ordinal);
        Assert.Equal(1, (await TotalsAsync(database, scope)).Instances);
    }

    [Fact]
    public async Task Release_OfADamagedFile_LeavesTheArchiveAlone()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        await SendAsync(database.Services, scope, new PhantomImage { PixelBytes = 5000 }, "CT9");
        QuarantineGroup group = Assert.Single((await ListAsync(database, scope)).Groups);
        string path = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, group.Newest.StoragePath);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[^100] ^= 0xFF;
        await File.WriteAllBytesAsync(path, bytes);

        Result<QuarantineProgress> done = await database.Services.GetRequiredService<QuarantineRelease>().RunAsync(scope, [group.Key], null, default);

        Assert.Contains("damaged or missing", done.IsSuccess ? done.Value.LeftBecause : done.Error.Message, StringComparison.Ordinal);
        await AssertNothingInTheArchiveAsync(database, scope);
        Assert.Equal(1, (await TotalsAsync(database, scope)).Instances);
        Assert.Empty(new FacilityDisk(database, scope.FacilityId).Incoming());
    }

    [DatabaseTheory]
    public async Task Discard_AStudy_RemovesRowsAndFiles(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        foreach (PhantomImage image in PhantomImage.CreateSeries(new PhantomImage { PixelBytes = 100 }, 3)) await SendAsync(database.Services, scope, image, "CT9");
        await SendAsync(database.Services, scope, new PhantomImage { PixelBytes = 100 }, "MR1");
        QuarantineGroup ct = (await ListAsync(database, scope)).Groups.Single(group => group.Key.CallingAETitle == "CT9");

        Result<int> gone = await database.Services.GetRequiredService<QuarantineDisposal>().DiscardAsync(scope, [ct.Key], default);

        Assert.Equal(3, gone.Value);
        Assert.Equal(["MR1"], (await ListAsync(database, scope)).Groups.Select(group => group.Key.CallingAETitle));
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
        Assert.Equal(1, (await TotalsAsync(database, scope)).Instances);
    }

    [DatabaseTheory]
    public async Task Run_AfterTheDaysThatAreSet_DiscardsTheOlderOnesOfThatFacilityAlone(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        var time = new Studies.ManualTime();
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        FacilityScope shorter = await database.AddFacilityAsync(), usual = await database.AddFacilityAsync();
        await using (NoctisDbContext context = database.For(shorter))
        {
            context.Add(new FacilitySettingsRow
            {
                FacilityId = shorter.FacilityId,
                Version = 1,
                Document = SettingsDocument.Write(new FacilitySettings { Access = new AccessSettings { QuarantineDays = 2 } }),
            });
            await context.SaveChangesAsync();
        }

        await SendAsync(services, shorter, new PhantomImage { PixelBytes = 100 }, "OLD");
        await SendAsync(services, usual, new PhantomImage { PixelBytes = 100 }, "OLD");
        time.Advance(TimeSpan.FromDays(1.5));
        await SendAsync(services, shorter, new PhantomImage { PixelBytes = 100 }, "NEW");
        time.Advance(TimeSpan.FromDays(1));

        string said = await services.GetRequiredService<QuarantineDisposal>().RunAsync(default);

        Assert.Equal("1 image of 1 facility discarded, whose days were over.", said);
        Assert.Equal(["NEW"], (await ListAsync(database, shorter)).Groups.Select(group => group.Key.CallingAETitle));
        Assert.Equal(["OLD"], (await ListAsync(database, usual)).Groups.Select(group => group.Key.CallingAETitle));
        Assert.Equal("", await services.GetRequiredService<QuarantineDisposal>().RunAsync(default));
    }

    [DatabaseTheory]
    public async Task Send_ManyAtOnceAtTheLimit_NeverPassesIt(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var small = new QuarantineTerms(60_000);

        Result<StoredInstance>[] results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            Task.Run(() => TrySendAsync(database.Services, scope, new PhantomImage { SOPInstanceUID = $"1.2.3.{i}", PixelBytes = 10_000 }, "CT9", small))));

        Assert.Equal(5, results.Count(result => result.IsSuccess));
        IngestError refused = results.First(result => !result.IsSuccess).Refused();
        Assert.Equal((0xA700, JournalCode.QuarantineFull), (refused.DicomStatus, refused.Code));
        Assert.InRange((await TotalsAsync(database, scope)).Bytes, 50_000, 60_000);
        Assert.Equal(5, new FacilityDisk(database, scope.FacilityId).Objects().Length);
        Assert.Empty(new FacilityDisk(database, scope.FacilityId).Incoming());
        (await database.Services.SendAsync(scope, new PhantomImage())).Stored();
    }

    [DatabaseTheory]
    public async Task Send_WithAQuota_CountsAgainstItAndTakesATenthAtMost(DatabaseProviderKind kind)
    {
        var time = new Studies.ManualTime();
        TestDatabase database = await databases.OpenAsync(kind);
        await using ServiceProvider services = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        FacilityScope scope = await database.AddFacilityAsync();
        await SetAsync(database, scope, settings => settings.QuotaBytes = 400_000);
        PhantomImage Image(int number, int bytes) => new() { SOPInstanceUID = $"1.2.3.{number}", PixelBytes = bytes };

        for (int i = 1; i <= 3; i++) await SendAsync(services, scope, Image(i, 10_000), "CT9");
        Assert.Equal(JournalCode.QuarantineFull, (await TrySendAsync(services, scope, Image(4, 10_000), "CT9", Terms)).Refused().Code);

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(JournalCode.QuotaReached, (await services.SendAsync(scope, Image(5, 375_000))).Refused().Code);
        (await services.SendAsync(scope, Image(6, 350_000))).Stored();
        QuotaStanding standing = (await services.GetRequiredService<StorageSettingsQueries>().GetStandingAsync(scope, default))!;
        Assert.InRange(standing.UsedBytes, 380_000, 400_000);
    }

    [Fact]
    public async Task Anything_ByStaff_IsForbidden()
    {
        TestDatabase database = await databases.OpenAsync(DatabaseProviderKind.Sqlite);
        FacilityScope scope = await database.AddFacilityAsync();
        var staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "Staff", FacilityRole.Staff, isAdministrator: false);
        await SendAsync(database.Services, scope, new PhantomImage { PixelBytes = 100 }, "CT9");
        QuarantineKey key = Assert.Single((await ListAsync(database, scope)).Groups).Key;

        Assert.IsType<ForbiddenError>((await database.Services.GetRequiredService<QuarantineQueries>().ListAsync(staff, null, 50, default)).Error);
        Assert.Equal(default, await TotalsAsync(database, staff));
        Assert.IsType<ForbiddenError>((await database.Services.GetRequiredService<QuarantineRelease>().RunAsync(staff, [key], null, default)).Error);
        Assert.IsType<ForbiddenError>((await database.Services.GetRequiredService<QuarantineDisposal>().DiscardAsync(staff, [key], default)).Error);
        Assert.Equal(1, (await TotalsAsync(database, scope)).Instances);
    }

    [DatabaseTheory]
    public async Task Orphans_AFileWithoutItsRow_GoesBackToQuarantineAndNowhereElse(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 500 };
        await SendAsync(database.Services, scope, image, "CT9");
        string known = Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
        File.SetLastWriteTimeUtc(new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, known), DateTime.UtcNow.AddHours(-2));
        var lost = new PhantomImage { PixelBytes = 600 };
        Integrity.StoredImage.AddOrphan(database, scope, lost, below: "quarantine");

        Result<OrphanReport> report = await database.Services.GetRequiredService<OrphanCheck>().RunAsync(default);

        Assert.Equal((2, 0, 1), (report.Value.Files, report.Value.Indexed, report.Value.Kept));
        await AssertNothingInTheArchiveAsync(database, scope);
        Assert.Equal(2, (await TotalsAsync(database, scope)).Instances);
        Assert.Contains((await ListAsync(database, scope)).Groups, group => group.Key.StudyInstanceUid == lost.StudyInstanceUID);
    }

    [DatabaseTheory]
    public async Task Delete_TheFacility_TakesItsQuarantineToo(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), neighbour = await database.AddFacilityAsync();
        await SendAsync(database.Services, scope, new PhantomImage { PixelBytes = 100 }, "CT9");
        await SendAsync(database.Services, neighbour, new PhantomImage { PixelBytes = 100 }, "CT9");
        await using (NoctisDbContext context = database.AcrossFacilities())
        {
            await context.Facilities.Where(facility => facility.Id == scope.FacilityId)
                .ExecuteUpdateAsync(set => set.SetProperty(facility => facility.State, FacilityState.Deleting));
        }

        await database.Services.GetRequiredService<FacilityDeletion>().RunAsync(scope.FacilityId);

        await using NoctisDbContext after = database.AcrossFacilities();
        Assert.False(await after.Set<QuarantinedInstance>().AnyAsync(row => row.FacilityId == scope.FacilityId));
        Assert.False(await after.Set<QuarantineUsage>().AnyAsync(row => row.FacilityId == scope.FacilityId));
        Assert.False(Directory.Exists(new StoragePaths(database.StoragePath).Facility(scope.FacilityId)));
        Assert.Equal(1, (await TotalsAsync(database, neighbour)).Instances);
    }

    private static async Task SendAsync(IServiceProvider services, FacilityScope scope, PhantomImage image, string title) =>
        Assert.True((await TrySendAsync(services, scope, image, title, Terms)).Stored().Arrival is Arrival.Quarantined or Arrival.LeftOut);

    private static Task<Result<StoredInstance>> TrySendAsync(IServiceProvider services, FacilityScope scope, PhantomImage image, string title, QuarantineTerms terms)
    {
        DicomDataset dataset = image.ToDataset();
        return services.SendAsync(scope, Sending.Origin(dataset) with { CallingAETitle = title, Quarantine = terms }, Sending.DatasetBytes(dataset));
    }

    private static async Task<QuarantinePage> ListAsync(TestDatabase database, FacilityScope scope) =>
        (await database.Services.GetRequiredService<QuarantineQueries>().ListAsync(scope, null, 50, default)).Value;

    private static Task<QuarantineTotals> TotalsAsync(TestDatabase database, FacilityScope scope) =>
        database.Services.GetRequiredService<QuarantineQueries>().GetTotalsAsync(scope, default);

    private static async Task<QuarantineProgress> ReleaseAsync(TestDatabase database, FacilityScope scope, QuarantineKey key)
    {
        Result<QuarantineProgress> released = await database.Services.GetRequiredService<QuarantineRelease>().RunAsync(scope, [key], null, default);
        Assert.True(released.IsSuccess, released.Error?.Message);
        return released.Value;
    }

    private static async Task AssertNothingInTheArchiveAsync(TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        Assert.False(await context.Set<Study>().AnyAsync());
        Assert.False(await context.Set<Instance>().AnyAsync());
        Assert.False(await context.Set<FacilityUsage>().AnyAsync(usage => usage.Instances > 0));
        Assert.False(await context.Set<ArrivalHour>().AnyAsync());
    }

    private static async Task SetAsync(TestDatabase database, FacilityScope scope, Action<StorageSettings> set)
    {
        await using NoctisDbContext context = database.For(scope);
        var settings = new StorageSettings { FacilityId = scope.FacilityId };
        set(settings);
        context.Add(settings);
        await context.SaveChangesAsync();
    }
}
