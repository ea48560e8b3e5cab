using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Noctis.Archive.Certificates;
using Noctis.Archive.Settings;
using Noctis.Dicom.Network;

namespace Noctis.Gateway.Listeners;

/// <summary>The certificates of one facility as they were read: immutable, and the same object until one of them changes.</summary>
internal sealed class FacilityTls
{
    private readonly Dictionary<TlsMode, DicomTlsServerOptions> _options = [];

    /// <param name="server">The listener's certificate.</param>
    /// <param name="authorities">Who is trusted to sign devices' certificates.</param>
    /// <param name="problem">See <see cref="Problem"/>.</param>
    /// <param name="selfTest">The thumbprint of the self-test's own certificate, trusted as if it were a device's.</param>
    public FacilityTls(ReadCertificate? server, IReadOnlyList<X509Certificate2> authorities, string? problem, string? selfTest = null)
    {
        Problem = problem;
        HasAuthorities = authorities.Count > 0;
        if (server is null)
            return;
        NotAfterUtc = server.Certificate.NotAfter.ToUniversalTime();
        var on = new DicomTlsServerOptions { Certificate = server.Certificate, Intermediates = server.Intermediates, TrustAnchors = authorities };
        _options.Add(TlsMode.On, on);
        var pinned = authorities.Select(authority => authority.GetCertHashString(HashAlgorithmName.SHA256)).ToHashSet(StringComparer.Ordinal);
        if (selfTest is not null)
            pinned.Add(selfTest);
        _options.Add(TlsMode.ClientCertificates, on with
        {
            ClientCertificates = TlsClientCertificates.Required,
            ValidateClientCertificate = (_, certificate, _, errors) => errors == SslPolicyErrors.None || IsPinned(certificate, pinned),
        });
    }

    public static FacilityTls None { get; } = new(null, [], null);

    /// <summary>When the listener's certificate ends; null without one.</summary>
    public DateTime? NotAfterUtc { get; }

    /// <summary>Somebody is trusted to sign devices' certificates.</summary>
    public bool HasAuthorities { get; }

    /// <summary>Why the listener's certificate cannot be read, or not anew, in a sentence.</summary>
    public string? Problem { get; }

    /// <summary>Null where there is no certificate, or nobody is trusted though that is needed.</summary>
    public DicomTlsServerOptions? OptionsFor(TlsMode mode) =>
        mode == TlsMode.ClientCertificates && !HasAuthorities ? null : _options.GetValueOrDefault(mode);

    // A device that is trusted by its own certificate needs nobody above it: a chain that ends at it is whole, though no root is there.
    private static bool IsPinned(X509Certificate? certificate, HashSet<string> pinned) =>
        certificate is X509Certificate2 own
        && pinned.Contains(own.GetCertHashString(HashAlgorithmName.SHA256))
        && own.NotBefore.ToUniversalTime() <= DateTime.UtcNow && DateTime.UtcNow <= own.NotAfter.ToUniversalTime();
}
