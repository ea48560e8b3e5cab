using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;
using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>Finds or makes the patient, study and series of the objects of one facility within one batch, and writes what became of them.</summary>
internal sealed class IndexParents(IndexSession session, IndexCache cache, IdGenerator ids, Guid facilityId)
{
    private readonly Dictionary<Patient, RowState> _patients = [];
    private readonly HashSet<CachedStudy> _studies = [];
    private readonly HashSet<(CachedStudy Study, CachedSeries Series)> _series = [];

    /// <summary>The study of an object, with its patient, up to date with what the object says of both.</summary>
    public CachedStudy Study(IndexEntry entry)
    {
        Patient patient = Patient(entry);
        var key = (facilityId, entry.Study.StudyInstanceUID);
        if (!cache.Studies.TryGetValue(key, out CachedStudy? study))
        {
            study = ReadStudy(entry, patient);
            cache.Studies.Add(key, study);
            cache.Count();
        }

        _studies.Add(study);
        bool changed = HeaderAttributes<Study>.Merge(entry.Study, study.Row);
        if (study.Patient != patient)
        {
            RememberEarlierPatient(study);
            study.Patient = patient;
            study.Row.PatientRecordId = patient.Id;
            changed = true;
        }

        if (changed && study.State == RowState.Known) study.State = RowState.Changed;
        return study;
    }

    public CachedSeries Series(IndexEntry entry, CachedStudy study)
    {
        if (!study.Series.TryGetValue(entry.Series.SeriesInstanceUID, out CachedSeries? series))
        {
            series = ReadSeries(entry, study);
            study.Series.Add(entry.Series.SeriesInstanceUID, series);
            cache.Count();
        }

        _series.Add((study, series));
        string? modality = series.Row.Modality;
        bool changed = HeaderAttributes<Series>.Merge(entry.Series, series.Row);
        if (changed && series.State == RowState.Known) series.State = RowState.Changed;
        if (series.State == RowState.New || modality != series.Row.Modality) UpdateModalities(study);
        return series;
    }

    /// <summary>Queues the writes, parents before children, and forgets what was to be done.</summary>
    /// <returns>How many studies are new.</returns>
    public int WriteNewAndChanged(FacilityUsage growth)
    {
        IndexStatements statements = session.Statements;
        foreach ((Patient patient, RowState state) in _patients.OrderBy(item => item.Key.Id))
        {
            if (state == RowState.Known) continue;
            session.Write(state == RowState.New ? statements.InsertPatient : statements.UpdatePatient, patient);
        }

        foreach ((CachedStudy study, CachedSeries series) in _series)
        {
            if (series.State != RowState.New) continue;
            study.Row.NumberOfSeries++;
            growth.Series++;
        }

        int newStudies = 0;
        foreach (CachedStudy study in _studies.OrderBy(study => study.Row.Id))
        {
            if (study.State == RowState.New) newStudies++;
            if (study.State != RowState.Known) DerivedText.Derive(study.Row);
            bool takesTime = study.TakesTime();
            session.Write(
                study.State switch
                {
                    RowState.New => statements.InsertStudy,
                    RowState.Changed => statements.UpdateStudy,
                    _ => takesTime ? statements.AddToStudy : statements.AddCountsToStudy,
                },
                study.Row);
            study.State = RowState.Known;
            (study.Row.NumberOfSeries, study.Row.NumberOfInstances, study.Row.Bytes) = (0, 0, 0);
        }

        foreach ((_, CachedSeries series) in _series.OrderBy(item => item.Series.Row.Id))
        {
            session.Write(
                series.State switch { RowState.New => statements.InsertSeries, RowState.Changed => statements.UpdateSeries, _ => statements.AddToSeries }, series.Row);
            series.State = RowState.Known;
            (series.Row.NumberOfInstances, series.Row.Bytes) = (0, 0);
        }

        return newStudies;
    }

    private Patient Patient(IndexEntry entry)
    {
        var key = (facilityId, entry.Patient.PatientKey);
        if (!cache.Patients.TryGetValue(key, out Patient? patient))
        {
            patient = Locked().Set<Patient>().FirstOrDefault(row => row.FacilityId == facilityId && row.PatientKey == entry.Patient.PatientKey);
            if (patient is null)
            {
                patient = entry.Patient;
                patient.Id = ids.Next();
                DerivedText.Derive(patient);
                _patients[patient] = RowState.New;
            }

            cache.Patients.Add(key, patient);
            cache.Count();
        }

        if (HeaderAttributes<Patient>.Merge(entry.Patient, patient))
        {
            patient.UpdatedUtc = entry.Patient.UpdatedUtc;
            DerivedText.Derive(patient);
            _patients.TryAdd(patient, RowState.Changed);
        }

        return patient;
    }

    private CachedStudy ReadStudy(IndexEntry entry, Patient patient)
    {
        Study? row = Locked().Set<Study>()
            .FirstOrDefault(study => study.FacilityId == facilityId && study.StudyInstanceUID == entry.Study.StudyInstanceUID);
        if (row is null)
        {
            // The counts begin at nothing: an attempt that failed may have left some.
            (entry.Study.NumberOfSeries, entry.Study.NumberOfInstances, entry.Study.Bytes) = (0, 0, 0);
            entry.Study.Id = ids.Next();
            entry.Study.PatientRecordId = patient.Id;
            return new CachedStudy(entry.Study, patient, RowState.New);
        }

        (row.NumberOfSeries, row.NumberOfInstances, row.Bytes) = (0, 0, 0);
        if (row.PatientRecordId == patient.Id) return new CachedStudy(row, patient, RowState.Known);
        Patient owner = cache.Patients.Values.FirstOrDefault(known => known.Id == row.PatientRecordId)
            ?? Locked().Set<Patient>().First(known => known.FacilityId == facilityId && known.Id == row.PatientRecordId);
        return new CachedStudy(row, owner, RowState.Known);
    }

    private CachedSeries ReadSeries(IndexEntry entry, CachedStudy study)
    {
        Series? row = study.State == RowState.New ? null : Locked().Set<Series>().FirstOrDefault(series =>
            series.FacilityId == facilityId && series.StudyId == study.Row.Id && series.SeriesInstanceUID == entry.Series.SeriesInstanceUID);
        if (row is null)
        {
            (entry.Series.NumberOfInstances, entry.Series.Bytes) = (0, 0);
            entry.Series.Id = ids.Next();
            entry.Series.StudyId = study.Row.Id;
            return new CachedSeries(entry.Series, RowState.New);
        }

        (row.NumberOfInstances, row.Bytes) = (0, 0);
        return new CachedSeries(row, RowState.Known);
    }

    /// <summary>From the database and not from the cache alone: another node may have added a series.</summary>
    private void UpdateModalities(CachedStudy study)
    {
        var modalities = new SortedSet<string>(StringComparer.Ordinal);
        if (study.State != RowState.New)
        {
            long[] touched = [.. study.Series.Values.Select(series => series.Row.Id)];
            modalities.UnionWith(Locked().Set<Series>()
                .Where(series => series.FacilityId == facilityId && series.StudyId == study.Row.Id && series.Modality != null && !touched.Contains(series.Id))
                .Select(series => series.Modality!).Distinct().ToList());
        }

        modalities.UnionWith(study.Series.Values.Select(series => series.Row.Modality).OfType<string>());
        string joined = IndexText.Cut(string.Join('\\', modalities), StudyConfigurations.ModalitiesLength);
        if (joined == study.Row.ModalitiesInStudy) return;
        study.Row.ModalitiesInStudy = joined;
        if (study.State == RowState.Known) study.State = RowState.Changed;
    }

    /// <summary>The database, with the facility's lock taken, so that what is read stays true until the commit.</summary>
    private NoctisDbContext Locked()
    {
        session.Flush();
        return session.Context;
    }

    private static void RememberEarlierPatient(CachedStudy study)
    {
        string earlier = study.Patient.PatientID ?? "(none)";
        IEnumerable<string> others = (study.Row.EarlierPatientIDs?.Split('\\') ?? []).Where(id => id != earlier);
        study.Row.EarlierPatientIDs = IndexText.Cut(string.Join('\\', [earlier, .. others]), StudyConfigurations.EarlierPatientIDsLength);
    }
}
