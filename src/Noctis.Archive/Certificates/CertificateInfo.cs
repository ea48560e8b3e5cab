namespace Noctis.Archive.Certificates;

/// <summary>What may be shown of a <see cref="FacilityCertificate"/>.</summary>
public sealed record CertificateInfo(
    long Id, Guid FacilityId, CertificateKind Kind, CertificateSource Source, string? Path, string Subject, string Issuer,
    string Thumbprint, DateTime NotBeforeUtc, DateTime NotAfterUtc, DateTime AddedUtc, string AddedBy);
