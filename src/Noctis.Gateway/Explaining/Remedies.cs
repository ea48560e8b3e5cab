using System.Text.RegularExpressions;
using Noctis.Archive.Journal;

namespace Noctis.Gateway.Explaining;

/// <summary>
/// What to do, where a sentence of the toolkit or of the archive says what happened alone: it cannot know of settings and managers.
/// docs/troubleshooting.md tells more.
/// </summary>
internal static partial class Remedies
{
    /// <summary>The sentence with what to do after it.</summary>
    public static string With(string sentence, JournalCode code) => Of(code) is { } remedy ? $"{Plain(sentence)} {remedy}" : Plain(sentence);

    /// <summary>The toolkit serves any two applications and says "peer"; whoever reads it here has a device before him.</summary>
    public static string Plain(string sentence) => PeerWord().Replace(sentence, word => (word.Value[0] == 'P' ? "Device" : "device") + word.Groups["s"].Value);

    private static string? Of(JournalCode code) => code switch
    {
        JournalCode.PeerAborted => "The device's own log says why.",
        JournalCode.ConnectionLost => "Try again: what was answered with success is kept. If it always breaks off there, look into the device's log, and at firewalls in between.",
        JournalCode.TimedOut => "Send again. If the device pauses so long on purpose, a manager can raise the time-out under Settings, Network.",
        JournalCode.ServerStopping => "Send again in a minute.",
        JournalCode.ProtocolError => "Try again. If it comes again, give this sentence to the device's maker.",
        JournalCode.InternalError => "Try again. If it comes again, tell an administrator when: the server's log says why.",
        JournalCode.LimitReached => "Try again when one has ended. If something opens connections and says nothing, stop it, or keep it out by Allowed networks under Settings.",
        JournalCode.TlsExpected => "Switch TLS on at the device, then send again.",
        JournalCode.TlsFailed => "Let the device speak TLS 1.2 or 1.3 and trust this server's certificate.",
        JournalCode.TlsCertificateMissing => "Give the device a certificate, or switch client certificates off under Settings, TLS.",
        JournalCode.TlsCertificateUntrusted => "A manager says who is trusted under Settings, TLS; a certificate that is revoked has to be replaced on the device.",
        JournalCode.TlsCertificateExpired => "Renew it on the device; if the date looks right, compare the clocks of the device and this server.",
        JournalCode.TlsOurCertificateRefused => "A manager downloads it under Settings, TLS, to install it on the device, and renews it there when it has expired.",
        JournalCode.NoPresentationContext => "Use this destination for storage and echo alone.",
        JournalCode.ObjectInvalid => "Send it once more. If it fails again, give this sentence to the device's maker; other images are not concerned.",
        JournalCode.DuplicateRefused => "What is stored is kept. A manager can set otherwise what becomes of images that come again, under Settings, Storage.",
        JournalCode.QuotaReached => "A manager deletes studies and empties the trash, or switches clean-up on under Settings, Storage; an administrator can raise the quota.",
        JournalCode.StorageUnavailable or JournalCode.DiskFull => "Keep it on the device until an administrator has seen to the server's disk.",
        _ => null,
    };

    [GeneratedRegex(@"\b[Pp]eer(?<s>s?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex PeerWord();
}
