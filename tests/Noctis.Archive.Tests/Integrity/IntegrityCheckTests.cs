using System.IO.Hashing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Noctis.Archive.Database;
using Noctis.Archive.Integrity;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Integrity;

/// <summary>Files are tampered with behind the archive's back, and what it finds.</summary>
public sealed class IntegrityCheckTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [DatabaseTheory]
    public async Task Run_FileWithoutAHash_TakesThatOfTheDataSetAsItWasReceived(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind);
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        await using (NoctisDbContext context = database.For(scope))
            await context.Set<Instance>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ContentHash, (byte[]?)null));

        IntegrityReport report = await RunAsync(database);

        Assert.True(report.Hashed >= 1);
        Assert.Equal(XxHash128.Hash(Sending.DatasetBytes(image.Image.ToDataset())), (await image.RowAsync()).ContentHash);
        Assert.Null(await image.FaultAsync());
        Assert.Equal(0, (await RunAsync(database)).Hashed);
    }

    [DatabaseTheory]
    public async Task Run_FileThatIsNotWhatWasReceived_IsFaultyUntilItIsWholeAgain(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind);
        StoredImage whole = await StoredImage.CreateAsync(database, scope);
        StoredImage other = await StoredImage.CreateAsync(database, scope);
        await RunAsync(database);

        foreach ((string what, FaultKind expected, Func<byte[], byte[]?> harm) in Harms(await File.ReadAllBytesAsync(await other.FileAsync())))
        {
            StoredImage image = await StoredImage.CreateAsync(database, scope);
            await RunAsync(database);
            string file = await image.FileAsync();
            byte[] before = await File.ReadAllBytesAsync(file);
            if (harm([.. before]) is { } harmed) await File.WriteAllBytesAsync(file, harmed);
            else File.Delete(file);

            await RunAsync(database);
            await RunAsync(database);

            InstanceFault? fault = await image.FaultAsync();
            Assert.Equal((what, expected, image.Stored.StudyId, (await image.RowAsync()).StoragePath), (what, fault?.Kind, fault?.StudyId, fault?.StoragePath));

            await File.WriteAllBytesAsync(file, before);
            Assert.Equal((what, 1L), (what, (await RunAsync(database)).Repaired));
            Assert.Null(await image.FaultAsync());
        }

        Assert.Null(await whole.FaultAsync());
    }

    [DatabaseTheory]
    public async Task Run_CutOffByTime_GoesOnWhereItStoppedAndSaysHowFarItIs(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 0; i < 7; i++) await StoredImage.CreateAsync(database, scope);
        ServiceProvider slow = database.CreateServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new SecondsPass())));
        var check = slow.GetRequiredService<IntegrityCheck>();

        var reports = new List<IntegrityReport>();
        do reports.Add((await check.RunAsync(TimeSpan.FromSeconds(12), true, default)).Value);
        while (reports[^1].Round!.FinishedUtc is null);

        Assert.True(reports.Count > 1);
        Assert.Equal(7, reports.Sum(report => report.Files));
        Assert.Equal(Enumerable.Range(0, reports.Count).Select(i => reports.Take(i + 1).Sum(report => report.Files)), reports.Select(report => report.Round!.Checked));
        Assert.Single(reports.Select(report => report.Round!.BeganUtc).Distinct());
        Assert.Contains($"{reports[0].Files} of about 7", reports[0].Summary, StringComparison.Ordinal);
        Assert.Contains("is complete: 7 files", reports[^1].Summary, StringComparison.Ordinal);
        // The next run begins a round of its own.
        IntegrityReport next = (await check.RunAsync(Long, true, default)).Value;
        Assert.Equal((7, 7L), (next.Files, next.Round!.Checked));
        Assert.NotEqual(reports[0].Round!.BeganUtc, next.Round.BeganUtc);
        Assert.Equal(next.Round, await check.GetRoundAsync(AdministratorScope.ForSystem("test"), default));
    }

    [DatabaseTheory]
    public async Task Run_ShortlyAfterARound_WaitsForItsTimeUnlessAPersonAsks(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        var check = database.Services.GetRequiredService<IntegrityCheck>();
        IntegrityReport first = (await check.RunAsync(Long, false, default)).Value;
        Assert.Equal(1, first.Files);
        File.Delete(await image.FileAsync());

        IntegrityReport between = (await check.RunAsync(Long, false, default)).Value;

        Assert.True(between.IsBetweenRounds);
        Assert.Equal("", between.Summary);
        Assert.Null(await image.FaultAsync());
        Assert.Equal(1, (await check.RunAsync(Long, true, default)).Value.Missing);
        ServiceProvider always = database.CreateServices(settings: new Dictionary<string, string?> { ["Integrity:HoursBetweenRounds"] = "0" });
        Assert.Equal(1, (await always.GetRequiredService<IntegrityCheck>().RunAsync(Long, false, default)).Value.Missing);
    }

    [DatabaseTheory]
    public async Task Run_OverwrittenWhileItIsLookedAt_LooksAtTheNewCopy(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        await StoredImage.CreateAsync(database, scope);
        StoredImage last = await StoredImage.CreateAsync(database, scope);
        string before = await last.FileAsync();
        // The page of rows is read when the clock is asked by the reader of the first file; then the second is sent again.
        var time = new CallsBack(atCall: 4, () => database.Services.SendAsync(scope, last.Image with { PixelBytes = 3000 }));
        ServiceProvider services = database.CreateServices(configure => configure.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));

        IntegrityReport report = (await services.GetRequiredService<IntegrityCheck>().RunAsync(Long, true, default)).Value;

        Assert.False(File.Exists(before));
        Assert.Equal((2, 0, 0), (report.Files, report.Missing, report.Damaged));
        Assert.Null(await last.FaultAsync());
    }

    [DatabaseTheory]
    public async Task Run_FolderOfAFacilityGone_StopsAndMarksNothing(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync("Harbour Clinic");
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        string folder = StoredImage.FolderOf(database, scope);
        Directory.Move(folder, folder + "-off");

        Result<IntegrityReport> result = await database.Services.GetRequiredService<IntegrityCheck>().RunAsync(Long, true, default);

        Assert.Contains("Harbour Clinic", Assert.IsType<StorageGoneError>(result.Error).Message, StringComparison.Ordinal);
        Assert.Null(await image.FaultAsync());
        Directory.Move(folder + "-off", folder);
        Assert.Equal(1, (await RunAsync(database)).Files);
    }

    [DatabaseTheory]
    public async Task Run_EverythingMissingAtOnce_IsTakenForADiskThatCameOff(DatabaseProviderKind kind)
    {
        await using TestDatabase database = await TestDatabase.CreateAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var images = new List<StoredImage>();
        foreach (PhantomImage image in PhantomImage.CreateSeries(new PhantomImage { PixelBytes = 100 }, 25)) images.Add(await StoredImage.CreateAsync(database, scope, image));
        string studies = Path.Combine(StoredImage.FolderOf(database, scope), "studies");
        Directory.Move(studies, studies + "-off");

        Result<IntegrityReport> result = await database.Services.GetRequiredService<IntegrityCheck>().RunAsync(Long, true, default);

        Assert.IsType<StorageGoneError>(result.Error);
        await using (NoctisDbContext context = database.For(scope)) Assert.False(await context.Set<InstanceFault>().AnyAsync());

        // One that is there shows that the others are lost.
        Directory.Move(studies + "-off", studies);
        foreach (StoredImage image in images.Skip(1)) File.Delete(await image.FileAsync());
        Assert.Equal(24, (await RunAsync(database)).Missing);
    }

    [DatabaseTheory]
    public async Task Run_KeptVersions_AreReadTooAndTheImagesOwnFaultGoesFirst(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind);
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        string file = await image.FileAsync(), kept = file.Replace(".dcm", "", StringComparison.Ordinal)[..^32] + $"{Guid.CreateVersion7():N}.dcm";
        File.Copy(file, kept);
        string keptPath = Path.GetRelativePath(StoredImage.FolderOf(database, scope), kept).Replace('\\', '/');
        await AddVersionAsync(image, keptPath);
        await RunAsync(database);
        await using (NoctisDbContext context = database.For(scope)) Assert.NotNull((await context.Set<InstanceVersion>().SingleAsync()).ContentHash);

        File.AppendAllText(kept, "x");
        await RunAsync(database);
        Assert.Equal((FaultKind.Damaged, keptPath), ((await image.FaultAsync())!.Kind, (await image.FaultAsync())!.StoragePath));

        byte[] content = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        await RunAsync(database);
        Assert.Equal((FaultKind.Missing, (await image.RowAsync()).StoragePath), ((await image.FaultAsync())!.Kind, (await image.FaultAsync())!.StoragePath));

        await File.WriteAllBytesAsync(file, content);
        await RunAsync(database);
        Assert.Equal(keptPath, (await image.FaultAsync())!.StoragePath);

        await File.WriteAllBytesAsync(kept, content);
        await RunAsync(database);
        Assert.Null(await image.FaultAsync());
    }

    [DatabaseTheory]
    public async Task Run_StudyInTheTrash_IsReadUnlessTheTrashIsBeingEmptiedOfIt(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind);
        StoredImage restorable = await StoredImage.CreateAsync(database, scope), going = await StoredImage.CreateAsync(database, scope);
        await TrashAsync(restorable, TrashState.Restorable);
        await TrashAsync(going, TrashState.Emptying);
        foreach (StoredImage image in new[] { restorable, going }) File.Delete(await image.FileAsync());

        await RunAsync(database);

        Assert.Equal(FaultKind.Missing, (await restorable.FaultAsync())?.Kind);
        Assert.Null(await going.FaultAsync());
        var queries = database.Services.GetRequiredService<FaultQueries>();
        Assert.Equal(0, await queries.CountAsync(scope, default));
    }

    [DatabaseTheory]
    public async Task Run_SwitchedOff_ReadsNothing(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind);
        StoredImage image = await StoredImage.CreateAsync(database, scope);
        File.Delete(await image.FileAsync());
        ServiceProvider off = database.CreateServices(settings: new Dictionary<string, string?> { ["Integrity:MegabytesPerSecond"] = "0" });

        IntegrityReport report = (await off.GetRequiredService<IntegrityCheck>().RunAsync(Long, true, default)).Value;

        Assert.Null(report.Round);
        Assert.Contains("Switched off", report.Summary, StringComparison.Ordinal);
        Assert.Null(await image.FaultAsync());
    }

    [DatabaseTheory]
    public async Task Faults_ListedPageByPage_AreThoseOfTheFacilityAlone(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await OpenAsync(kind);
        FacilityScope stranger = await database.AddFacilityAsync();
        var images = new List<StoredImage>();
        foreach (PhantomImage image in PhantomImage.CreateSeries(new PhantomImage { PatientName = "Müller^Anna", PixelBytes = 100 }, 5)) images.Add(await StoredImage.CreateAsync(database, scope, image));
        StoredImage foreign = await StoredImage.CreateAsync(database, stranger);
        foreach (StoredImage image in images.Append(foreign)) File.Delete(await image.FileAsync());
        await RunAsync(database);
        var queries = database.Services.GetRequiredService<FaultQueries>();

        var found = new List<FileFault>();
        long? after = null;
        do
        {
            FaultPage page = await queries.ListAsync(scope, after, 2, default);
            Assert.InRange(page.Faults.Count, 1, 2);
            found.AddRange(page.Faults);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal([5, 4, 3, 2, 1], found.Select(fault => fault.InstanceNumber));
        Assert.All(found, fault => Assert.Equal(("Müller, Anna", "PH-0001", "CT", FaultKind.Missing, false), (fault.PatientName, fault.PatientId, fault.Modality, fault.Kind, fault.IsOfVersion)));
        Assert.Equal(5, await queries.CountAsync(scope, default));
        Assert.Equal([1, 2, 3, 4, 5], (await queries.ListAsync(scope, images[0].Stored.StudyId, default)).Select(fault => fault.InstanceNumber));
        Assert.Empty(await queries.ListAsync(scope, foreign.Stored.StudyId, default));
        IReadOnlyDictionary<Guid, int> all = await queries.CountByFacilityAsync(AdministratorScope.ForSystem("test"), default);
        Assert.Equal((5, 1), (all[scope.FacilityId], all[stranger.FacilityId]));
    }

    private static IEnumerable<(string What, FaultKind Kind, Func<byte[], byte[]?> Harm)> Harms(byte[] otherObject) =>
    [
        ("gone", FaultKind.Missing, _ => null),
        ("empty", FaultKind.Damaged, _ => []),
        ("cut short", FaultKind.Damaged, bytes => bytes[..^1]),
        ("longer", FaultKind.Damaged, bytes => [.. bytes, 0]),
        ("a bit of the pixels", FaultKind.Damaged, bytes => Flip(bytes, bytes.Length - 10)),
        ("a bit of the header", FaultKind.Damaged, bytes => Flip(bytes, 600)),
        ("no DICM", FaultKind.Damaged, bytes => Flip(bytes, 128)),
        ("length of the meta group", FaultKind.Damaged, bytes => Flip(bytes, 143)),
        ("zeros", FaultKind.Damaged, bytes => new byte[bytes.Length]),
        ("another object", FaultKind.Damaged, _ => otherObject),
    ];

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 0x10;
        return bytes;
    }

    private static async Task<IntegrityReport> RunAsync(TestDatabase database)
    {
        Result<IntegrityReport> result = await database.Services.GetRequiredService<IntegrityCheck>().RunAsync(Long, true, default);
        Assert.True(result.IsSuccess, result.Error?.Message);
        Assert.NotNull(result.Value.Round!.FinishedUtc);
        return result.Value;
    }

    private static async Task AddVersionAsync(StoredImage image, string storagePath)
    {
        Instance row = await image.RowAsync();
        await using NoctisDbContext context = image.Database.For(image.Scope);
        context.Add(new InstanceVersion
        {
            Id = image.Database.Services.GetRequiredService<IdGenerator>().Next(),
            StudyId = image.Stored.StudyId,
            InstanceId = row.Id,
            ReceivedUtc = row.ReceivedUtc,
            TransferSyntaxUID = row.TransferSyntaxUID,
            Bytes = row.Bytes,
            StoragePath = storagePath,
            Outcome = VersionOutcome.Kept,
        });
        await context.SaveChangesAsync();
    }

    internal static async Task TrashAsync(StoredImage image, TrashState state)
    {
        await using NoctisDbContext context = image.Database.For(image.Scope);
        long id = image.Database.Services.GetRequiredService<IdGenerator>().Next();
        context.Add(new TrashedStudy { Id = id, StudyId = image.Stored.StudyId, Instances = 1, Series = 1, DeletedUtc = DateTime.UtcNow, PurgeUtc = DateTime.UtcNow, State = state });
        await context.SaveChangesAsync();
        await context.Set<Study>().Where(study => study.Id == image.Stored.StudyId).ExecuteUpdateAsync(set => set.SetProperty(study => study.TrashId, id));
    }

    private async Task<(TestDatabase Database, FacilityScope Scope)> OpenAsync(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        return (database, await database.AddFacilityAsync());
    }

    /// <summary>A clock on which a second passes whenever it is looked at.</summary>
    private sealed class SecondsPass : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;
    }

    /// <summary>A clock that has something done when its timestamp is asked for the nth time.</summary>
    private sealed class CallsBack(int atCall, Func<Task> action) : TimeProvider
    {
        private int _calls;

        public override long GetTimestamp()
        {
            if (Interlocked.Increment(ref _calls) == atCall) Task.Run(action).GetAwaiter().GetResult();
            return base.GetTimestamp();
        }
    }
}
