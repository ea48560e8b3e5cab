using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>A study in the writer's cache, with what the running batch does to it.</summary>
internal sealed class CachedStudy(Study row, Patient patient, RowState state)
{
    public Study Row { get; } = row;

    public Patient Patient { get; set; } = patient;

    public RowState State { get; set; } = state;

    public Dictionary<string, CachedSeries> Series { get; } = [];
}
