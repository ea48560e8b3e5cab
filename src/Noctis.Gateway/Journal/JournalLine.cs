using Noctis.Archive.Journal;

namespace Noctis.Gateway.Journal;

/// <summary>What waits to be written.</summary>
internal abstract record JournalLine
{
    private JournalLine()
    {
    }

    public sealed record OfFacility(JournalEntry Entry) : JournalLine;

    public sealed record OfAdministrator(FrontDoorEntry Entry) : JournalLine;

    /// <summary>A registered device was admitted just now.</summary>
    public sealed record Seen(long DeviceId, DateTime TimeUtc, string Address) : JournalLine;

    /// <summary>Tells whoever waits that everything before it is written.</summary>
    public sealed record Marker(TaskCompletionSource Reached) : JournalLine;
}
