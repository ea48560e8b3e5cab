namespace Noctis.Archive.Journal;

/// <summary>
/// A call that is no facility's to read: it matched none, or its explanation names another than the one called.
/// Kept in a table of its own rather than as a <see cref="JournalEntry"/> without a facility, so that the rule
/// "every journal row has a tenant" holds without exception and no filter has to remember the difference.
/// Read through <see cref="FrontDoorQueries"/>, which asks for an administrator's scope.
/// </summary>
public sealed class FrontDoorEntry
{
    public long Id { get; init; }

    public DateTime TimeUtc { get; init; }

    public JournalCode Code { get; init; }

    public required string RemoteAddress { get; init; }

    public required string CallingAETitle { get; init; }

    public required string CalledAETitle { get; init; }

    public int LocalPort { get; init; }

    /// <summary>What happened and what to do, facilities by name.</summary>
    public required string Reason { get; init; }

    /// <summary>What was asked for, as <see cref="AssociationDetails"/> in JSON, where the caller came to say it.</summary>
    public string? Details { get; init; }
}
