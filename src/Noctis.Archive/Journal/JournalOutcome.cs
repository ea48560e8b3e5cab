namespace Noctis.Archive.Journal;

public enum JournalOutcome
{
    /// <summary>Ended as it should: released by the peer, or the operation answered with success or a warning.</summary>
    Completed,

    /// <summary>Turned away by us, with a reason the sender's engineer can act on.</summary>
    Refused,

    /// <summary>Ended by an A-ABORT of either side, a lost connection or a timer.</summary>
    Aborted,

    /// <summary>We could not do what we should have done.</summary>
    Failed,
}
