namespace Noctis.Archive.Certificates;

/// <summary>What somebody hands over: PEM or PFX, the key where it is a file of its own, and the password where there is one.</summary>
public sealed record CertificateUpload(byte[] Certificate, byte[]? Key = null, string? Password = null);
