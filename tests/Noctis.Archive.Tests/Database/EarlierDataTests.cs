using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Integrity;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Ingest;
using Noctis.Archive.Tests.Retention;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Database;

/// <summary>
/// An installation of the first schema, with images of that time: rows without a hash, without a mark of completion, without storage
/// settings. It is brought up to date as a start does, and everything works on what was there.
/// </summary>
public sealed class EarlierDataTests
{
    private const string Earlier = "Initial";

    private static readonly DateTime Then = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    private static readonly PhantomImage First = new() { SOPInstanceUID = "1.2.3.1", PixelBytes = 1000 };
    private static readonly PhantomImage Second = First with { SOPInstanceUID = "1.2.3.2", InstanceNumber = 2, PixelBytes = 2000 };

    [DatabaseTheory]
    public async Task Start_OnEarlierData_FindsStudiesAndFilesAndCompletesThem(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await StartAsync(kind);
        await using TestDatabase _ = database;
        var queries = database.Services.GetRequiredService<StudyQueries>();

        Assert.Equal(1, await database.Services.GetRequiredService<StudyCompletion>().RunAsync(default));

        Study study = (await queries.GetStudyAsync(scope, First.StudyInstanceUID, default)).Value;
        Assert.Equal((2, false, (DateTime?)Then, "Phantom, Paula"), (study.NumberOfInstances, study.IsPinned, study.CompletedUtc, study.PatientNameDisplay));
        foreach (long id in (long[])[1, 2])
        {
            await using InstanceFile file = (await queries.GetInstanceFileAsync(scope, id, default)).Value;
            Assert.True(file.Content.Length > 1000);
        }

        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Integrity_OfFilesWithoutAHash_TakesOneAndNoticesDamageFromThenOn(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await StartAsync(kind);
        await using TestDatabase _ = database;
        var check = database.Services.GetRequiredService<IntegrityCheck>();

        IntegrityReport first = (await check.RunAsync(TimeSpan.FromHours(1), true, default)).Value;
        string file = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, StoragePath(First));
        byte[] content = await File.ReadAllBytesAsync(file);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        IntegrityReport second = (await check.RunAsync(TimeSpan.FromHours(1), true, default)).Value;

        Assert.Equal((2L, 2L, 0L), (first.Files, first.Hashed, first.Damaged));
        Assert.Equal((2L, 0L, 1L), (second.Files, second.Hashed, second.Damaged));
    }

    [DatabaseTheory]
    public async Task Duplicates_OfObjectsWithoutAHash_AreJudgedByTheirLength(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await StartAsync(kind);
        await using TestDatabase _ = database;
        await SetAsync(database, scope, new StorageSettings { DuplicatePolicy = DuplicatePolicy.KeepBoth });

        StoredInstance same = await database.Services.StoreAsync(scope, First, "");
        StoredInstance other = (await database.Services.SendAsync(scope, Second with { PixelBytes = 5000 })).Stored();

        Assert.Equal((1L, 2L, Arrival.Replaced), (same.InstanceId, other.InstanceId, other.Arrival));
        await using NoctisDbContext context = database.For(scope);
        InstanceVersion kept = await context.Set<InstanceVersion>().SingleAsync(version => version.InstanceId == 2);
        Assert.Equal((VersionOutcome.Kept, StoragePath(Second), (byte[]?)null), (kept.Outcome, kept.StoragePath, kept.ContentHash));
        await database.Services.GetRequiredService<FileRemovals>().DrainAsync(TimeSpan.Zero, default);
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task Refuse_OnEarlierData_LeavesTheStoredCopy(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await StartAsync(kind);
        await using TestDatabase _ = database;
        await SetAsync(database, scope, new StorageSettings { DuplicatePolicy = DuplicatePolicy.Refuse });

        Assert.Equal(0x0111, (await database.Services.SendAsync(scope, First)).Refused().DicomStatus);

        Assert.Equal(new[] { StoragePath(First), StoragePath(Second) }.Order(StringComparer.Ordinal), new FacilityDisk(database, scope.FacilityId).Objects());
        await database.AssertExactAsync(scope);
    }

    [DatabaseTheory]
    public async Task LayoutAndTrash_OnEarlierData_WorkAsOnNew(DatabaseProviderKind kind)
    {
        (TestDatabase database, FacilityScope scope) = await StartAsync(kind);
        await using TestDatabase _ = database;
        await SetAsync(database, scope, new StorageSettings { Layout = StorageLayout.Flat });
        StoredInstance added = (await database.Services.SendAsync(scope, First with { SOPInstanceUID = "1.2.3.3", InstanceNumber = 3 })).Stored();
        Assert.Equal(1, added.StudyId);
        string[] files = new FacilityDisk(database, scope.FacilityId).Objects();
        Assert.Contains(StoragePath(First), files);
        Assert.Single(files, path => path.StartsWith("objects/", StringComparison.Ordinal));

        Assert.True((await database.Services.GetRequiredService<StudyDeletion>().DeleteAsync(scope, [1], "old", default)).IsSuccess);
        long trash;
        await using (NoctisDbContext context = database.For(scope)) trash = (await context.Set<TrashedStudy>().SingleAsync()).Id;
        Assert.IsType<NotFoundError>((await database.Services.GetRequiredService<StudyQueries>().GetStudyAsync(scope, 1, default)).Error);
        Assert.True((await database.Services.GetRequiredService<StudyRestore>().RestoreAsync(scope, trash, default)).IsSuccess);

        Assert.Equal(3, (await database.Services.GetRequiredService<StudyQueries>().GetStudyAsync(scope, 1, default)).Value.NumberOfInstances);
        await database.AssertExactAsync(scope);
    }

    /// <summary>A facility with one study of two images in the schema of that time, then a start of today.</summary>
    private static async Task<(TestDatabase Database, FacilityScope Scope)> StartAsync(DatabaseProviderKind kind)
    {
        TestDatabase database = await TestDatabase.CreateAsync(kind, Earlier);
        var facility = Guid.CreateVersion7();
        var paths = new StoragePaths(database.StoragePath);
        int[] bytes = [.. new[] { First, Second }.Select(image => image.ToBytes().Length)];
        foreach (PhantomImage image in (PhantomImage[])[First, Second]) image.Save(paths.Resolve(facility, StoragePath(image)));

        await using (NoctisDbContext context = database.AcrossFacilities())
        {
            await context.Database.OpenConnectionAsync();
            await InsertAsync("Facilities", ("Id", facility), ("Name", "Earlier"), ("AETitle", "EARLIER"), ("Port", 30000), ("State", "Active"), ("CreatedUtc", Then), ("ChangedUtc", Then), ("Version", 1));
            await InsertAsync("Patients", ("Id", 1L), ("FacilityId", facility), ("PatientKey", PatientKey.For(First.PatientID, null, First.StudyInstanceUID)), ("PatientID", First.PatientID),
                ("PatientName", First.PatientName), ("PatientNameDisplay", "Phantom, Paula"), ("PatientNameFolded", "PHANTOM^PAULA"), ("PatientIDFolded", First.PatientID),
                ("CreatedUtc", Then), ("UpdatedUtc", Then));
            await InsertAsync("Studies", ("Id", 1L), ("FacilityId", facility), ("PatientRecordId", 1L), ("StudyInstanceUID", First.StudyInstanceUID), ("PatientName", First.PatientName),
                ("PatientNameDisplay", "Phantom, Paula"), ("PatientNameFolded", "PHANTOM^PAULA"), ("PatientID", First.PatientID), ("PatientIDFolded", First.PatientID),
                ("AccessionNumberFolded", First.AccessionNumber), ("ModalitiesInStudy", "CT"), ("SearchText", "PHANTOM PAULA"), ("NumberOfSeries", 1), ("NumberOfInstances", 2),
                ("Bytes", (long)bytes.Sum()), ("FirstReceivedUtc", Then), ("LastReceivedUtc", Then), ("SourceAETitle", "CT-1"));
            await InsertAsync("Series", ("Id", 1L), ("FacilityId", facility), ("StudyId", 1L), ("SeriesInstanceUID", First.SeriesInstanceUID), ("Modality", "CT"),
                ("NumberOfInstances", 2), ("Bytes", (long)bytes.Sum()), ("FirstReceivedUtc", Then), ("LastReceivedUtc", Then), ("SourceAETitle", "CT-1"));
            foreach ((int i, PhantomImage image) in new[] { First, Second }.Index())
            {
                await InsertAsync("Instances", ("Id", i + 1L), ("FacilityId", facility), ("SeriesId", 1L), ("SOPInstanceUID", image.SOPInstanceUID), ("SOPClassUID", image.SOPClassUID),
                    ("TransferSyntaxUID", image.TransferSyntax.UID.Value), ("Bytes", (long)bytes[i]), ("StoragePath", StoragePath(image)), ("ReceivedUtc", Then),
                    ("SourceAETitle", "CT-1"), ("SourceAddress", "192.0.2.7"), ("TimesReceived", 1));
            }

            await InsertAsync("FacilityUsage", ("FacilityId", facility), ("Studies", 1L), ("Series", 1L), ("Instances", 2L), ("Bytes", (long)bytes.Sum()), ("LastReceivedUtc", Then), ("LastSourceAETitle", "CT-1"));

            async Task InsertAsync(string table, params (string Column, object Value)[] row)
            {
                await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
                foreach ((int i, (string _, object value)) in row.Index())
                {
                    DbParameter parameter = command.CreateParameter();
                    parameter.ParameterName = "@p" + i.ToString(CultureInfo.InvariantCulture);
                    parameter.Value = kind == DatabaseProviderKind.Sqlite && value is Guid id ? id.ToByteArray(bigEndian: true) : value;
                    command.Parameters.Add(parameter);
                }

                command.CommandText = $"""INSERT INTO "{table}" ({string.Join(", ", row.Select(cell => $"\"{cell.Column}\""))}) VALUES ({string.Join(", ", row.Index().Select(cell => $"@p{cell.Index}"))})""";
                await command.ExecuteNonQueryAsync();
            }
        }

        await database.Services.GetRequiredService<DatabaseStartup>().MigrateAsync();
        return (database, FacilityScope.ForJob(facility, "test"));
    }

    private static string StoragePath(PhantomImage image) =>
        $"studies/{image.StudyInstanceUID}/{image.SeriesInstanceUID}/{image.SOPInstanceUID}.019c8b4f00007000800000000000000{image.InstanceNumber}.dcm";

    private static async Task SetAsync(TestDatabase database, FacilityScope scope, StorageSettings settings)
    {
        await using NoctisDbContext context = database.For(scope);
        context.Add(settings);
        await context.SaveChangesAsync();
    }
}
