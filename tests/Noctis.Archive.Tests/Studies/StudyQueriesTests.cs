using Microsoft.Extensions.DependencyInjection;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;
using Noctis.Testing.Databases;
using Noctis.Testing.Dicom;

namespace Noctis.Archive.Tests.Studies;

public sealed class StudyQueriesTests(DatabaseFixture databases) : IClassFixture<DatabaseFixture>
{
    private static readonly PhantomImage[] Images =
    [
        new() { PatientName = "Müller^Anna", PatientID = "PAT-004512", AccessionNumber = "ACC240915", StudyDescription = "Chest with contrast", StudyDate = "20260102", Modality = "CT" },
        new() { PatientName = "Okafor^Daniel", PatientID = "PAT-009001", AccessionNumber = "ACC240911", StudyDescription = "Knee left", StudyDate = "20260103", Modality = "MR" },
        new() { PatientName = "Yamada^Tarou=山田^太郎=やまだ^たろう", PatientID = "100%_[a]!", AccessionNumber = "acc\u00e9", StudyDescription = "Hand right, 2 views", StudyDate = "20260104", Modality = "DX" },
        new() { PatientName = "Nguyễn^Thị Lan", PatientID = "pat-5", AccessionNumber = "", StudyDescription = "STRASSE", StudyDate = "20251231", Modality = "PT" },
    ];

    public static TheoryData<string, int[]> Texts => new()
    {
        { "muller", [0] },
        { "MÜLLER, anna", [0] },
        { "anna muller", [0] },
        { "pat-00", [1, 0] },
        { "acc2409", [1, 0] },
        { "chest anna", [0] },
        { "chest daniel", [] },
        { "山田", [2] },
        { "nguyen thi", [3] },
        { "straße", [3] },
        { "100%", [2] },
        { "%", [2] },
        { "_", [2] },
        { "[a]", [2] },
        { "[a-z]", [] },
        { "!", [2] },
        { "'; DROP TABLE Studies; --", [] },
        { "   ", [3, 2, 1, 0] },
        { "", [3, 2, 1, 0] },
    };

    [DatabaseTheory]
    public async Task Search_ByText_FindsWhateverCaseAndAccents(DatabaseProviderKind kind)
    {
        (IServiceProvider services, FacilityScope scope) = await FillAsync(kind);

        foreach ((string text, int[] expected) in Texts.Select(row => ((string)row[0], (int[])row[1])))
            Assert.Equal((text, Names(expected)), (text, await SearchAsync(services, scope, new StudySearch { Text = text })));
    }

    [DatabaseTheory]
    public async Task Search_BySingleFields_NarrowsToThoseThatFitThemAll(DatabaseProviderKind kind)
    {
        (IServiceProvider services, FacilityScope scope) = await FillAsync(kind);

        Assert.Equal(Names(1), await SearchAsync(services, scope, new StudySearch { PatientName = "okafor" }));
        Assert.Equal(Names(), await SearchAsync(services, scope, new StudySearch { PatientName = "chest" }));
        Assert.Equal(Names(3, 1, 0), await SearchAsync(services, scope, new StudySearch { PatientId = "pat-" }));
        Assert.Equal(Names(), await SearchAsync(services, scope, new StudySearch { PatientId = "%" }));
        Assert.Equal(Names(2, 1, 0), await SearchAsync(services, scope, new StudySearch { AccessionNumber = "acc" }));
        Assert.Equal(Names(2, 1), await SearchAsync(services, scope, new StudySearch { DateFrom = new DateOnly(2026, 1, 3) }));
        Assert.Equal(Names(3, 0), await SearchAsync(services, scope, new StudySearch { DateTo = new DateOnly(2026, 1, 2) }));
        Assert.Equal(Names(0), await SearchAsync(services, scope, new StudySearch { DateFrom = new DateOnly(2026, 1, 2), DateTo = new DateOnly(2026, 1, 2) }));
        Assert.Equal(Names(3, 1), await SearchAsync(services, scope, new StudySearch { Modalities = ["mr", "PT"] }));
        Assert.Equal(Names(1), await SearchAsync(services, scope, new StudySearch { Modalities = ["MR"], PatientId = "PAT", DateFrom = new DateOnly(2026, 1, 1) }));
        Assert.Equal(Names(3, 2, 1, 0), await SearchAsync(services, scope, new StudySearch { SourceAETitle = "CT-ROOM-2", ArrivedFromUtc = DateTime.UtcNow.AddHours(-1) }));
        Assert.Equal(Names(), await SearchAsync(services, scope, new StudySearch { ArrivedBeforeUtc = DateTime.UtcNow.AddHours(-1) }));
        Assert.Equal(Names(0, 1, 2, 3), await SearchAsync(services, scope, new StudySearch { Order = StudyOrder.OldestFirst }));
        Assert.Equal(2, await services.GetRequiredService<StudyQueries>().CountAsync(scope, new StudySearch(), 2, default));
        Assert.Equal(1, await services.GetRequiredService<StudyQueries>().CountAsync(scope, new StudySearch { Text = "anna" }, 100, default));
    }

    [DatabaseTheory]
    public async Task Search_PageByPage_GoesThereAndBackOverTheSamePages(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        for (int i = 0; i < 7; i++) (await database.Services.SendAsync(scope, new PhantomImage { PatientName = $"P{i}", PixelBytes = 100 })).Stored();
        var queries = database.Services.GetRequiredService<StudyQueries>();
        var search = new StudySearch { PageSize = 3 };

        StudyPage first = await queries.SearchAsync(scope, search, default);
        StudyPage second = await queries.SearchAsync(scope, search with { Cursor = first.Next }, default);
        StudyPage third = await queries.SearchAsync(scope, search with { Cursor = second.Next }, default);
        StudyPage secondAgain = await queries.SearchAsync(scope, search with { Cursor = third.Previous }, default);
        StudyPage firstAgain = await queries.SearchAsync(scope, search with { Cursor = secondAgain.Previous }, default);

        Assert.Equal(["P6", "P5", "P4"], first.Studies.Select(study => study.PatientName));
        Assert.Equal(["P3", "P2", "P1"], second.Studies.Select(study => study.PatientName));
        Assert.Equal(["P0"], third.Studies.Select(study => study.PatientName));
        Assert.Null(first.Previous);
        Assert.Null(third.Next);
        Assert.Equal(second.Studies.Select(study => study.Id), secondAgain.Studies.Select(study => study.Id));
        Assert.Equal(first.Studies.Select(study => study.Id), firstAgain.Studies.Select(study => study.Id));
        Assert.Null(firstAgain.Previous);
        Assert.Equal(second.Next, secondAgain.Next);

        // A study that arrives meanwhile moves no page.
        (await database.Services.SendAsync(scope, new PhantomImage { PatientName = "New" })).Stored();
        Assert.Equal(["P3", "P2", "P1"], (await queries.SearchAsync(scope, search with { Cursor = first.Next }, default)).Studies.Select(study => study.PatientName));
        Assert.NotNull((await queries.SearchAsync(scope, search with { Cursor = secondAgain.Previous }, default)).Previous);
    }

    [DatabaseTheory]
    public async Task ListInstances_PageByPage_ComeByNumberOnceEach(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync();
        var image = new PhantomImage { PixelBytes = 100 };
        long seriesId = 0;
        foreach (int? number in new int?[] { 5, 1, null, 3, 3, 2, 10, null })
        {
            DicomDataset dataset = (image with { SOPInstanceUID = DicomUID.Generate().Value, InstanceNumber = number ?? 0 }).ToDataset();
            if (number is null) dataset.Remove(DicomTag.InstanceNumber);
            seriesId = (await database.Services.SendAsync(scope, dataset)).Stored().SeriesId;
        }

        var queries = database.Services.GetRequiredService<StudyQueries>();
        var found = new List<Instance>();
        InstanceCursor? cursor = null;
        do
        {
            InstancePage page = await queries.ListInstancesAsync(scope, seriesId, cursor, 3, default);
            found.AddRange(page.Instances);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal([null, null, 1, 2, 3, 3, 5, 10], found.Select(instance => instance.InstanceNumber));
        Assert.Equal(8, found.Select(instance => instance.Id).Distinct().Count());
    }

    [DatabaseTheory]
    public async Task Counts_AfterArrivals_AddUpForOneFacilityAndForAll(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        var arrivals = database.Services.GetRequiredService<ArrivalQueries>();
        AdministratorScope administrator = AdministratorScope.ForSystem("test");
        DateTime since = DateTime.UtcNow.AddHours(-2), until = DateTime.UtcNow.AddHours(2);
        Assert.Equal(new StudyCounts(0, 0, 0, 0, 0, null, null), await arrivals.GetCountsAsync(scope, since, default));
        StudyCounts before = await arrivals.GetCountsAsync(administrator, since, default);

        long bytes = 0;
        foreach (PhantomImage image in PhantomImage.CreateSeries(new PhantomImage { PixelBytes = 100 }, 3))
            bytes += (await database.Services.SendAsync(scope, image)).Stored().Bytes;
        (await database.Services.SendAsync(other, new PhantomImage { PixelBytes = 100 })).Stored();

        StudyCounts counts = await arrivals.GetCountsAsync(scope, since, default);
        Assert.Equal((1, 3, bytes, 1, 3, "CT-ROOM-2"), (counts.Studies, counts.Images, counts.Bytes, counts.StudiesToday, counts.ImagesToday, counts.LastSourceAETitle));
        Assert.InRange(counts.LastReceivedUtc!.Value, since, until);
        Assert.Equal(0, (await arrivals.GetCountsAsync(scope, until, default)).StudiesToday);
        StudyCounts all = await arrivals.GetCountsAsync(administrator, since, default);
        Assert.Equal((before.Studies + 2, before.Images + 4, before.ImagesToday + 4), (all.Studies, all.Images, all.ImagesToday));
        Assert.Contains(await arrivals.GetTotalsByFacilityAsync(administrator, default), total => total.FacilityId == scope.FacilityId && total.Images == 3);
        IReadOnlyList<ArrivalPoint> points = await arrivals.GetArrivalsAsync(scope, DateTime.UtcNow.AddHours(-24), DateTime.UtcNow.AddMinutes(1), default);
        Assert.InRange(points.Count, 25, 26);
        Assert.Equal((3, 1, bytes), (points.Sum(point => point.Images), points.Sum(point => point.Studies), points.Sum(point => point.Bytes)));
        Assert.True((await arrivals.GetArrivalsAsync(administrator, since, until, default)).Sum(point => point.Images) >= 4);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("c12")]
    [InlineData("a-1x")]
    [InlineData("a11111111111111111")]
    public void TryParse_CursorThatSomebodyMadeUp_IsNone(string? text) => Assert.False(StudyCursor.TryParse(text, out _));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryParse_WhatToStringWrote_IsTheSameCursor(bool backward)
    {
        var cursor = new StudyCursor(long.MaxValue - 5, backward);

        Assert.True(StudyCursor.TryParse(cursor.ToString(), out StudyCursor? parsed));
        Assert.Equal(cursor, parsed);
    }

    private async Task<(IServiceProvider Services, FacilityScope Scope)> FillAsync(DatabaseProviderKind kind)
    {
        TestDatabase database = await databases.OpenAsync(kind);
        FacilityScope scope = await database.AddFacilityAsync(), other = await database.AddFacilityAsync();
        foreach (PhantomImage image in Images)
        {
            (await database.Services.SendAsync(scope, image with { PixelBytes = 100 })).Stored();
            (await database.Services.SendAsync(other, image with { PixelBytes = 100 })).Stored();
        }

        return (database.Services, scope);
    }

    private static string Names(params int[] images) => string.Join('|', images.Select(i => Images[i].StudyInstanceUID));

    private static async Task<string> SearchAsync(IServiceProvider services, FacilityScope scope, StudySearch search) =>
        string.Join('|', (await services.GetRequiredService<StudyQueries>().SearchAsync(scope, search, default)).Studies.Select(study => study.StudyInstanceUid));
}
