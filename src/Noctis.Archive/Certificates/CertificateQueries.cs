using Microsoft.EntityFrameworkCore;
using Noctis.Archive.Database;

namespace Noctis.Archive.Certificates;

/// <summary>Reads certificates, never their secrets. Thread safe.</summary>
public sealed class CertificateQueries(INoctisDbContextFactory databases, ICrossTenantDbContextFactory acrossFacilities)
{
    /// <summary>The facility's: the listener's own first, then the authorities by name.</summary>
    public async Task<IReadOnlyList<CertificateInfo>> ListAsync(FacilityScope scope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateFor(scope);
        var found = await ToInfo(database.Set<FacilityCertificate>()).ToListAsync(cancellationToken);
        return [.. found.OrderByDescending(certificate => certificate.Kind == CertificateKind.ServerCertificate).ThenBy(certificate => certificate.Subject, StringComparer.Ordinal)];
    }

    /// <summary>A certificate without its key, for devices to trust; null when there is none of this id.</summary>
    public async Task<string?> GetPemAsync(FacilityScope scope, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = databases.CreateFor(scope);
        return await database.Set<FacilityCertificate>().Where(certificate => certificate.Id == id).Select(certificate => certificate.Pem).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Listeners' certificates and authorities of the whole installation that end before a time, the next first.</summary>
    public async Task<IReadOnlyList<CertificateInfo>> EndingBeforeAsync(AdministratorScope scope, DateTime utc, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await using var database = acrossFacilities.CreateAcrossFacilities();
        return await ToInfo(database.Set<FacilityCertificate>().Where(certificate => certificate.NotAfterUtc < utc).OrderBy(certificate => certificate.NotAfterUtc))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<CertificateInfo> ToInfo(IQueryable<FacilityCertificate> certificates) => certificates.AsNoTracking().Select(certificate => new CertificateInfo(
        certificate.Id, certificate.FacilityId, certificate.Kind, certificate.Source, certificate.Path, certificate.Subject, certificate.Issuer,
        certificate.Thumbprint, certificate.NotBeforeUtc, certificate.NotAfterUtc, certificate.AddedUtc, certificate.AddedBy));
}
