namespace Noctis.Archive.Journal;

/// <summary>A page of the journal, newest first, by key: the millionth row costs no more than the first.</summary>
public sealed record ActivitySearch
{
    public const int MaxPageSize = 1000;

    public ActivityFilter Filter { get; init; } = ActivityFilter.Everything;

    /// <summary>Only rows older than this id.</summary>
    public long? Before { get; init; }

    /// <summary>Only rows newer than this id, the nearest to it. Where these are the newest of all, the newest page is given instead.</summary>
    public long? After { get; init; }

    public int PageSize { get; init; } = 50;
}
