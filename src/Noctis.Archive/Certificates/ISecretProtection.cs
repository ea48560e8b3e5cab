namespace Noctis.Archive.Certificates;

/// <summary>Encrypts what must not be readable in the database. Implemented by the host, which keeps the keys. Thread safe.</summary>
public interface ISecretProtection
{
    /// <param name="secret">What is to be kept.</param>
    /// <param name="purpose">What it is for, and whose: it can be read for the same purpose alone.</param>
    byte[] Protect(byte[] secret, string purpose);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was made with keys that are not here, for another purpose, or not by us.</exception>
    byte[] Unprotect(byte[] content, string purpose);
}
