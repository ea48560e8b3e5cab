using Noctis.Archive.Journal;

namespace Noctis.Gateway.Watching;

/// <summary>Why an attempt got no further: the words of its journal row, which hold what to do.</summary>
/// <param name="Step">What did not come about.</param>
/// <param name="Code">The cause; none for a connection that was only opened, of which the journal keeps no row.</param>
/// <param name="Reason">The sentence for the engineer at the scanner.</param>
/// <param name="TimeUtc">When.</param>
public sealed record ConnectionTrouble(ConnectionStep Step, JournalCode Code, string Reason, DateTime TimeUtc)
{
    /// <summary>What was asked for, as <see cref="AssociationDetails"/> in JSON; null where nothing was, or it is no matter.</summary>
    public string? Details { get; init; }

    /// <summary>What the refused object, or the echo, is of.</summary>
    public string? SOPClassUID { get; init; }

    public string? TransferSyntaxUID { get; init; }
}
