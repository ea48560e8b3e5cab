using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Dicom.Files;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Ingest;

/// <summary>What becomes of objects that arrive, on every database.</summary>
public sealed class IngestTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    [DatabaseTheory]
    public async Task Store_OneObject_IsOnDiskAndInTheIndex(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PatientName = "Müller^Anna=山田^太郎", InstanceNumber = 7 };

        var stored = (await database.Services.SendAsync(scope, image)).Stored();

        var disk = new FacilityDisk(database, scope.FacilityId);
        await using NoctisDbContext context = database.For(scope);
        Instance instance = await context.Set<Instance>().SingleAsync();
        Assert.Equal(stored.InstanceId, instance.Id);
        Assert.Equal([instance.StoragePath], disk.Objects());
        Assert.Empty(disk.Incoming());
        byte[] file = disk.Read(instance.StoragePath);
        Assert.Equal(file.Length, instance.Bytes);
        Assert.Equal(stored.Bytes, instance.Bytes);
        Assert.True(file.AsSpan().EndsWith(Sending.DatasetBytes(image.ToDataset())));
        Assert.Equal((image.SOPInstanceUID, image.SOPClassUID, 7), (instance.SOPInstanceUID, instance.SOPClassUID, instance.InstanceNumber));
        Assert.Equal(("CT-ROOM-2", "192.0.2.7", 1), (instance.SourceAETitle, instance.SourceAddress, instance.TimesReceived));
        Assert.Equal(("ORIGINAL\\PRIMARY\\AXIAL", 256, "1.2.840.10008.1.2.1"), (instance.ImageType, instance.Columns, instance.TransferSyntaxUID));

        Study study = await context.Set<Study>().SingleAsync();
        Assert.Equal((image.StudyInstanceUID, new DateOnly(2026, 1, 2), new TimeOnly(10, 15)), (study.StudyInstanceUID, study.StudyDate, study.StudyTime));
        Assert.Equal(("Müller^Anna=山田^太郎", "MULLER^ANNA=山田^太郎", "PH-0001"), (study.PatientName, study.PatientNameFolded, study.PatientID));
        Assert.Equal(("CT", 1, 1, instance.Bytes), (study.ModalitiesInStudy, study.NumberOfSeries, study.NumberOfInstances, study.Bytes));
        Series series = await context.Set<Series>().SingleAsync();
        Assert.Equal((study.Id, "CT", 1, 1, instance.Bytes), (series.StudyId, series.Modality, series.SeriesNumber, series.NumberOfInstances, series.Bytes));
        Patient patient = await context.Set<Patient>().SingleAsync();
        Assert.Equal((study.PatientRecordId, "PH-0001", new DateOnly(1970, 1, 1)), (patient.Id, patient.PatientID, patient.PatientBirthDate));
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((1, 1, 1, instance.Bytes), (usage.Studies, usage.Series, usage.Instances, usage.Bytes));
        ArrivalHour hour = await context.Set<ArrivalHour>().SingleAsync();
        Assert.Equal((1, 1, instance.Bytes), (hour.Studies, hour.Images, hour.Bytes));
    }

    [DatabaseTheory]
    public async Task Store_SameObjectInTwoFacilities_IsTwoStudies(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope first = await database.AddFacilityAsync(), second = await database.AddFacilityAsync();
        var image = new PhantomImage();

        var inFirst = (await database.Services.SendAsync(first, image)).Stored();
        var inSecond = (await database.Services.SendAsync(second, image with { PatientName = "Other^Otto" })).Stored();

        Assert.NotEqual(inFirst.StudyId, inSecond.StudyId);
        Assert.False(inSecond.Replaced);
        var queries = database.Services.GetRequiredService<StudyQueries>();
        Assert.Equal("Phantom^Paula", (await queries.GetStudyAsync(first, inFirst.StudyId, default)).Value.PatientName);
        Assert.IsType<NotFoundError>((await queries.GetStudyAsync(first, inSecond.StudyId, default)).Error);
        Assert.IsType<NotFoundError>((await queries.GetInstanceFileAsync(first, inSecond.InstanceId, default)).Error);
        Assert.Empty(await queries.ListSeriesAsync(first, inSecond.StudyId, default));
        Assert.Empty((await queries.ListInstancesAsync(first, inSecond.SeriesId, null, 10, default)).Instances);
        Assert.Equal(inFirst.StudyId, Assert.Single((await queries.SearchAsync(first, new StudySearch(), default)).Studies).Id);
        Assert.Single(new FacilityDisk(database, first.FacilityId).Objects());
        Assert.Single(new FacilityDisk(database, second.FacilityId).Objects());
    }

    [DatabaseTheory]
    public async Task Store_SameObjectAgain_TheNewestReplacesTheOlder(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 1000 };
        var before = (await database.Services.SendAsync(scope, image)).Stored();

        var after = (await database.Services.SendAsync(scope, image with { PixelBytes = 50_000, SeriesDescription = "Repeated" })).Stored();

        Assert.True(after.Replaced);
        Assert.Equal(before.InstanceId, after.InstanceId);
        await using NoctisDbContext context = database.For(scope);
        Instance instance = await context.Set<Instance>().SingleAsync();
        Assert.Equal((after.Bytes, 2), (instance.Bytes, instance.TimesReceived));
        Assert.Equal([instance.StoragePath], new FacilityDisk(database, scope.FacilityId).Objects());
        Study study = await context.Set<Study>().SingleAsync();
        Assert.Equal((1, 1, after.Bytes), (study.NumberOfSeries, study.NumberOfInstances, study.Bytes));
        Assert.Equal("Repeated", (await context.Set<Series>().SingleAsync()).SeriesDescription);
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((1, 1, after.Bytes), (usage.Studies, usage.Instances, usage.Bytes));
        Assert.Equal(2, (await context.Set<ArrivalHour>().ToListAsync()).Sum(hour => hour.Images));
    }

    [DatabaseTheory]
    public async Task Store_OverwritingWhileItIsRead_TheReaderAlwaysFindsAWholeCopy(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 4000 };
        var stored = (await database.Services.SendAsync(scope, image)).Stored();
        var queries = database.Services.GetRequiredService<StudyQueries>();
        using var done = new CancellationTokenSource();

        Task<int> reader = Task.Run(async () =>
        {
            int reads = 0;
            do
            {
                Result<InstanceFile> opened = await queries.GetInstanceFileAsync(scope, stored.InstanceId, default);
                Assert.True(opened.IsSuccess, opened.Error?.Message);
                await using InstanceFile file = opened.Value;
                DicomFile content = await DicomFile.OpenAsync(file.Content);
                Assert.Equal(image.SOPInstanceUID, content.Dataset.GetString(DicomTag.SOPInstanceUID));
                Assert.Equal(file.Instance.Bytes, file.Content.Length);
                reads++;
            }
            while (!done.IsCancellationRequested);
            return reads;
        });
        for (int i = 1; i <= 60; i++) (await database.Services.SendAsync(scope, image with { PixelBytes = 4000 + (i * 600) })).Stored();
        await done.CancelAsync();

        Assert.True(await reader > 0);
        Assert.Single(new FacilityDisk(database, scope.FacilityId).Objects());
    }

    [DatabaseTheory]
    public async Task Store_NewStudyBySixteenAtOnceOnTwoNodes_IsOneStudyWithRightCounts(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        IServiceProvider otherNode = database.AnotherNode();
        FacilityScope scope = await database.AddFacilityAsync();
        var first = new PhantomImage { PixelBytes = 2000 };
        string[] series = [first.SeriesInstanceUID, DicomUID.Generate().Value, DicomUID.Generate().Value];

        Result<Archive.Ingest.StoredInstance>[][] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(task => Task.Run(async () =>
        {
            IServiceProvider node = task % 2 == 0 ? database.Services : otherNode;
            var sent = new List<Result<Archive.Ingest.StoredInstance>>();
            for (int i = 0; i < 6; i++)
            {
                sent.Add(await node.SendAsync(scope, first with
                {
                    SOPInstanceUID = DicomUID.Generate().Value,
                    SeriesInstanceUID = series[(task + i) % 3],
                    Modality = (task + i) % 3 == 2 ? "SR" : "CT",
                }));
            }

            return sent.ToArray();
        })));

        long bytes = results.SelectMany(sent => sent).Sum(sent => sent.Stored().Bytes);
        await using NoctisDbContext context = database.For(scope);
        Study study = await context.Set<Study>().SingleAsync();
        Assert.Equal((3, 96, bytes, "CT\\SR"), (study.NumberOfSeries, study.NumberOfInstances, study.Bytes, study.ModalitiesInStudy));
        List<Series> rows = await context.Set<Series>().ToListAsync();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal(32, row.NumberOfInstances));
        Assert.Equal(bytes, rows.Sum(row => row.Bytes));
        Assert.Single(await context.Set<Patient>().ToListAsync());
        FacilityUsage usage = await context.Set<FacilityUsage>().SingleAsync();
        Assert.Equal((1, 3, 96, bytes), (usage.Studies, usage.Series, usage.Instances, usage.Bytes));
        List<ArrivalHour> hours = await context.Set<ArrivalHour>().ToListAsync();
        Assert.Equal((1, 96), (hours.Sum(hour => hour.Studies), hours.Sum(hour => hour.Images)));
        Assert.Equal(await context.Set<Instance>().Select(row => row.StoragePath).OrderBy(path => path).ToListAsync(), new FacilityDisk(database, scope.FacilityId).Objects());
    }

    [DatabaseTheory]
    public async Task Store_AfterItsStudyWasDeletedByAnother_MakesItAnew(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        PhantomImage[] images = [.. PhantomImage.CreateSeries(new PhantomImage { PixelBytes = 1000 }, 2)];
        var first = (await database.Services.SendAsync(scope, images[0])).Stored();
        await using NoctisDbContext context = database.For(scope);
        await context.Set<Instance>().ExecuteDeleteAsync();
        await context.Set<Series>().ExecuteDeleteAsync();
        await context.Set<Study>().ExecuteDeleteAsync();
        await context.Set<Patient>().ExecuteDeleteAsync();

        var second = (await database.Services.SendAsync(scope, images[1])).Stored();

        Assert.NotEqual(first.StudyId, second.StudyId);
        Study study = await context.Set<Study>().AsNoTracking().SingleAsync();
        Assert.Equal((second.StudyId, 1), (study.Id, study.NumberOfInstances));
    }

    [DatabaseTheory]
    public async Task Store_OneThatTheDatabaseRefuses_TheOthersAreStored(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        // No such facility: a foreign key refuses its rows, on every database.
        FacilityScope gone = FacilityScope.ForListener(Guid.CreateVersion7());

        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
            (IsGood: i % 6 != 0, Result: await database.Services.SendAsync(i % 6 != 0 ? scope : gone, new PhantomImage { PixelBytes = 500 })))));

        foreach (var (isGood, result) in results)
        {
            if (isGood) result.Stored();
            else Assert.Equal(0x0110, result.Refused().DicomStatus);
        }

        Assert.Equal(20, new FacilityDisk(database, scope.FacilityId).Objects().Length);
        var goneDisk = new FacilityDisk(database, gone.FacilityId);
        Assert.Empty(goneDisk.Objects());
        Assert.Empty(goneDisk.Incoming());
    }

    [DatabaseTheory]
    public async Task Store_ObjectThatContradictsTheStudysPatient_MovesItAndKeepsTheContradictionInSight(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        PhantomImage[] images = [.. PhantomImage.CreateSeries(new PhantomImage { PatientID = "WRONG-1", PatientName = "Wrong^Wanda" }, 2)];
        await database.Services.SendAsync(scope, images[0]);

        var stored = (await database.Services.SendAsync(scope, images[1] with { PatientID = "RIGHT-1", PatientName = "Right^Rita" })).Stored();

        var queries = database.Services.GetRequiredService<StudyQueries>();
        Study study = (await queries.GetStudyAsync(scope, stored.StudyId, default)).Value;
        Assert.Equal(("RIGHT-1", "Right^Rita", "WRONG-1"), (study.PatientID, study.PatientName, study.EarlierPatientIDs));
        Assert.Equal("RIGHT-1", (await queries.GetPatientAsync(scope, study.PatientRecordId, default)).Value.PatientID);
        Assert.True(Assert.Single((await queries.SearchAsync(scope, new StudySearch { Text = "right-1" }, default)).Studies).HasPatientConflict);
        Assert.Empty((await queries.SearchAsync(scope, new StudySearch { Text = "wrong" }, default)).Studies);
    }

    [DatabaseTheory]
    public async Task Store_TwoPeopleUnderOnePatientId_EachStudyKeepsItsName(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();

        var one = (await database.Services.SendAsync(scope, new PhantomImage { PatientID = "123456", PatientName = "One^Olga" })).Stored();
        var two = (await database.Services.SendAsync(scope, new PhantomImage { PatientID = "123456", PatientName = "Two^Theo" })).Stored();

        var queries = database.Services.GetRequiredService<StudyQueries>();
        Assert.Equal("One^Olga", (await queries.GetStudyAsync(scope, one.StudyId, default)).Value.PatientName);
        Assert.Equal("Two^Theo", (await queries.GetStudyAsync(scope, two.StudyId, default)).Value.PatientName);
    }

    [DatabaseTheory]
    public async Task Store_WithoutPatientId_TwoStudiesAreTwoPatients(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();

        for (int i = 0; i < 2; i++)
        {
            DicomDataset dataset = new PhantomImage().ToDataset();
            dataset.Remove(DicomTag.PatientID);
            dataset.Remove(DicomTag.PatientName);
            (await database.Services.SendAsync(scope, dataset)).Stored();
        }

        await using NoctisDbContext context = database.For(scope);
        Assert.Equal(2, await context.Set<Patient>().CountAsync());
        Assert.Equal(2, await context.Set<Study>().Select(study => study.PatientRecordId).Distinct().CountAsync());
    }

    [DatabaseTheory]
    public async Task Store_HostileAndOverlongValues_AreFiledAndTheFileKeepsEveryByte(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        DicomDataset dataset = new PhantomImage { PixelBytes = 500 }.ToDataset()
            .SetString(DicomTag.PatientName, "O'Brien\"; --^<b>&amp;</b>" + new string('x', 400))
            .SetString(DicomTag.PatientID, "../..%2F*?_%$(id)" + string.Concat(Enumerable.Repeat("😀", 100)))
            .SetString(DicomTag.AccessionNumber, "'); x --")
            .SetString(DicomTag.StudyDescription, "=1+1 {{7*7}} ${x}\r\nX: y\0z")
            .SetString(DicomTag.PatientComments, new string('c', 10_000))
            .SetString(DicomTag.StudyInstanceUID, "../../../etc/passwd")
            .SetString(DicomTag.SeriesInstanceUID, "CON")
            .SetString(DicomTag.SOPInstanceUID, "1.2.3/..;rm-rf");
        byte[] bytes = Sending.DatasetBytes(dataset);

        (await database.Services.SendAsync(scope, Sending.Origin(dataset), bytes)).Stored();

        await using NoctisDbContext context = database.For(scope);
        Study study = await context.Set<Study>().SingleAsync();
        Assert.Equal(("../../../etc/passwd", "'); x --"), (study.StudyInstanceUID, study.AccessionNumber));
        Assert.StartsWith("../..%2F*?_%$(id)", study.PatientID, StringComparison.Ordinal);
        Assert.InRange(study.PatientID!.Length, 60, 64);
        Assert.False(char.IsHighSurrogate(study.PatientID[^1]));
        Assert.DoesNotContain(study.StudyDescription!, char.IsControl);
        var disk = new FacilityDisk(database, scope.FacilityId);
        string path = Assert.Single(disk.Objects());
        Assert.Matches("^studies/x-[0-9a-f]{40}/x-[0-9a-f]{40}/x-[0-9a-f]{40}\\.[0-9a-f]{32}\\.dcm$", path);
        Assert.True(disk.Read(path).AsSpan().EndsWith(bytes));
    }

    [DatabaseTheory]
    public async Task Store_AcrossNodesAndRestarts_IdsOfOneObjectStay(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 500 };
        var first = (await database.Services.SendAsync(scope, image)).Stored();

        await using ServiceProvider restarted = database.CreateServices();
        var second = (await restarted.SendAsync(scope, image)).Stored();
        var third = (await database.Services.SendAsync(scope, image)).Stored();

        Assert.Equal((first.StudyId, first.SeriesId, first.InstanceId), (second.StudyId, second.SeriesId, second.InstanceId));
        Assert.Equal(second.InstanceId, third.InstanceId);
        await using NoctisDbContext context = database.For(scope);
        Instance instance = await context.Set<Instance>().SingleAsync();
        Assert.Equal(3, instance.TimesReceived);
        Assert.Equal([instance.StoragePath], new FacilityDisk(database, scope.FacilityId).Objects());
    }
}
