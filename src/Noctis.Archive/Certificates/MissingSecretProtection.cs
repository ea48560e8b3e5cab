namespace Noctis.Archive.Certificates;

/// <summary>Stands where a host keeps no keys, such as a tool: nothing is kept in the clear for want of one.</summary>
internal sealed class MissingSecretProtection : ISecretProtection
{
    private const string Reason = "This program keeps no keys to encrypt with: register an ISecretProtection.";

    public byte[] Protect(byte[] secret, string purpose) => throw new InvalidOperationException(Reason);

    public byte[] Unprotect(byte[] content, string purpose) => throw new System.Security.Cryptography.CryptographicException(Reason);
}
