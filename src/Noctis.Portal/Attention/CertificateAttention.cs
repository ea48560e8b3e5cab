using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Settings;
using Noctis.Portal.Components;
using Noctis.Portal.Home;
using Noctis.Portal.Layout;

namespace Noctis.Portal.Attention;

/// <summary>Certificates of listeners that have ended or soon will, where they are in use.</summary>
internal sealed class CertificateAttention(CertificateQueries certificates, FacilitySettingsQueries settings, TimeProvider time) : IAttentionSource
{
    /// <summary>A certificate takes an authority days and a hospital weeks.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromDays(30);

    public TimeSpan Lifetime => TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<AttentionItem>> FindAsync(AdministratorScope scope, IReadOnlyDictionary<Guid, AttentionPlace> places, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ending = await certificates.EndingBeforeAsync(scope, now + Early, cancellationToken);
        var modes = await settings.ListAsync(scope, [.. ending.Select(certificate => certificate.FacilityId)], cancellationToken);
        return [.. ending.GroupBy(certificate => certificate.FacilityId).Where(group => places.ContainsKey(group.Key))
            .SelectMany(group => OfFacility(places[group.Key], modes[group.Key].Network.Tls, group, now).Select(item => item.At(places[group.Key])))];
    }

    public static IEnumerable<AttentionItem> OfFacility(AttentionPlace place, TlsMode mode, IEnumerable<CertificateInfo> certificates, DateTime nowUtc)
    {
        foreach (var certificate in certificates.Where(certificate => certificate.NotAfterUtc < nowUtc + Early).OrderBy(certificate => certificate.NotAfterUtc))
        {
            var isServer = certificate.Kind == CertificateKind.ServerCertificate;
            if (mode == TlsMode.Off || (!isServer && mode != TlsMode.ClientCertificates))
                continue;
            var date = certificate.NotAfterUtc.ToString("d MMMM yyyy", Viewer.Culture);
            var name = CertificateNames.Common(certificate.Subject);
            var days = (int)Math.Floor((certificate.NotAfterUtc - nowUtc).TotalDays);
            var ended = certificate.NotAfterUtc <= nowUtc;
            var what = isServer ? "The TLS certificate" : $"The authority {name}";
            var title = ended ? $"{what} expired on {date}"
                : days == 0 ? $"{what} ends within a day"
                : $"{what} ends in {SizeText.Count(days, "day")}";
            var text = (isServer, ended) switch
            {
                (true, true) => $"{name}. Devices that check it refuse to connect, and send nothing. Put a renewed one in its place; the next connection uses it.",
                (true, false) => $"{name}, {date}. From then on devices that check it refuse to connect.",
                (false, true) => "Devices with certificates that it signed are refused. Add the authority that signs them now.",
                _ => $"{date}. From then on devices with certificates that it signed are refused.",
            };
            yield return new AttentionItem(ended ? StatusKind.Bad : StatusKind.Warn, title, text, "Renew", place.MayManage ? place.Href("settings/tls") : null)
            {
                SinceUtc = ended ? certificate.NotAfterUtc : certificate.NotAfterUtc - Early,
                ExplainsListener = ended && isServer,
            };
        }
    }
}
