using Noctis.Archive;
using Noctis.Archive.Certificates;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;

namespace Noctis.Portal.Attention;

/// <summary>Reads <see cref="FacilityConcerns"/>.</summary>
public sealed class FacilityConcernQueries(
    FacilitySettingsQueries settings, CertificateQueries certificates, StorageSettingsQueries quotas, StorageForecastQueries forecasts)
{
    public async Task<FacilityConcerns> ReadAsync(FacilityScope scope, CancellationToken cancellationToken)
    {
        var tls = (await settings.GetAsync(scope, cancellationToken)).Settings.Network.Tls;
        var standing = await quotas.GetStandingAsync(scope, cancellationToken);
        return new FacilityConcerns(
            tls,
            tls == TlsMode.Off ? [] : await certificates.ListAsync(scope, cancellationToken),
            standing,
            standing is null ? (await quotas.GetAsync(scope, cancellationToken)).CleanUp != CleanUp.Off : standing.CleanUp != CleanUp.Off,
            standing is null ? null : await forecasts.GetAsync(scope, cancellationToken));
    }
}
