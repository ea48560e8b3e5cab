using Noctis.Archive.Studies;

namespace Noctis.Archive.Ingest;

/// <summary>A study in the writer's cache, with what the running batch does to it.</summary>
internal sealed class CachedStudy(Study row, Patient patient, RowState state)
{
    private static readonly TimeSpan Exactness = TimeSpan.FromSeconds(1);

    private DateTime _timeWritten;
    private long _writtenAt;

    public Study Row { get; } = row;

    public Patient Patient { get; set; } = patient;

    public RowState State { get; set; } = state;

    public Dictionary<string, CachedSeries> Series { get; } = [];

    /// <summary>
    /// Whether the time of its newest image is to be written too. Two indexes hold that time, a quarter of what an image that comes alone
    /// costs the database; so it is written once a second. Nothing asks it more exactly: a study is complete after ten seconds at least.
    /// </summary>
    public bool TakesTime()
    {
        long now = Environment.TickCount64;
        if (Row.LastReceivedUtc - _timeWritten < Exactness && now - _writtenAt < Exactness.TotalMilliseconds) return false;
        (_timeWritten, _writtenAt) = (Row.LastReceivedUtc, now);
        return true;
    }
}
