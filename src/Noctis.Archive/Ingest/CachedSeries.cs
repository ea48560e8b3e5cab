using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>A series in the writer's cache, with what the running batch does to it.</summary>
internal sealed class CachedSeries(Series row, RowState state)
{
    public Series Row { get; } = row;

    public RowState State { get; set; } = state;
}
