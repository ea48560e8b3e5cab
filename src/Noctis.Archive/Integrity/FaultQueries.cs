using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Integrity;

/// <summary>Reads which files are faulty. What lies in the trash is left out: it concerns nobody unless it is restored. Thread safe.</summary>
public sealed class FaultQueries(INoctisDbContextFactory contexts, ICrossTenantDbContextFactory acrossFacilities)
{
    private const int LargestPage = 500;

    /// <summary>How many images of a facility are faulty.</summary>
    public async Task<int> CountAsync(FacilityScope scope, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await OfLiveStudies(context).CountAsync(ct);
    }

    /// <summary>The same for each facility that has any.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> CountByFacilityAsync(AdministratorScope scope, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using NoctisDbContext context = acrossFacilities.CreateAcrossFacilities();
        return await OfLiveStudies(context).GroupBy(fault => fault.FacilityId)
            .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, ct);
    }

    /// <summary>The faulty images of a facility, newest first.</summary>
    public async Task<FaultPage> ListAsync(FacilityScope scope, long? after, int pageSize, CancellationToken ct)
    {
        int size = Math.Clamp(pageSize, 1, LargestPage);
        await using NoctisDbContext context = contexts.CreateFor(scope);
        IQueryable<InstanceFault> faults = OfLiveStudies(context);
        if (after is { } id) faults = faults.Where(fault => fault.InstanceId < id);
        List<FileFault> rows = await Described(context, faults).OrderByDescending(fault => fault.InstanceId).Take(size + 1).ToListAsync(ct);
        bool more = rows.Count > size;
        if (more) rows.RemoveAt(size);
        return new FaultPage(rows, more ? rows[^1].InstanceId : null);
    }

    /// <summary>The faulty images of a study, by number, a few hundred at most.</summary>
    public async Task<IReadOnlyList<FileFault>> ListAsync(FacilityScope scope, long studyId, CancellationToken ct)
    {
        await using NoctisDbContext context = contexts.CreateFor(scope);
        return await Described(context, OfLiveStudies(context).Where(fault => fault.StudyId == studyId))
            .OrderBy(fault => fault.SeriesNumber).ThenBy(fault => fault.InstanceNumber).ThenBy(fault => fault.InstanceId).Take(LargestPage).ToListAsync(ct);
    }

    private static IQueryable<InstanceFault> OfLiveStudies(NoctisDbContext context) => context.Set<InstanceFault>()
        .Where(fault => context.Set<Study>().Any(study => study.FacilityId == fault.FacilityId && study.Id == fault.StudyId));

    private static IQueryable<FileFault> Described(NoctisDbContext context, IQueryable<InstanceFault> faults) =>
        from fault in faults
        join instance in context.Set<Instance>() on new { fault.FacilityId, Id = fault.InstanceId } equals new { instance.FacilityId, instance.Id }
        join series in context.Set<Series>() on new { instance.FacilityId, Id = instance.SeriesId } equals new { series.FacilityId, series.Id }
        join study in context.Set<Study>() on new { series.FacilityId, Id = series.StudyId } equals new { study.FacilityId, study.Id }
        select new FileFault
        {
            InstanceId = instance.Id,
            StudyId = study.Id,
            SeriesId = series.Id,
            Kind = fault.Kind,
            IsOfVersion = fault.StoragePath != instance.StoragePath,
            FoundUtc = fault.FoundUtc,
            PatientName = study.PatientNameDisplay,
            PatientId = study.PatientID,
            StudyDate = study.StudyDate,
            Modality = series.Modality,
            SeriesNumber = series.SeriesNumber,
            InstanceNumber = instance.InstanceNumber,
            SopInstanceUid = instance.SOPInstanceUID,
        };
}
