using Noctis.Archive.Quarantine;

namespace Noctis.Archive.Ingest;

/// <summary>What is known of an object before its first byte: what the C-STORE command or the upload says, and who says it.</summary>
public sealed record IngestOrigin
{
    internal const int AETitleLength = 16;
    internal const int AddressLength = 64;

    /// <summary>In which the data set is sent; it is kept in it, byte for byte.</summary>
    public required string TransferSyntaxUid { get; init; }

    /// <summary>Affected SOP Class UID.</summary>
    public required string SopClassUid { get; init; }

    /// <summary>Affected SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Who sends; empty for an upload.</summary>
    public string CallingAETitle { get; init; } = "";

    public string CalledAETitle { get; init; } = "";

    /// <summary>From where, as an IP address.</summary>
    public string RemoteAddress { get; init; } = "";

    /// <summary>Its sender is not registered: it is set apart on these terms. Null for all others.</summary>
    public QuarantineTerms? Quarantine { get; init; }

    /// <summary>
    /// A self-test: the object goes the whole way, to the flushed file and the rows that the database has taken, and then the rows are
    /// rolled back in place of being committed, and the file goes. Nobody can see it meanwhile, and there is nothing to clean up after a kill
    /// but what any unfinished object leaves.
    /// </summary>
    public bool IsRehearsal { get; init; }
}
