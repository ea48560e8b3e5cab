using Noctis.Archive.Storage;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>
/// One transaction of the index: the objects of one batch, in the order they came, on top of what the database holds. Locks
/// are taken in one order, facilities by id and all else under its facility's usage row, so that writers on several nodes
/// wait for each other and never in a circle.
/// </summary>
internal sealed class IndexBatch(IndexSession session, IndexCache cache, IdGenerator ids, HeldFiles held)
{
    /// <summary>How many rows of held files one commit deletes, so that none is held up by what gathered before it.</summary>
    private const int MostSettled = 64;

    /// <summary>Commits all or nothing.</summary>
    /// <returns>An outcome for each entry, in the same order.</returns>
    public IReadOnlyList<IndexedInstance> Commit(IReadOnlyList<IndexEntry> entries)
    {
        var outcomes = new IndexedInstance[entries.Count];
        session.Begin();
        foreach (var facility in entries.Select((entry, position) => (entry, position)).GroupBy(item => item.entry.FacilityId).OrderBy(group => group.Key))
            WriteFacility(facility.Key, [.. facility], outcomes);
        // The rows are written while the files are flushed, and committed after. Until then there is time for what else is to be flushed.
        session.Flush();
        foreach (IndexEntry entry in entries) entry.FlushName();
        foreach (IndexEntry entry in entries) entry.WaitForDisk();
        if (entries.Any(entry => entry.DiskFailure is not null)) throw new UnflushedException();
        if (entries is [{ IsRehearsal: true }])
        {
            session.Rollback();
            return [outcomes[0] with { Arrival = Arrival.Rehearsed, IsNewStudy = false }];
        }

        CommitWithSettled();
        return outcomes;
    }

    /// <summary>Takes along what the index need not hold any longer.</summary>
    private void CommitWithSettled()
    {
        var settled = new List<HeldFile>();
        while (settled.Count < MostSettled && held.TryTakeSettled(out HeldFile? file))
        {
            settled.Add(file);
            session.WriteLoosely(session.Statements.DeleteHeld, file.Row);
        }

        try
        {
            session.Commit();
        }
        catch
        {
            held.GiveBack(settled);
            throw;
        }

        held.Forget(settled);
    }

    private void WriteFacility(Guid facilityId, List<(IndexEntry Entry, int Position)> items, IndexedInstance[] outcomes)
    {
        LockFacility(facilityId);
        var duplicates = new IndexDuplicates(session, ids, facilityId);
        Dictionary<string, IndexedInstance> leftOut = duplicates.LeaveOut([.. items.Select(item => item.Entry)]);
        var parents = new IndexParents(session, cache, ids, facilityId);
        var located = new List<Located>(items.Count);
        foreach ((IndexEntry entry, int position) in items)
        {
            if (leftOut.TryGetValue(entry.Instance.SOPInstanceUID, out IndexedInstance? outcome))
            {
                outcomes[position] = outcome;
                continue;
            }

            CachedStudy study = parents.Study(entry);
            located.Add(new Located(entry, position, study, parents.Series(entry, study)));
        }

        Dictionary<(long SeriesId, string Uid), StoredCopy> stored = FindInstances(facilityId, located);
        HashSet<long> faulty = duplicates.Faults([.. stored.Values.Select(copy => copy.InstanceId)]);
        var growth = new FacilityUsage { FacilityId = facilityId };
        var hours = new SortedDictionary<DateTime, ArrivalHour>();
        var writes = new List<(bool IsNew, Instance Row)>(located.Count);
        foreach (Located item in located)
        {
            Instance row = item.Entry.Instance;
            row.SeriesId = item.Series.Row.Id;
            stored.TryGetValue((row.SeriesId, row.SOPInstanceUID), out StoredCopy? before);
            row.Id = before?.InstanceId ?? ids.Next();
            if (before?.StoragePath == row.StoragePath)
            {
                // The commit of an earlier attempt went through, and only its answer was lost.
                outcomes[item.Position] = new IndexedInstance(item.Study.Row.Id, row.SeriesId, row.Id, Arrival.New);
                continue;
            }

            Count(item, before, growth);
            if (item.Entry.Held is { } file) Hold(file, row);
            writes.Add((before is null, row));
            outcomes[item.Position] = before is not null
                ? duplicates.Replace(item.Entry, before, item.Study.Row.Id, faulty.Contains(before.InstanceId), growth)
                : new IndexedInstance(item.Study.Row.Id, row.SeriesId, row.Id, Arrival.New)
                {
                    IsNewStudy = item.Study.State == RowState.New && located.First(other => other.Study == item.Study) == item,
                };
            CountArrival(hours, item.Entry, outcomes[item.Position].IsNewStudy);
        }

        growth.Studies = parents.WriteNewAndChanged(growth);
        foreach ((bool isNew, Instance row) in writes) session.Write(isNew ? session.Statements.InsertInstance : session.Statements.UpdateInstance, row);
        if (writes.Count == 0) return;
        session.Write(session.Statements.AddToUsage, growth);
        foreach (ArrivalHour hour in hours.Values) WriteHour(hour);
    }

    private void Hold(HeldFile file, Instance row)
    {
        if (file.Row.Id == 0) file.Row.Id = ids.Next();
        file.Row.InstanceId = row.Id;
        session.Write(session.Statements.InsertHeld, file.Row);
    }

    /// <summary>Adds an object to the counts of all that it is part of.</summary>
    private static void Count(Located item, StoredCopy? before, FacilityUsage growth)
    {
        Instance row = item.Entry.Instance;
        row.TimesReceived = (before?.TimesReceived ?? 0) + 1;
        int instances = before is null ? 1 : 0;
        long bytes = row.Bytes - (before?.Content.Bytes ?? 0);
        Study study = item.Study.Row;
        study.NumberOfInstances += instances;
        study.Bytes += bytes;
        study.LastReceivedUtc = row.ReceivedUtc;
        study.SourceAETitle = row.SourceAETitle;
        study.CompletedUtc = null;
        Series series = item.Series.Row;
        series.NumberOfInstances += instances;
        series.Bytes += bytes;
        series.LastReceivedUtc = row.ReceivedUtc;
        series.SourceAETitle = row.SourceAETitle;
        growth.Instances += instances;
        growth.Bytes += bytes;
        growth.LastReceivedUtc = row.ReceivedUtc;
        growth.LastSourceAETitle = row.SourceAETitle;
    }

    private Dictionary<(long SeriesId, string Uid), StoredCopy> FindInstances(Guid facilityId, List<Located> located)
    {
        var found = new Dictionary<(long, string), StoredCopy>();
        (long SeriesId, string Uid)[] asked = [.. located.Where(item => item.Series.State != RowState.New)
            .Select(item => (item.Series.Row.Id, item.Entry.Instance.SOPInstanceUID)).Distinct()];
        session.Query(
            session.Statements.FindInstance,
            [.. asked.Select(key => new object?[] { facilityId, key.SeriesId, key.Uid })],
            (i, row) => found[asked[i]] = StoredCopy.Read(row));
        return found;
    }

    /// <summary>Queued, to go with the next round trip: whoever reads flushes first.</summary>
    private void LockFacility(Guid facilityId)
    {
        var usage = new FacilityUsage { FacilityId = facilityId };
        bool exists = cache.Usage.Contains(facilityId) || session.Context.Set<FacilityUsage>().Any(row => row.FacilityId == facilityId);
        if (!exists) session.Write(session.Statements.InsertUsage, usage);
        else if (session.LocksRows) session.Write(session.Statements.LockUsage, usage);
        cache.Usage.Add(facilityId);
    }

    private static void CountArrival(SortedDictionary<DateTime, ArrivalHour> hours, IndexEntry entry, bool isNewStudy)
    {
        DateTime received = entry.Instance.ReceivedUtc;
        var start = new DateTime(received.Year, received.Month, received.Day, received.Hour, 0, 0, DateTimeKind.Utc);
        if (!hours.TryGetValue(start, out ArrivalHour? hour)) hours[start] = hour = new ArrivalHour { FacilityId = entry.FacilityId, HourUtc = start };
        hour.Images++;
        hour.Bytes += entry.Instance.Bytes;
        if (isNewStudy) hour.Studies++;
    }

    private void WriteHour(ArrivalHour hour)
    {
        bool exists = cache.Hours.Contains((hour.FacilityId, hour.HourUtc))
            || session.Context.Set<ArrivalHour>().Any(row => row.FacilityId == hour.FacilityId && row.HourUtc == hour.HourUtc);
        session.Write(exists ? session.Statements.AddToHour : session.Statements.InsertHour, hour);
        cache.Hours.Add((hour.FacilityId, hour.HourUtc));
    }

    private sealed record Located(IndexEntry Entry, int Position, CachedStudy Study, CachedSeries Series);
}
