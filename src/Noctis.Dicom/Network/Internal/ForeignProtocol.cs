using System.Text;

namespace Noctis.Dicom.Network.Internal;

/// <summary>Tells from its first bytes what a peer speaks that does not speak the protocol asked for.</summary>
internal static class ForeignProtocol
{
    // RFC 9110 9.3 and RFC 5789; PRI begins HTTP/2 (RFC 9113 3.4), HTTP/ an answer.
    private static readonly byte[][] HttpBeginnings = [.. new[]
    {
        "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH ", "PRI ", "HTTP/",
    }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Recognizes what is not DICOM; as few bytes as one are judged, since no more may come.</summary>
    /// <param name="first">What has been received, of which the first byte is no PDU type.</param>
    /// <returns>What it is, and a sentence about the peer.</returns>
    public static (ConnectionFailureKind Kind, string Sentence) Recognize(ReadOnlySpan<byte> first)
    {
        // RFC 8446 5.1: content type handshake (22) or alert (21), then the version, whose upper byte is 3.
        if (first[0] is 0x16 && (first.Length == 1 || first[1] == 3))
            return (ConnectionFailureKind.TlsOnPlainPort, "The peer began a TLS handshake (16H), but plain DICOM is spoken here.");
        if (first[0] is 0x15 && (first.Length == 1 || first[1] == 3))
            return (ConnectionFailureKind.PlainOnTlsPort, "The peer answered with a TLS alert (15H): it wants TLS on this port.");
        if (IsHttp(first))
            return (ConnectionFailureKind.Http, $"PDU type {first[0]:X2}H is unknown; the peer seems to speak HTTP.");
        if (Begins(first, "SSH-"u8))
            return (ConnectionFailureKind.OtherProtocol, $"PDU type {first[0]:X2}H is unknown; the peer seems to speak SSH.");
        return (ConnectionFailureKind.OtherProtocol, $"PDU type {first[0]:X2}H is unknown; the peer does not seem to speak DICOM.");
    }

    public static bool IsHttp(ReadOnlySpan<byte> first)
    {
        foreach (var beginning in HttpBeginnings)
        {
            if (Begins(first, beginning))
                return true;
        }

        return false;
    }

    private static bool Begins(ReadOnlySpan<byte> first, ReadOnlySpan<byte> beginning)
    {
        var length = Math.Min(first.Length, beginning.Length);
        return length > 0 && first[..length].SequenceEqual(beginning[..length]);
    }
}
