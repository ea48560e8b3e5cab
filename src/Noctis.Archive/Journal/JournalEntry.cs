namespace Noctis.Archive.Journal;

/// <summary>
/// One association of a facility, or one operation in it. People of the facility read it, so <see cref="Reason"/> and
/// <see cref="Details"/> hold nothing of another facility's, and no row holds patient data.
/// </summary>
public sealed class JournalEntry : ITenantOwned
{
    public const int AETitleLength = 16;
    public const int AddressLength = 64;
    public const int ReasonLength = 600;
    public const int UidLength = 64;

    /// <summary>Drawn when what it tells of ended, so that newest first is by id.</summary>
    public long Id { get; init; }

    public Guid FacilityId { get; init; }

    /// <summary>
    /// Shared by the row of an association and those of its operations. Drawn when the association was accepted, so the operations of an association
    /// have ids between this and the id of its row. What never became an association has its own <see cref="Id"/> here. 0 in rows from before
    /// there was one.
    /// </summary>
    public long AssociationId { get; init; }

    /// <summary>When it ended: a row is written once, when all its numbers are known.</summary>
    public DateTime TimeUtc { get; init; }

    public JournalKind Kind { get; init; }

    public JournalOutcome Outcome { get; init; }

    public JournalCode Code { get; init; }

    public required string RemoteAddress { get; init; }

    /// <summary>As sent, without the spaces that mean nothing; empty when the peer never came to say it.</summary>
    public required string CallingAETitle { get; init; }

    public required string CalledAETitle { get; init; }

    /// <summary>The port that was called: the facility's own, or the shared door's.</summary>
    public int LocalPort { get; init; }

    /// <summary>The registered device that called, if one did. No foreign key: the journal outlives the device.</summary>
    public long? DeviceId { get; init; }

    /// <summary>Objects stored with success.</summary>
    public int Images { get; init; }

    /// <summary>Bytes received.</summary>
    public long Bytes { get; init; }

    public long DurationMs { get; init; }

    /// <summary>The SOP class of an operation.</summary>
    public string? SOPClassUID { get; init; }

    /// <summary>The object of an operation.</summary>
    public string? SOPInstanceUID { get; init; }

    /// <summary>In which an operation's data set came.</summary>
    public string? TransferSyntaxUID { get; init; }

    /// <summary>The DIMSE status answered (PS3.7 annex C), for an operation.</summary>
    public int? Status { get; init; }

    /// <summary>A sentence for the engineer at the scanner; null when there was nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>What was negotiated, as <see cref="AssociationDetails"/> in JSON; only associations have it.</summary>
    public string? Details { get; init; }
}
