namespace Noctis.Archive.Certificates;

/// <summary>Certificates that are files on the server.</summary>
internal static class CertificateFiles
{
    public static Result<ReadCertificate> Read(string path, string? keyPath, string? password)
    {
        var certificate = ReadFile(path, "Path");
        if (!certificate.TryGetValue(out var content))
            return certificate.Error!;
        if (string.IsNullOrWhiteSpace(keyPath))
            return CertificateReader.ReadServer(content, null, password);
        var key = ReadFile(keyPath, "KeyPath");
        return key.TryGetValue(out var keyContent) ? CertificateReader.ReadServer(content, keyContent, password) : key.Error!;
    }

    private static Result<byte[]> ReadFile(string path, string field)
    {
        try
        {
            if (!Path.IsPathFullyQualified(path))
                return InvalidError.For(field, $"\"{path}\" is no full path. Begin with the root, such as /etc/noctis/server.pem.");
            var file = new FileInfo(path);
            if (!file.Exists)
                return InvalidError.For(field, $"There is no file {path} on this server.");
            return file.Length > CertificateReader.MaxLength ? InvalidError.For(field, $"{path} is too long for a certificate.") : File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return InvalidError.For(field, $"{path} cannot be read: let the account that Noctis runs under read it.");
        }
    }
}
