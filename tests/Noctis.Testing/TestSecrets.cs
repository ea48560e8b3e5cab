using System.Security.Cryptography;
using System.Text;
using Noctis.Archive.Certificates;

namespace Noctis.Testing;

/// <summary>Secrets under a key of the test run, and of the purpose: what was kept for another cannot be read.</summary>
public sealed class TestSecrets : ISecretProtection
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public byte[] Protect(byte[] secret, string purpose)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var content = new byte[NonceLength + TagLength + secret.Length];
        RandomNumberGenerator.Fill(content.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(Key, TagLength);
        cipher.Encrypt(
            content.AsSpan(0, NonceLength), secret, content.AsSpan(NonceLength + TagLength), content.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return content;
    }

    public byte[] Unprotect(byte[] content, string purpose)
    {
        ArgumentNullException.ThrowIfNull(content);
        var secret = new byte[content.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(Key, TagLength);
        cipher.Decrypt(
            content.AsSpan(0, NonceLength), content.AsSpan(NonceLength + TagLength), content.AsSpan(NonceLength, TagLength), secret, Encoding.UTF8.GetBytes(purpose));
        return secret;
    }
}
