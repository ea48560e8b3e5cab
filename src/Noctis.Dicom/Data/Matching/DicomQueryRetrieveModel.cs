using System.Collections.Frozen;

namespace Noctis.Dicom.Data.Matching;

/// <summary>
/// A Query/Retrieve information model: its levels, the keys of each (PS3.4 C.6.1.1, C.6.2.1), and what an identifier must
/// have for a search or a retrieval in it.
/// </summary>
/// <remarks>Immutable; safe on any thread.</remarks>
public sealed class DicomQueryRetrieveModel
{
    private static readonly DicomTag[] UniqueKeyOfLevel =
        [DicomTag.PatientID, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.SOPInstanceUID];

    private static readonly string[] NameOfLevel = ["PATIENT", "STUDY", "SERIES", "IMAGE"];

    private readonly FrozenSet<DicomTag>[] _requiredKeys;

    private DicomQueryRetrieveModel(
        string name, DicomQueryRetrieveLevel top, DicomQueryRetrieveLevel bottom, DicomUID find, DicomUID move, DicomUID get)
    {
        Name = name;
        FindUid = find.Value;
        MoveUid = move.Value;
        GetUid = get.Value;
        Levels = [.. Enum.GetValues<DicomQueryRetrieveLevel>().Where(l => l >= top && l <= bottom)];

        // PS3.4 Tables C.6-1 to C.6-4; attributes of patients are attributes of studies in Study Root (Table C.6-5).
        DicomTag[] patient = [DicomTag.PatientName];
        DicomTag[] study = [DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.StudyID];
        if (top == DicomQueryRetrieveLevel.Study)
            study = [.. study, DicomTag.PatientName, DicomTag.PatientID];
        _requiredKeys =
        [
            patient.ToFrozenSet(), study.ToFrozenSet(),
            new[] { DicomTag.Modality, DicomTag.SeriesNumber }.ToFrozenSet(), new[] { DicomTag.InstanceNumber }.ToFrozenSet(),
        ];
    }

    /// <summary>Patient Root: patient, study, series, image (PS3.4 C.3.1).</summary>
    public static DicomQueryRetrieveModel PatientRoot { get; } = new(
        "Patient Root",
        DicomQueryRetrieveLevel.Patient,
        DicomQueryRetrieveLevel.Image,
        DicomUID.PatientRootQueryRetrieveInformationModelFind,
        DicomUID.PatientRootQueryRetrieveInformationModelMove,
        DicomUID.PatientRootQueryRetrieveInformationModelGet);

    /// <summary>Study Root: study, series, image (PS3.4 C.3.2).</summary>
    public static DicomQueryRetrieveModel StudyRoot { get; } = new(
        "Study Root",
        DicomQueryRetrieveLevel.Study,
        DicomQueryRetrieveLevel.Image,
        DicomUID.StudyRootQueryRetrieveInformationModelFind,
        DicomUID.StudyRootQueryRetrieveInformationModelMove,
        DicomUID.StudyRootQueryRetrieveInformationModelGet);

    /// <summary>Patient/Study Only: patient, study. Retired, and still asked for by old workstations.</summary>
    public static DicomQueryRetrieveModel PatientStudyOnly { get; } = new(
        "Patient/Study Only",
        DicomQueryRetrieveLevel.Patient,
        DicomQueryRetrieveLevel.Study,
        DicomUID.PatientStudyOnlyQueryRetrieveInformationModelFind,
        DicomUID.PatientStudyOnlyQueryRetrieveInformationModelMove,
        DicomUID.PatientStudyOnlyQueryRetrieveInformationModelGet);

    /// <summary>All three.</summary>
    public static IReadOnlyList<DicomQueryRetrieveModel> All { get; } = [PatientRoot, StudyRoot, PatientStudyOnly];

    internal static FrozenSet<string> FindUids { get; } = All.Select(model => model.FindUid).ToFrozenSet(StringComparer.Ordinal);

    internal static FrozenSet<string> MoveUids { get; } = All.Select(model => model.MoveUid).ToFrozenSet(StringComparer.Ordinal);

    internal static FrozenSet<string> GetUids { get; } = All.Select(model => model.GetUid).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The name, as "Study Root".</summary>
    public string Name { get; }

    /// <summary>UID of the SOP class for C-FIND.</summary>
    public string FindUid { get; }

    /// <summary>UID of the SOP class for C-MOVE.</summary>
    public string MoveUid { get; }

    /// <summary>UID of the SOP class for C-GET.</summary>
    public string GetUid { get; }

    /// <summary>The levels, from the top down.</summary>
    public IReadOnlyList<DicomQueryRetrieveLevel> Levels { get; }

    /// <summary>The model of a FIND, MOVE or GET SOP class; null for any other class.</summary>
    public static DicomQueryRetrieveModel? OfSOPClass(DicomUID sopClass)
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        return All.FirstOrDefault(model => sopClass.Value == model.FindUid || sopClass.Value == model.MoveUid || sopClass.Value == model.GetUid);
    }

    /// <summary>The attribute that names one entity of a level (PS3.4 C.2.2.1.1).</summary>
    public static DicomTag UniqueKey(DicomQueryRetrieveLevel level) => UniqueKeyOfLevel[(int)level];

    /// <summary>The value of Query/Retrieve Level (0008,0052) for a level: "STUDY".</summary>
    public static string LevelName(DicomQueryRetrieveLevel level) => NameOfLevel[(int)level];

    /// <summary>The required keys of a level, its unique key not among them (PS3.4 C.2.2.1.2).</summary>
    public IReadOnlySet<DicomTag> RequiredKeys(DicomQueryRetrieveLevel level) => _requiredKeys[(int)level];

    /// <summary>The unique keys of this model from the top down to a level, which an answer of that level holds.</summary>
    public IReadOnlyList<DicomTag> UniqueKeysTo(DicomQueryRetrieveLevel level) => [.. Levels.Where(l => l <= level).Select(UniqueKey)];

    /// <summary>The level that an identifier is for.</summary>
    /// <exception cref="MatchingException">It names none, or none of this model.</exception>
    public DicomQueryRetrieveLevel ReadLevel(DicomDataset identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var name = identifier.GetString(DicomTag.QueryRetrieveLevel)
            ?? throw new MatchingException(DicomTag.QueryRetrieveLevel, "is missing");
        var level = (DicomQueryRetrieveLevel)Array.IndexOf(NameOfLevel, name);
        return identifier.GetStrings(DicomTag.QueryRetrieveLevel).Count == 1 && Levels.Contains(level)
            ? level
            : throw new MatchingException(DicomTag.QueryRetrieveLevel, $"not a level of {Name}");
    }

    /// <summary>
    /// Holds an identifier of C-FIND to the hierarchical method (PS3.4 C.4.1.3.1.1): each level above the one asked for is
    /// named by one value of its unique key. With relational queries negotiated these keys are as free as any other.
    /// </summary>
    /// <returns>The level asked for.</returns>
    /// <exception cref="MatchingException">A unique key is missing, has several values or wildcards; or <see cref="ReadLevel"/> fails.</exception>
    public DicomQueryRetrieveLevel CheckQuery(DicomDataset identifier, bool isRelational = false)
    {
        var level = ReadLevel(identifier);
        if (!isRelational)
            CheckAbove(identifier, level);
        return level;
    }

    /// <summary>
    /// Holds an identifier of C-MOVE or C-GET to PS3.4 C.4.2.2.1 and C.4.3.2.1: unique keys of the levels above with one value
    /// each, unless relational retrieval was negotiated, and that of the level with one value, or with a list of UIDs below
    /// the patient. Other keys, which are not allowed there, are not looked at.
    /// </summary>
    /// <returns>The level to be retrieved.</returns>
    /// <exception cref="MatchingException">A unique key is missing or has what it must not have; or <see cref="ReadLevel"/> fails.</exception>
    public DicomQueryRetrieveLevel CheckRetrieval(DicomDataset identifier, bool isRelational = false)
    {
        var level = ReadLevel(identifier);
        if (!isRelational)
            CheckAbove(identifier, level);
        if (level == DicomQueryRetrieveLevel.Patient)
            CheckOne(identifier, DicomTag.PatientID);
        else if (identifier.GetStrings(UniqueKey(level)).All(v => v.Length == 0))
            throw new MatchingException(UniqueKey(level), "is missing");
        return level;
    }

    private void CheckAbove(DicomDataset identifier, DicomQueryRetrieveLevel level)
    {
        foreach (var above in Levels)
        {
            if (above < level)
                CheckOne(identifier, UniqueKey(above));
        }
    }

    private static void CheckOne(DicomDataset identifier, DicomTag key)
    {
        var values = identifier.GetStrings(key);
        if (values.All(v => v.Length == 0))
            throw new MatchingException(key, "is missing, the unique key of its level");
        if (values.Count > 1)
            throw new MatchingException(key, "has several values where one is allowed");
        if (values[0].AsSpan().ContainsAny('*', '?'))
            throw new MatchingException(key, "has wildcards where one value is allowed");
    }
}
