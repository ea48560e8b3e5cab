namespace Noctis.Archive.Certificates;

/// <summary>Where a certificate lies on the server, and its key and password where it has them apart.</summary>
public sealed record CertificatePath(string Path, string? KeyPath = null, string? Password = null);
