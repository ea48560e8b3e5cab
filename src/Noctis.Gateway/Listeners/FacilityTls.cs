using System.Security.Cryptography.X509Certificates;
using Noctis.Archive.Certificates;
using Noctis.Archive.Settings;
using Noctis.Dicom.Network;

namespace Noctis.Gateway.Listeners;

/// <summary>The certificates of one facility as they were read: immutable, and the same object until one of them changes.</summary>
internal sealed class FacilityTls
{
    private readonly Dictionary<TlsMode, DicomTlsServerOptions> _options = [];

    public FacilityTls(ReadCertificate? server, IReadOnlyList<X509Certificate2> authorities, string? problem)
    {
        Problem = problem;
        HasAuthorities = authorities.Count > 0;
        if (server is null)
            return;
        NotAfterUtc = server.Certificate.NotAfter.ToUniversalTime();
        var on = new DicomTlsServerOptions { Certificate = server.Certificate, Intermediates = server.Intermediates, TrustAnchors = authorities };
        _options.Add(TlsMode.On, on);
        _options.Add(TlsMode.ClientCertificates, on with { ClientCertificates = TlsClientCertificates.Required });
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
}
