using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Quarantine;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Integrity;

/// <summary>
/// Writes down what is wrong with files, and strikes it out when it is so no more. One fault an object: that of its own file
/// goes before those of its kept versions.
/// </summary>
internal sealed class FileFaults(ICrossTenantDbContextFactory contexts, TimeProvider time)
{
    /// <summary>The faults that are known of these objects.</summary>
    public async Task<IReadOnlyDictionary<long, InstanceFault>> KnownAsync(IReadOnlyCollection<StoredFile> files, CancellationToken ct)
    {
        if (files.Count == 0) return new Dictionary<long, InstanceFault>();
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        // Faults are few, files are many: a range costs one look into the index, where a list of ids costs one each.
        long first = files.Min(file => file.InstanceId), last = files.Max(file => file.InstanceId);
        return await context.Set<InstanceFault>().AsNoTracking()
            .Where(fault => fault.InstanceId >= first && fault.InstanceId <= last).ToDictionaryAsync(fault => fault.InstanceId, ct);
    }

    /// <returns>Whether it is news.</returns>
    public async Task<bool> ReportAsync(StoredFile file, FaultKind kind, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        IQueryable<InstanceFault> known = context.Set<InstanceFault>().Where(fault => fault.FacilityId == file.FacilityId && fault.InstanceId == file.InstanceId);
        if (await known.AsNoTracking().SingleOrDefaultAsync(ct) is { } before)
        {
            if (before.Kind == kind && before.StoragePath == file.StoragePath) return false;
            // What is wrong with a version must not hide what is wrong with the object.
            if (file.VersionId is not null && before.StoragePath != file.StoragePath) return false;
            DateTime now = time.GetUtcNow().UtcDateTime;
            await known.ExecuteUpdateAsync(set => set
                .SetProperty(fault => fault.Kind, kind)
                .SetProperty(fault => fault.StoragePath, file.StoragePath)
                .SetProperty(fault => fault.StudyId, file.StudyId)
                .SetProperty(fault => fault.FoundUtc, now), ct);
        }
        else if (!await AddAsync(context, file, kind, ct))
        {
            return false;
        }

        if (await IsNamedAsync(context, file, ct)) return true;
        // A good copy was committed between the look at the file and here.
        await known.Where(fault => fault.StoragePath == file.StoragePath).ExecuteDeleteAsync(ct);
        return false;
    }

    /// <summary>Strikes out the fault of a file that is whole.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ClearAsync(StoredFile file, InstanceFault fault, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateAcrossFacilities();
        bool isOfThisFile = fault.StoragePath == file.StoragePath;
        if (!isOfThisFile && (file.VersionId is not null || await IsKeptVersionAsync(context, fault, ct))) return false;
        return await context.Set<InstanceFault>()
            .Where(row => row.FacilityId == file.FacilityId && row.InstanceId == file.InstanceId && row.StoragePath == fault.StoragePath).ExecuteDeleteAsync(ct) > 0;
    }

    private async Task<bool> AddAsync(NoctisDbContext context, StoredFile file, FaultKind kind, CancellationToken ct)
    {
        context.Add(new InstanceFault
        {
            FacilityId = file.FacilityId,
            StudyId = file.StudyId,
            InstanceId = file.InstanceId,
            Kind = kind,
            StoragePath = file.StoragePath,
            FoundUtc = time.GetUtcNow().UtcDateTime,
        });
        try
        {
            await context.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (context.IsUniqueViolation(e))
        {
            // The other job found the same at the same moment.
            return false;
        }
    }

    private static Task<bool> IsNamedAsync(NoctisDbContext context, StoredFile file, CancellationToken ct) => file.VersionId is { } id
        ? context.Set<InstanceVersion>().AnyAsync(version => version.Id == id && version.StoragePath == file.StoragePath, ct)
        : file.IsInQuarantine
            ? context.Set<QuarantinedInstance>().AnyAsync(row => row.Id == file.InstanceId, ct)
            : context.Set<Instance>().AnyAsync(instance => instance.Id == file.InstanceId && instance.StoragePath == file.StoragePath, ct);

    private static Task<bool> IsKeptVersionAsync(NoctisDbContext context, InstanceFault fault, CancellationToken ct) => context.Set<InstanceVersion>()
        .AnyAsync(version => version.FacilityId == fault.FacilityId && version.InstanceId == fault.InstanceId && version.StoragePath == fault.StoragePath, ct);
}
