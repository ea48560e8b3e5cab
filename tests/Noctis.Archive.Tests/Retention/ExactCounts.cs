using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Retention;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Archive.Tests.Ingest;
using Noctis.Testing.Databases;

namespace Noctis.Archive.Tests.Retention;

/// <summary>Counts a facility anew, row by row and file by file, and compares that with what is kept.</summary>
internal static class ExactCounts
{
    public static async Task AssertExactAsync(this TestDatabase database, FacilityScope scope)
    {
        await using NoctisDbContext context = database.For(scope);
        List<Study> studies = await context.Set<Study>().IncludingTrash().AsNoTracking().ToListAsync();
        List<Series> series = await context.Set<Series>().AsNoTracking().ToListAsync();
        List<Instance> instances = await context.Set<Instance>().AsNoTracking().ToListAsync();
        List<InstanceVersion> versions = await context.Set<InstanceVersion>().AsNoTracking().ToListAsync();
        List<TrashedStudy> trash = await context.Set<TrashedStudy>().AsNoTracking().ToListAsync();
        FacilityUsage usage = await context.Set<FacilityUsage>().AsNoTracking().SingleAsync();

        foreach (Series one in series)
        {
            Instance[] own = [.. instances.Where(instance => instance.SeriesId == one.Id)];
            Assert.Equal((own.Length, own.Sum(instance => instance.Bytes)), (one.NumberOfInstances, one.Bytes));
        }

        foreach (Study study in studies)
        {
            Series[] own = [.. series.Where(one => one.StudyId == study.Id)];
            Assert.Equal(
                (own.Length, own.Sum(one => one.NumberOfInstances), own.Sum(one => one.Bytes)), (study.NumberOfSeries, study.NumberOfInstances, study.Bytes));
            Assert.Equal(string.Join('\\', own.Select(one => one.Modality).OfType<string>().Distinct().Order()), study.ModalitiesInStudy);
        }

        Study[] live = [.. studies.Where(study => study.TrashId == 0)];
        Assert.Equal(
            (live.Length, live.Sum(study => study.NumberOfSeries), live.Sum(study => study.NumberOfInstances), live.Sum(study => study.Bytes)),
            (usage.Studies, usage.Series, usage.Instances, usage.Bytes));
        Assert.Equal(VersionBytes(live), usage.VersionBytes);
        Study[] restorable = [.. studies.Where(study => trash.Any(row => row.Id == study.TrashId && row.State == TrashState.Restorable))];
        Assert.Equal((restorable.Length, restorable.Sum(study => study.Bytes) + VersionBytes(restorable)), (usage.TrashStudies, usage.TrashBytes));
        Assert.Equal(studies.Where(study => study.TrashId != 0).Select(study => (study.TrashId, study.Id)).Order(), trash.Select(row => (row.Id, row.StudyId)).Order());

        IEnumerable<string> named = [
            .. instances.Select(instance => instance.StoragePath),
            .. versions.Select(version => version.StoragePath).OfType<string>(),
            .. await context.Set<FileRemoval>().Select(removal => removal.StoragePath).ToListAsync()];
        Assert.Equal(named.Order(StringComparer.Ordinal), new FacilityDisk(database, scope.FacilityId).Objects().Order(StringComparer.Ordinal));

        long VersionBytes(Study[] of) => versions.Where(version => version.StoragePath is not null && of.Any(study => study.Id == version.StudyId)).Sum(version => version.Bytes);
    }

    /// <summary>An older version of an object, kept beside it, as ingest leaves one under the policy KeepBoth; with its file and counted.</summary>
    public static async Task KeepVersionAsync(this TestDatabase database, FacilityScope scope, long studyId, long instanceId, int bytes)
    {
        string path = $"studies/versions/{Guid.NewGuid():N}.dcm";
        string file = new StoragePaths(database.StoragePath).Resolve(scope.FacilityId, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, new byte[bytes]);
        await using NoctisDbContext context = database.For(scope);
        context.Add(new InstanceVersion
        {
            Id = Random.Shared.NextInt64(),
            StudyId = studyId,
            InstanceId = instanceId,
            ReceivedUtc = DateTime.UtcNow,
            Bytes = bytes,
            StoragePath = path,
            Outcome = VersionOutcome.Kept,
        });
        (await context.Set<FacilityUsage>().SingleAsync()).VersionBytes += bytes;
        await context.SaveChangesAsync();
    }

    /// <summary>A fault of an object, as the integrity job leaves it.</summary>
    public static async Task FindFaultAsync(this TestDatabase database, FacilityScope scope, long studyId, long instanceId)
    {
        await using NoctisDbContext context = database.For(scope);
        context.Add(new InstanceFault { InstanceId = instanceId, StudyId = studyId, Kind = FaultKind.Damaged, StoragePath = "x", FoundUtc = DateTime.UtcNow });
        await context.SaveChangesAsync();
    }
}
