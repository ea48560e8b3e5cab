using Noctis.Archive.Storage;

namespace Noctis.Archive.Ingest;

/// <summary>Where an object came to stand in the index.</summary>
/// <param name="StudyId">The row of its study.</param>
/// <param name="SeriesId">The row of its series.</param>
/// <param name="InstanceId">Its row: its own, or that of the copy which was preferred to it.</param>
/// <param name="Arrival">What it was to the archive.</param>
internal sealed record IndexedInstance(long StudyId, long SeriesId, long InstanceId, Arrival Arrival)
{
    /// <summary>The file of the copy that it replaced; nobody's any more, to be removed.</summary>
    public FileRemoval? Superseded { get; init; }

    /// <summary>Whether it is the first of its study.</summary>
    public bool IsNewStudy { get; init; }

    /// <summary>Whether what is stored under its UID has, or had, another content.</summary>
    public bool Differs { get; init; }

    /// <summary>Whether the index names its file. Else the file is nobody's.</summary>
    public bool IsKept => Arrival is Arrival.New or Arrival.Replaced or Arrival.Quarantined;
}
