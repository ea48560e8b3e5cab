using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Accounts;
using Noctis.Archive.Auditing;
using Noctis.Archive.Database;
using Noctis.Archive.Facilities;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Storage;

public sealed class StorageSettingsTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Get_NobodyChangedThem_AreTheDefaults(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();

        StorageSettings settings = await Queries(database).GetAsync(scope, default);

        Assert.Equal(0, settings.Version);
        Assert.Equal(new StorageSettingsDraft(), StorageSettingsDraft.Of(settings));
        Assert.Equal(
            (StorageLayout.Series, FileNaming.SopInstanceUid, DuplicatePolicy.Overwrite, null, 80, CleanUp.Off, null, 30),
            (settings.Layout, settings.FileNaming, settings.DuplicatePolicy, settings.QuotaBytes, settings.WarnPercent, settings.CleanUp, settings.RetentionDays, settings.TrashDays));
    }

    [DatabaseTheory]
    public async Task Save_ByAnAdministrator_IsKeptAnnouncedAndAudited_ForThisFacilityAlone(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        FacilityScope administrator = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "admin", null, true);
        var announced = new List<Guid>();
        using IDisposable subscription = database.Services.GetRequiredService<FacilityChanges>().Subscribe(announced.Add);
        var draft = new StorageSettingsDraft
        {
            Layout = StorageLayout.Date,
            FileNaming = FileNaming.Sequence,
            DuplicatePolicy = DuplicatePolicy.KeepBoth,
            QuotaBytes = 500_000_000_000,
            WarnPercent = 90,
            CleanUp = CleanUp.WhenFull,
            RetentionDays = 365,
            TrashDays = 0,
        };

        StorageSettings first = (await Commands(database).SaveAsync(administrator, draft, 0, default)).Value;
        StorageSettings second = (await Commands(database).SaveAsync(administrator, draft with { QuotaBytes = null }, first.Version, default)).Value;

        Assert.Equal((1, 2), (first.Version, second.Version));
        StorageSettings read = await Queries(database).GetAsync(scope, default);
        Assert.Equal((draft with { QuotaBytes = null }, 2, 1L), (StorageSettingsDraft.Of(read), read.Version, read.NextSequence));
        Assert.Equal(0, (await Queries(database).GetAsync(other, default)).Version);
        Assert.Contains(scope.FacilityId, announced);
        await using NoctisDbContext across = database.AcrossFacilities();
        Assert.Equal(
            [
                "Layout: Series → Date; FileNaming: SopInstanceUid → Sequence; DuplicatePolicy: Overwrite → KeepBoth; Quota: none → 500 GB; WarnPercent: 80 → 90; "
                    + "CleanUp: Off → WhenFull; RetentionDays: none → 365; TrashDays: 30 → 0",
                "Quota: 500 GB → none",
            ],
            await across.AuditEntries.Where(row => row.AboutFacilityId == scope.FacilityId && row.Action == AuditAction.StorageSettingsChanged)
                .OrderBy(row => row.Id).Select(row => row.Detail).ToListAsync());
    }

    [DatabaseTheory]
    public async Task Save_ByAManager_ChangesAllButTheQuota(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        FacilityScope administrator = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "admin", null, true);
        FacilityScope manager = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "manager", FacilityRole.Manager, false);
        FacilityScope staff = FacilityScope.ForUser(scope.FacilityId, Guid.NewGuid(), "staff", FacilityRole.Staff, false);
        var quota = new StorageSettingsDraft { QuotaBytes = 1_000_000_000 };
        Assert.True((await Commands(database).SaveAsync(administrator, quota, 0, default)).IsSuccess);

        Error? refused = (await Commands(database).SaveAsync(manager, quota with { QuotaBytes = 2_000_000_000 }, 1, default)).Error;
        Assert.Equal((typeof(ForbiddenError), "QuotaBytes"), (refused?.GetType(), refused?.Field));
        Assert.IsType<ForbiddenError>((await Commands(database).SaveAsync(staff, quota with { TrashDays = 1 }, 1, default)).Error);
        Assert.True((await Commands(database).SaveAsync(manager, quota with { TrashDays = 1 }, 1, default)).IsSuccess);

        Assert.Equal(quota with { TrashDays = 1 }, StorageSettingsDraft.Of(await Queries(database).GetAsync(scope, default)));
    }

    [DatabaseTheory]
    public async Task Save_FromAnOlderVersion_IsAConflict(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        Assert.True((await Commands(database).SaveAsync(scope, new StorageSettingsDraft { TrashDays = 1 }, 0, default)).IsSuccess);

        Assert.IsType<ConflictError>((await Commands(database).SaveAsync(scope, new StorageSettingsDraft { TrashDays = 2 }, 0, default)).Error);
        Assert.IsType<ConflictError>((await Commands(database).SaveAsync(scope, new StorageSettingsDraft { TrashDays = 2 }, 7, default)).Error);

        Assert.Equal(1, (await Queries(database).GetAsync(scope, default)).TrashDays);
    }

    [DatabaseTheory]
    public async Task Save_ByTwoAtTheSameMoment_OneIsTold(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int version = 0; version < 4; version++)
        {
            int from = version;
            Result<StorageSettings>[] results = await Task.WhenAll(Enumerable.Range(1, 2).Select(i =>
                Task.Run(() => Commands(database).SaveAsync(scope, new StorageSettingsDraft { TrashDays = (10 * from) + i }, from, default))));

            Assert.Single(results, result => result.IsSuccess);
            Assert.IsType<ConflictError>(results.Single(result => !result.IsSuccess).Error);
        }
    }

    [Theory]
    [InlineData(null, 80, CleanUp.Off, null, 30, null)]
    [InlineData(1_000_000L, 1, CleanUp.WhenFull, 0, 0, null)]
    [InlineData(1_000_000_000_000_000L, 99, CleanUp.Always, 36_500, 365, null)]
    [InlineData(999_999L, 80, CleanUp.Off, null, 30, "QuotaBytes")]
    [InlineData(1_000_000_000_000_001L, 80, CleanUp.Off, null, 30, "QuotaBytes")]
    [InlineData(-1L, 80, CleanUp.Off, null, 30, "QuotaBytes")]
    [InlineData(null, 0, CleanUp.Off, null, 30, "WarnPercent")]
    [InlineData(null, 100, CleanUp.Off, null, 30, "WarnPercent")]
    [InlineData(null, 80, CleanUp.WhenFull, null, 30, "RetentionDays")]
    [InlineData(null, 80, CleanUp.Always, null, 30, "RetentionDays")]
    [InlineData(null, 80, CleanUp.Off, -1, 30, "RetentionDays")]
    [InlineData(null, 80, CleanUp.Off, 36_501, 30, "RetentionDays")]
    [InlineData(null, 80, CleanUp.Off, null, -1, "TrashDays")]
    [InlineData(null, 80, CleanUp.Off, null, 366, "TrashDays")]
    [InlineData(null, 80, (CleanUp)9, 1, 30, "CleanUp")]
    public void Validate_AValueOutOfItsRange_NamesTheField(long? quota, int warn, CleanUp cleanUp, int? retention, int trash, string? field)
    {
        var draft = new StorageSettingsDraft { QuotaBytes = quota, WarnPercent = warn, CleanUp = cleanUp, RetentionDays = retention, TrashDays = trash };

        Assert.Equal(field, StorageSettingsRules.Validate(draft).SingleOrDefault()?.Field);
    }

    [DatabaseTheory]
    public async Task Standing_OfTheQuota_CountsKeptVersionsAndNotTheTrash(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync("Quota"), without = await database.AddFacilityAsync();
        Assert.Null(await Queries(database).GetStandingAsync(scope, default));
        await using (NoctisDbContext context = database.For(scope))
        {
            context.Add(new StorageSettings { QuotaBytes = 1_000_000, WarnPercent = 75, CleanUp = CleanUp.WhenFull, RetentionDays = 1 });
            context.Add(new FacilityUsage { Bytes = 700_000, VersionBytes = 49_999, TrashBytes = 5_000_000 });
            await context.SaveChangesAsync();
        }

        QuotaStanding standing = (await Queries(database).GetStandingAsync(scope, default))!;
        Assert.Equal(new QuotaStanding(scope.FacilityId, "Quota", 749_999, 1_000_000, 75, CleanUp.WhenFull), standing);
        Assert.Equal((74, false, false), (standing.Percent, standing.IsWorthAWarning, standing.IsFull));
        Assert.True((standing with { UsedBytes = 750_000 }).IsWorthAWarning);
        Assert.Equal((99, false), ((standing with { UsedBytes = 999_999 }).Percent, (standing with { UsedBytes = 999_999 }).IsFull));
        Assert.True((standing with { UsedBytes = 1_000_000 }).IsFull);
        IReadOnlyList<QuotaStanding> all = await Queries(database).ListStandingsAsync(AdministratorScope.ForSystem("test"), default);
        Assert.Contains(standing, all);
        Assert.DoesNotContain(all, one => one.FacilityId == without.FacilityId);
    }

    private static StorageSettingsQueries Queries(TestDatabase database) => database.Services.GetRequiredService<StorageSettingsQueries>();

    private static StorageSettingsCommands Commands(TestDatabase database) => database.Services.GetRequiredService<StorageSettingsCommands>();
}
