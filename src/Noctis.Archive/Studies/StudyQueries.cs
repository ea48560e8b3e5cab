using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Studies;

/// <summary>Reads the studies of one facility: that of the scope. Another facility's ids are simply not found. Thread safe.</summary>
public sealed class StudyQueries
{
    private readonly INoctisDbContextFactory _contexts;
    private readonly ObjectStore _store;

    internal StudyQueries(INoctisDbContextFactory contexts, ObjectStore store) => (_contexts, _store) = (contexts, store);

    /// <summary>One page of the studies that match. Pages by key: the millionth study costs no more than the first.</summary>
    public async Task<StudyPage> SearchAsync(FacilityScope scope, StudySearch search, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(search);
        int size = Math.Clamp(search.PageSize, 1, StudySearch.MaxPageSize);
        bool backward = search.Cursor is { IsBackward: true };
        bool descending = (search.Order == StudyOrder.NewestFirst) != backward;
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        IQueryable<Study> studies = StudyFilter.Apply(context, search);
        if (search.Cursor is { } cursor)
        {
            long id = cursor.StudyId;
            studies = descending ? studies.Where(study => study.Id < id) : studies.Where(study => study.Id > id);
        }

        studies = descending ? studies.OrderByDescending(study => study.Id) : studies.OrderBy(study => study.Id);
        // One more than a page tells whether there is another.
        List<Study> rows = await studies.AsNoTracking().Take(size + 1).ToListAsync(ct);
        bool more = rows.Count > size;
        if (more) rows.RemoveAt(size);
        if (backward) rows.Reverse();
        bool hasNext = rows.Count > 0 && (backward || more);
        bool hasPrevious = rows.Count > 0 && (backward ? more : search.Cursor is not null);
        return new StudyPage(
            [.. rows.Select(ToRow)],
            hasNext ? new StudyCursor(rows[^1].Id) : null,
            hasPrevious ? new StudyCursor(rows[0].Id, IsBackward: true) : null);
    }

    /// <summary>How many studies match, counted no further than <paramref name="limit"/>: "10,000 or more" is as good as a million, and quicker.</summary>
    public async Task<int> CountAsync(FacilityScope scope, StudySearch search, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(search);
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await StudyFilter.Apply(context, search).OrderByDescending(study => study.Id).Select(study => study.Id).Take(limit).CountAsync(ct);
    }

    /// <summary>The rows of a list that are on the screen and have changed.</summary>
    public async Task<IReadOnlyList<StudyRow>> GetRowsAsync(FacilityScope scope, IReadOnlyCollection<long> studyIds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(studyIds);
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        List<Study> rows = await context.Set<Study>().AsNoTracking().Where(study => studyIds.Contains(study.Id)).OrderByDescending(study => study.Id).ToListAsync(ct);
        return [.. rows.Select(ToRow)];
    }

    /// <summary>The studies that got an image last, for "arriving now".</summary>
    public async Task<IReadOnlyList<StudyRow>> GetLatestAsync(FacilityScope scope, int count, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        List<Study> rows = await context.Set<Study>().AsNoTracking()
            .OrderByDescending(study => study.LastReceivedUtc).ThenByDescending(study => study.Id).Take(count).ToListAsync(ct);
        return [.. rows.Select(ToRow)];
    }

    public async Task<Result<Study>> GetStudyAsync(FacilityScope scope, long studyId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await context.Set<Study>().AsNoTracking().FirstOrDefaultAsync(study => study.Id == studyId, ct) is { } study ? study : NotFound("study");
    }

    public async Task<Result<Study>> GetStudyAsync(FacilityScope scope, string studyInstanceUid, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await context.Set<Study>().AsNoTracking().FirstOrDefaultAsync(study => study.StudyInstanceUID == studyInstanceUid, ct) is { } study
            ? study
            : NotFound("study");
    }

    /// <summary>The patient that a study belongs to.</summary>
    public async Task<Result<Patient>> GetPatientAsync(FacilityScope scope, long patientRecordId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await context.Set<Patient>().AsNoTracking().FirstOrDefaultAsync(patient => patient.Id == patientRecordId, ct) is { } patient
            ? patient
            : NotFound("patient");
    }

    /// <summary>The series of a study by number; of a study that is another's or in the trash, none.</summary>
    public async Task<IReadOnlyList<Series>> ListSeriesAsync(FacilityScope scope, long studyId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        IQueryable<Study> live = context.Set<Study>();
        return await context.Set<Series>().AsNoTracking().Where(series => series.StudyId == studyId && live.Any(study => study.Id == studyId))
            .OrderBy(series => series.SeriesNumber ?? int.MinValue).ThenBy(series => series.Id).ToListAsync(ct);
    }

    /// <summary>A page of the instances of a series by number; of a study in the trash, none.</summary>
    public async Task<InstancePage> ListInstancesAsync(FacilityScope scope, long seriesId, InstanceCursor? after, int pageSize, CancellationToken ct)
    {
        int size = Math.Clamp(pageSize, 1, 1000);
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        IQueryable<Instance> instances = Live(context).Where(instance => instance.SeriesId == seriesId);
        if (after is not null)
        {
            (int number, long id) = (after.InstanceNumber ?? int.MinValue, after.Id);
            instances = instances.Where(instance =>
                (instance.InstanceNumber ?? int.MinValue) > number || ((instance.InstanceNumber ?? int.MinValue) == number && instance.Id > id));
        }

        List<Instance> rows = await instances.OrderBy(instance => instance.InstanceNumber ?? int.MinValue).ThenBy(instance => instance.Id).Take(size + 1).ToListAsync(ct);
        bool more = rows.Count > size;
        if (more) rows.RemoveAt(size);
        return new InstancePage(rows, more ? new InstanceCursor(rows[^1].InstanceNumber, rows[^1].Id) : null);
    }

    /// <summary>The row of an object, whether its file is there or not.</summary>
    public async Task<Result<Instance>> GetInstanceAsync(FacilityScope scope, long instanceId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        return await Live(context).FirstOrDefaultAsync(instance => instance.Id == instanceId, ct) is { } instance ? instance : NotFound("image");
    }

    /// <summary>Opens an object's file.</summary>
    /// <returns>The file; <see cref="FileUnavailableError"/> when it is not there or cannot be read.</returns>
    public async Task<Result<InstanceFile>> GetInstanceFileAsync(FacilityScope scope, long instanceId, CancellationToken ct)
    {
        await using NoctisDbContext context = _contexts.CreateFor(scope);
        string? tried = null;
        while (await Live(context).FirstOrDefaultAsync(instance => instance.Id == instanceId, ct) is { } instance)
        {
            try
            {
                return new InstanceFile(instance, _store.Open(instance.FacilityId, instance.StoragePath));
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && tried != instance.StoragePath)
            {
                // A newer copy was committed between our two looks, and the older file removed: the row names the new one.
                tried = instance.StoragePath;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new FileUnavailableError();
            }
        }

        return NotFound("image");
    }

    /// <summary>The instances of studies that are not in the trash, which an instance does not know by itself.</summary>
    private static IQueryable<Instance> Live(NoctisDbContext context)
    {
        (IQueryable<Series> series, IQueryable<Study> studies) = (context.Set<Series>(), context.Set<Study>());
        return context.Set<Instance>().AsNoTracking()
            .Where(instance => series.Any(one => one.Id == instance.SeriesId && studies.Any(study => study.Id == one.StudyId)));
    }

    private static NotFoundError NotFound(string what) => new($"There is no such {what} in this facility.");

    private static string? Romanized(string? name) =>
        name?.Contains('=', StringComparison.Ordinal) == true && DicomPersonName.Parse(name) is { Ideographic.IsEmpty: false, Alphabetic: { IsEmpty: false } alphabetic }
            ? alphabetic.ToDisplayString()
            : null;

    private static StudyRow ToRow(Study study) => new()
    {
        Id = study.Id,
        StudyInstanceUid = study.StudyInstanceUID,
        PatientName = study.PatientNameDisplay,
        PatientNameRomanized = Romanized(study.PatientName),
        PatientId = study.PatientID,
        PatientBirthDate = study.PatientBirthDate,
        PatientSex = study.PatientSex,
        StudyDate = study.StudyDate,
        StudyTime = study.StudyTime,
        AccessionNumber = study.AccessionNumber,
        Description = study.StudyDescription,
        Modalities = study.ModalitiesInStudy.Split('\\', StringSplitOptions.RemoveEmptyEntries),
        SeriesCount = study.NumberOfSeries,
        InstanceCount = study.NumberOfInstances,
        Bytes = study.Bytes,
        FirstReceivedUtc = study.FirstReceivedUtc,
        LastReceivedUtc = study.LastReceivedUtc,
        CompletedUtc = study.CompletedUtc,
        SourceAETitle = study.SourceAETitle,
        HasPatientConflict = study.EarlierPatientIDs is not null,
        IsPinned = study.IsPinned,
    };
}
