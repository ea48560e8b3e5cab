using Noctis.Archive.Certificates;
using Noctis.Archive.Settings;
using Noctis.Archive.Storage;

namespace Noctis.Portal.Attention;

/// <summary>What a facility's own list of attention knows besides its devices and its journal.</summary>
/// <param name="Tls">Whether certificates are in use.</param>
/// <param name="Certificates">Its own, and the authorities that it trusts.</param>
/// <param name="Quota">How it stands to its quota; null where it has none.</param>
/// <param name="CleansUp">Whether old studies make room for new ones.</param>
/// <param name="Forecast">When the quota will be used up; null without one, or too early to tell.</param>
public sealed record FacilityConcerns(TlsMode Tls, IReadOnlyList<CertificateInfo> Certificates, QuotaStanding? Quota, bool CleansUp, QuotaForecast? Forecast);
