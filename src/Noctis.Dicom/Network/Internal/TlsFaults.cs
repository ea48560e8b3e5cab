using System.Net.Sockets;
using System.Security.Authentication;

namespace Noctis.Dicom.Network.Internal;

/// <summary>What went wrong in TLS, in words for the engineer at the other end. The libraries below speak in codes of their own.</summary>
internal static class TlsFaults
{
    /// <summary>Whether an exception is TLS's, and not ours.</summary>
    public static bool IsTls(Exception exception) => exception is AuthenticationException or IOException or SocketException;

    /// <summary>Describes a failure of TLS that is not about the peer's certificate.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="who">The peer in a sentence: "peer" or "server".</param>
    public static (ConnectionFailureKind Kind, string Sentence) Describe(Exception exception, string who)
    {
        var words = Words(exception);

        // OpenSSL and Windows name the alerts of RFC 8446 6.2 alike, but for spaces; the alerts come from the peer, the others are our own.
        // "Decrypt error" is there what a signature is called that cannot be verified.
        if (Has(
            words, "unknownca", "badcertificate", "certificateunknown", "unsupportedcertificate", "certificateexpired", "certificaterevoked",
            "accessdenied", "decrypterror"))
        {
            return (ConnectionFailureKind.TlsOurCertificateRefused,
                $"The {who} does not take our certificate ({Alert(words)}); it has to trust the certificate's issuer.");
        }

        if (Has(words, "certificaterequired"))
            return (ConnectionFailureKind.TlsOurCertificateRefused, $"The {who} wants a certificate of ours, and was given none.");
        if (Has(words, "unsupportedprotocol", "protocolversion", "versiontoolow", "wrongsslversion"))
            return (ConnectionFailureKind.TlsHandshakeFailed, $"The {who} and we have no version of TLS in common; TLS 1.2 or 1.3 is needed.");
        if (Has(words, "nosharedcipher", "handshakefailure", "insufficientsecurity", "nocipher"))
            return (ConnectionFailureKind.TlsHandshakeFailed, $"The {who} and we have no cipher suite of TLS in common.");
        if (Has(words, "noapplicationprotocol"))
            return (ConnectionFailureKind.Http, $"The {who} wants to speak another protocol than DICOM over TLS, HTTP perhaps.");
        return (ConnectionFailureKind.TlsHandshakeFailed, $"The TLS handshake with the {who} failed: {Innermost(exception)}");
    }

    private static string Words(Exception exception)
    {
        var words = "";
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            words += inner.Message;
        return words.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    private static bool Has(string words, params ReadOnlySpan<string> any)
    {
        foreach (var one in any)
        {
            if (words.Contains(one, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static string Alert(string words) => words switch
    {
        _ when Has(words, "unknownca") => "unknown authority",
        _ when Has(words, "certificateexpired") => "expired",
        _ when Has(words, "certificaterevoked") => "revoked",
        _ when Has(words, "unsupportedcertificate") => "not of a kind that it supports",
        _ when Has(words, "accessdenied") => "access denied",
        _ when Has(words, "decrypterror") => "wrong signature",
        _ => "bad or unknown certificate",
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return UpperLayerText.Printable(exception.Message.Trim().TrimEnd('.')) + ".";
    }
}
