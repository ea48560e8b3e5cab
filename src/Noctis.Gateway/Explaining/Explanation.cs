using Noctis.Archive.Journal;

namespace Noctis.Gateway.Explaining;

/// <summary>What came of a connection, an association or an operation that did not end as it should.</summary>
/// <param name="Code">The cause: pages offer the remedy that goes with it, docs/troubleshooting.md tells it at length.</param>
/// <param name="Sentence">What happened and what to do, for the engineer at the device and for people of the facility.</param>
internal sealed record Explanation(JournalCode Code, string Sentence);
