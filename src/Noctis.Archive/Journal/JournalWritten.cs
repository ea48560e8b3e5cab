namespace Noctis.Archive.Journal;

/// <summary>What became of a <see cref="JournalBatch"/>.</summary>
/// <param name="Facilities">Those that may have new rows.</param>
/// <param name="Refused">Rows that the database does not take, however often they are sent.</param>
public sealed record JournalWritten(IReadOnlySet<Guid> Facilities, int Refused);
