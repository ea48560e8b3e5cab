namespace Noctis.Dicom.Network.Negotiation;

/// <summary>
/// Which transfer syntax an acceptor takes of a context that proposes several. The standard leaves it to the acceptor (PS3.8 9.3.3.2),
/// and a sender to whom it matters proposes one context for each syntax; then there is nothing to choose.
/// </summary>
public enum TransferSyntaxPreference
{
    /// <summary>
    /// The first proposed one with compressed pixel data, else the first of all. Devices that put both into one context put Implicit VR
    /// Little Endian first, since everybody has to be offered it; one that holds a compressed object would have to decompress it for us,
    /// and most cannot, and fail. The price: a sender whose object is not compressed, and which proposed both nevertheless, has to
    /// compress it, or refuses to send. It has said by its proposal that it can; among compressed syntaxes its own order stands,
    /// so that nothing is made lossy that it would not have made so. Of contexts in which the requestor is the SCP alone, as in C-GET,
    /// the objects come from us, and the first proposed one is taken.
    /// </summary>
    CompressedFirst,

    /// <summary>The first proposed one that is accepted, whatever it is: the requestor's order.</summary>
    AsProposed,
}
