using Noctis.Dicom.Network;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>TLS of the tests: one authority, which both sides trust.</summary>
internal static class TlsSettings
{
    public static DicomTlsServerOptions Server => new()
    {
        Certificate = TestAuthority.Server,
        TrustAnchors = [TestAuthority.Trusted.Certificate],
    };

    public static DicomTlsServerOptions Mutual => Server with { ClientCertificates = TlsClientCertificates.Required };

    public static DicomTlsClientOptions Client => new() { TrustAnchors = [TestAuthority.Trusted.Certificate] };

    public static DicomTlsClientOptions Device => Client with { Certificate = TestAuthority.Device };

    public static DicomListenerOptions Listening(DicomTlsServerOptions? tls = null) => TestListener.DefaultOptions with { Tls = tls ?? Server };

    public static DicomClientOptions Calling(this TestListener server, DicomTlsClientOptions? tls = null) =>
        server.ClientOptions() with { Tls = tls ?? Client };
}
