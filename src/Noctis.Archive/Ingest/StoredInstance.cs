namespace Noctis.Archive.Ingest;

/// <summary>An object that is durably on disk and in the index: success may be answered.</summary>
public sealed record StoredInstance
{
    public required long StudyId { get; init; }

    public required long SeriesId { get; init; }

    public required long InstanceId { get; init; }

    public required string StudyInstanceUid { get; init; }

    public required string SeriesInstanceUid { get; init; }

    public required string SopInstanceUid { get; init; }

    public required long Bytes { get; init; }

    /// <summary>What it was to the archive; never <see cref="Arrival.Refused"/>, which is an error.</summary>
    public required Arrival Arrival { get; init; }

    /// <summary>Whether an earlier copy was overwritten.</summary>
    public bool Replaced => Arrival == Arrival.Replaced;
}
