namespace Noctis.Dicom.Network.Pdus;

/// <summary>What a peer may ask us to hold. Every length is checked against these before its bytes are awaited or memory is taken.</summary>
public sealed record PduLimits
{
    /// <summary>
    /// What a P-DATA-TF may exceed our announced maximum by. Some senders count the fragment only, and forget the 6 bytes
    /// of each PDV header; 1 KiB covers them, and costs nothing because fragments are streamed.
    /// </summary>
    public const int DataLengthSlack = 1024;

    /// <summary>The limits when nothing else is configured.</summary>
    public static PduLimits Default { get; } = new();

    /// <summary>
    /// The longest P-DATA-TF body in bytes (the PDU length field) that is taken. Default: 256 KiB, above which throughput
    /// no longer grows, plus <see cref="DataLengthSlack"/>.
    /// </summary>
    public uint MaxDataLength { get; init; } = (256 * 1024) + DataLengthSlack;

    /// <summary>
    /// The longest A-ASSOCIATE-RQ or -AC body in bytes. Default: 1 MiB, which is 128 presentation contexts with every
    /// transfer syntax of the standard in each, and a user identity of 64 KiB beside them.
    /// </summary>
    public uint MaxAssociateLength { get; init; } = 1024 * 1024;

    /// <summary>
    /// The most transfer syntaxes in one presentation context. Default: 128, twice as many as the standard defines.
    /// </summary>
    public int MaxTransferSyntaxes { get; init; } = 128;

    /// <summary>
    /// The most items that are held beside the presentation contexts: user information sub-items, related SOP classes
    /// and unknown items together. Default: 4096, a few for each of the SOP classes that 128 contexts can name.
    /// </summary>
    public int MaxItems { get; init; } = 4096;

    /// <summary>The limits of an association on which we announced <paramref name="maximumLength"/>.</summary>
    /// <param name="maximumLength">The maximum length announced to the peer, in bytes; 0 means that none was announced.</param>
    public static PduLimits ForAnnounced(uint maximumLength) => new()
    {
        MaxDataLength = maximumLength is 0 or > uint.MaxValue - DataLengthSlack ? uint.MaxValue : maximumLength + DataLengthSlack,
    };
}
