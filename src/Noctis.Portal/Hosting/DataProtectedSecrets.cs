using Microsoft.AspNetCore.DataProtection;
using Noctis.Archive.Certificates;

namespace Noctis.Portal.Hosting;

/// <summary>
/// Secrets of the database under the keys of ASP.NET data protection, which lie in the data folder and so not with the database: a copy of
/// one of the two gives nothing away. Nodes that share a database have to share that folder.
/// </summary>
internal sealed class DataProtectedSecrets(IDataProtectionProvider provider) : ISecretProtection
{
    private const string Purpose = "Noctis.Secrets";

    public byte[] Protect(byte[] secret, string purpose) => provider.CreateProtector(Purpose, purpose).Protect(secret);

    public byte[] Unprotect(byte[] content, string purpose) => provider.CreateProtector(Purpose, purpose).Unprotect(content);
}
