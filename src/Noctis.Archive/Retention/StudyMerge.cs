using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Ingest;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Retention;

/// <summary>
/// Takes a study from the trash into the live one of the same UID, within a transaction under the facility's lock, and keeps the
/// live one's counts and the facility's exact. What is the same is as ingest has it: an instance is its series and SOP Instance UID.
/// </summary>
internal sealed class StudyMerge(NoctisDbContext context, IdGenerator ids, DateTime now)
{
    private readonly FacilityUsage _moved = new();

    /// <summary>What the kept older versions of a study's objects take on disk.</summary>
    public static Task<long> VersionBytesAsync(NoctisDbContext context, long studyId, CancellationToken ct) =>
        context.Set<InstanceVersion>().Where(version => version.StudyId == studyId && version.StoragePath != null).SumAsync(version => version.Bytes, ct);

    public async Task MergeAsync(Study gone, Study live, CancellationToken ct)
    {
        Dictionary<string, Series> known = await context.Set<Series>().Where(series => series.StudyId == live.Id).ToDictionaryAsync(series => series.SeriesInstanceUID, ct);
        foreach (Series series in await context.Set<Series>().Where(series => series.StudyId == gone.Id).OrderBy(series => series.Id).ToListAsync(ct))
        {
            if (known.TryGetValue(series.SeriesInstanceUID, out Series? target)) await MergeAsync(series, target, ct);
            else Move(series, live);
        }

        live.NumberOfSeries += (int)_moved.Series;
        live.NumberOfInstances += (int)_moved.Instances;
        live.Bytes += _moved.Bytes;
        live.IsPinned |= gone.IsPinned;
        await context.SaveChangesAsync(ct);

        // What was left out is gone by now, with its versions: what remains comes along.
        _moved.VersionBytes = await VersionBytesAsync(context, gone.Id, ct);
        await context.Set<InstanceVersion>().Where(row => row.StudyId == gone.Id).ExecuteUpdateAsync(row => row.SetProperty(version => version.StudyId, live.Id), ct);
        await context.Set<InstanceFault>().Where(row => row.StudyId == gone.Id).ExecuteUpdateAsync(row => row.SetProperty(fault => fault.StudyId, live.Id), ct);
        string[] modalities = await context.Set<Series>().Where(series => series.StudyId == live.Id && series.Modality != null)
            .Select(series => series.Modality!).Distinct().ToArrayAsync(ct);
        live.ModalitiesInStudy = IndexText.Cut(string.Join('\\', modalities.Order(StringComparer.Ordinal)), StudyConfigurations.ModalitiesLength);
        await context.SaveChangesAsync(ct);

        await RemoveStudyAsync(context, gone.Id, gone.PatientRecordId, ct);
        await context.Set<FacilityUsage>().ExecuteUpdateAsync(
            row => row.SetProperty(usage => usage.Series, usage => usage.Series + _moved.Series)
                .SetProperty(usage => usage.Instances, usage => usage.Instances + _moved.Instances)
                .SetProperty(usage => usage.Bytes, usage => usage.Bytes + _moved.Bytes)
                .SetProperty(usage => usage.VersionBytes, usage => usage.VersionBytes + _moved.VersionBytes),
            ct);
    }

    /// <summary>Removes the row of a study that has nothing any more, and its patient when that was the last study.</summary>
    public static async Task RemoveStudyAsync(NoctisDbContext context, long studyId, long patientRecordId, CancellationToken ct)
    {
        await context.Set<Study>().IncludingTrash().Where(study => study.Id == studyId).ExecuteDeleteAsync(ct);
        if (!await context.Set<Study>().IncludingTrash().AnyAsync(study => study.PatientRecordId == patientRecordId, ct))
            await context.Set<Patient>().Where(patient => patient.Id == patientRecordId).ExecuteDeleteAsync(ct);
    }

    private void Move(Series series, Study live)
    {
        series.StudyId = live.Id;
        _moved.Series++;
        _moved.Instances += series.NumberOfInstances;
        _moved.Bytes += series.Bytes;
    }

    private async Task MergeAsync(Series gone, Series live, CancellationToken ct)
    {
        IQueryable<Instance> instances = context.Set<Instance>();
        IQueryable<Instance> lacking = instances.Where(instance =>
            instance.SeriesId == gone.Id && !instances.Any(other => other.SeriesId == live.Id && other.SOPInstanceUID == instance.SOPInstanceUID));
        (int count, long bytes) = (await lacking.CountAsync(ct), await lacking.SumAsync(instance => instance.Bytes, ct));
        await lacking.ExecuteUpdateAsync(row => row.SetProperty(instance => instance.SeriesId, live.Id), ct);
        live.NumberOfInstances += count;
        live.Bytes += bytes;
        _moved.Instances += count;
        _moved.Bytes += bytes;

        IQueryable<Instance> superseded = instances.Where(instance => instance.SeriesId == gone.Id);
        IQueryable<InstanceVersion> versions = context.Set<InstanceVersion>().Where(version => superseded.Any(instance => instance.Id == version.InstanceId));
        foreach (string file in await versions.Where(version => version.StoragePath != null).Select(version => version.StoragePath!).ToListAsync(ct)) Discard(file);
        var pairs = await (
            from old in superseded
            join current in instances.Where(instance => instance.SeriesId == live.Id) on old.SOPInstanceUID equals current.SOPInstanceUID
            select new { Old = old, Current = current }).AsNoTracking().ToListAsync(ct);
        foreach (var pair in pairs)
        {
            Discard(pair.Old.StoragePath);
            if (StoredCopy.Of(pair.Old).DiffersFrom(pair.Current)) Note(pair.Old, pair.Current.Id, live.StudyId);
        }

        await context.SaveChangesAsync(ct);
        await versions.ExecuteDeleteAsync(ct);
        await context.Set<InstanceFault>().Where(fault => superseded.Any(instance => instance.Id == fault.InstanceId)).ExecuteDeleteAsync(ct);
        await superseded.ExecuteDeleteAsync(ct);
        context.Remove(gone);
    }
    private void Discard(string file) => context.Add(new FileRemoval { Id = ids.Next(), StoragePath = file, SinceUtc = now });

    /// <summary>Another content under the same UID leaves a trace, as when it is replaced by a newer one at once.</summary>
    private void Note(Instance old, long instanceId, long studyId)
    {
        InstanceVersion version = StoredCopy.VersionOf(old);
        (version.Id, version.InstanceId, version.StudyId, version.Outcome) = (ids.Next(), instanceId, studyId, VersionOutcome.Replaced);
        context.Add(version);
    }
}
