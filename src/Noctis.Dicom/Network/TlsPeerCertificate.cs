namespace Noctis.Dicom.Network;

/// <summary>The certificate of a peer. Immutable. Names are as its issuer wrote them: distrust their characters.</summary>
/// <param name="Subject">Distinguished name of the subject.</param>
/// <param name="Issuer">Distinguished name of the issuer.</param>
/// <param name="Thumbprint">SHA-256 over the certificate, in upper case hex without separators.</param>
/// <param name="NotAfterUtc">When it expires.</param>
public sealed record TlsPeerCertificate(string Subject, string Issuer, string Thumbprint, DateTimeOffset NotAfterUtc);
