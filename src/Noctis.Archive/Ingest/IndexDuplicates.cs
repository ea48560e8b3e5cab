using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// What becomes of objects that are there already, by the policy of their facility, within one batch. An earlier copy whose file is known
/// to be damaged or missing gives way under every policy: to send an object again repairs it.
/// </summary>
internal sealed class IndexDuplicates(IndexSession session, IdGenerator ids, Guid facilityId)
{
    /// <summary>Leaves out the objects to which an earlier copy is preferred, before anything is taken over from their headers.</summary>
    /// <returns>The outcomes of those that were left out, by their SOP Instance UID.</returns>
    public Dictionary<string, IndexedInstance> LeaveOut(IReadOnlyList<IndexEntry> entries)
    {
        var outcomes = new Dictionary<string, IndexedInstance>();
        Dictionary<string, IndexEntry> guarded = entries.Where(entry => entry.Duplicates is DuplicatePolicy.KeepFirst or DuplicatePolicy.Refuse)
            .ToDictionary(entry => entry.Instance.SOPInstanceUID);
        if (guarded.Count == 0) return outcomes;

        session.Flush();
        NoctisDbContext context = session.Context;
        string[] uids = [.. guarded.Keys];
        var found = (
            from instance in context.Set<Instance>()
            where instance.FacilityId == facilityId && uids.Contains(instance.SOPInstanceUID)
            join series in context.Set<Series>() on instance.SeriesId equals series.Id
            join study in context.Set<Study>() on series.StudyId equals study.Id
            select new { StudyId = study.Id, study.StudyInstanceUID, series.SeriesInstanceUID, Instance = instance }).ToList();
        HashSet<long> faults = Faults([.. found.Select(row => row.Instance.Id)]);
        foreach (var row in found)
        {
            IndexEntry entry = guarded[row.Instance.SOPInstanceUID];
            bool isSame = row.StudyInstanceUID == entry.Study.StudyInstanceUID && row.SeriesInstanceUID == entry.Series.SeriesInstanceUID;
            // The same path is this very object: an earlier attempt was committed, and only its answer lost.
            if (!isSame || faults.Contains(row.Instance.Id) || row.Instance.StoragePath == entry.Instance.StoragePath) continue;
            outcomes[row.Instance.SOPInstanceUID] = LeaveOut(entry, StoredCopy.Of(row.Instance), row.StudyId, row.Instance.SeriesId);
        }

        return outcomes;
    }

    /// <summary>Which of these have a file that is damaged or missing.</summary>
    public HashSet<long> Faults(long[] instanceIds) => instanceIds.Length == 0
        ? []
        : session.Context.Set<InstanceFault>().Where(fault => fault.FacilityId == facilityId && instanceIds.Contains(fault.InstanceId))
            .Select(fault => fault.InstanceId).ToHashSet();

    /// <summary>A newer copy takes the place of the one that is stored: what becomes of that one.</summary>
    public IndexedInstance Replace(IndexEntry entry, StoredCopy stored, long studyId, bool isFaulty, FacilityUsage growth)
    {
        Instance row = entry.Instance;
        bool differs = stored.DiffersFrom(row);
        bool isKept = differs && !isFaulty && entry.Duplicates == DuplicatePolicy.KeepBoth;
        FileRemoval? removal = null;
        if (isKept) growth.VersionBytes += stored.Content.Bytes;
        else session.Write(session.Statements.InsertRemoval, removal = Removal(stored.StoragePath, row.ReceivedUtc));
        if (differs) Note(stored.Content, studyId, isKept ? VersionOutcome.Kept : VersionOutcome.Replaced, isKept ? stored.StoragePath : null);
        if (isFaulty) session.Write(session.Statements.DeleteFault, new InstanceFault { FacilityId = facilityId, InstanceId = stored.InstanceId });
        return new IndexedInstance(studyId, row.SeriesId, stored.InstanceId, Arrival.Replaced) { Superseded = removal, Differs = differs };
    }

    private IndexedInstance LeaveOut(IndexEntry entry, StoredCopy stored, long studyId, long seriesId)
    {
        bool refused = entry.Duplicates == DuplicatePolicy.Refuse, differs = stored.DiffersFrom(entry.Instance);
        if (differs)
        {
            entry.Instance.Id = stored.InstanceId;
            Note(StoredCopy.VersionOf(entry.Instance), studyId, refused ? VersionOutcome.Refused : VersionOutcome.Discarded, null);
        }

        session.Write(session.Statements.CountArrival, new Instance { FacilityId = facilityId, Id = stored.InstanceId, TimesReceived = 1 });
        return new IndexedInstance(studyId, seriesId, stored.InstanceId, refused ? Arrival.Refused : Arrival.LeftOut) { Differs = differs };
    }

    private void Note(InstanceVersion version, long studyId, VersionOutcome outcome, string? path)
    {
        (version.Id, version.FacilityId, version.StudyId) = (ids.Next(), facilityId, studyId);
        (version.Outcome, version.StoragePath) = (outcome, path);
        session.Write(session.Statements.InsertVersion, version);
    }

    private FileRemoval Removal(string path, DateTime sinceUtc) =>
        new() { Id = ids.Next(), FacilityId = facilityId, StoragePath = path, SinceUtc = sinceUtc };
}
