using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noctis.Dicom.Network.Internal;

/// <summary>
/// Shakes hands over a connection, and turns what can go wrong into <see cref="DicomNetworkException"/>s that say what and how.
/// Stateless and thread safe.
/// </summary>
internal static class TlsHandshake
{
    /// <summary>How a client of TLS begins: content type handshake (RFC 8446 5.1).</summary>
    public const byte FirstByte = 0x16;

    // The id that is registered for DICOM (RFC 7301). With it a browser that strays here is told so before it has said a word of HTTP, and
    // nobody can pass one protocol's bytes off as the other's (RFC 9325 3.7). Peers that know nothing of it are taken all the same.
    private static readonly List<SslApplicationProtocol> Protocols = [new("dicom")];

    // Made once for a certificate and what is sent along with it, since it looks for the way to the root; gone with them.
    private static readonly ConditionalWeakTable<IReadOnlyList<X509Certificate2>, ConditionalWeakTable<X509Certificate2, SslStreamCertificateContext>>
        Contexts = [];

    /// <summary>As the server. Refuses with the kind and reason that belong into a <see cref="ConnectionFailure"/>.</summary>
    public static async Task<SslStream> AcceptAsync(SocketStream stream, DicomTlsServerOptions options, CancellationToken cancellationToken)
    {
        var verdict = new TlsVerdict(
            "peer", null, options.ClientCertificates == TlsClientCertificates.Required, options.ValidateClientCertificate);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            // Not by the callback that is told the server name: a hello that .NET cannot read never gets there, though OpenSSL might.
            await tls.AuthenticateAsServerAsync(ToSslOptions(options, verdict), cancellationToken);
            return tls;
        }
        catch (Exception exception)
        {
            await tls.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (verdict.Reason is { } reason)
                throw new DicomNetworkException(reason, exception) { Kind = verdict.Kind };
            if (!TlsFaults.IsTls(exception))
                throw;
            if (HasEnded(exception))
            {
                throw new AssociationAbortedException(
                    AssociationEnding.ConnectionLost,
                    "The peer closed the connection in the middle of the TLS handshake; perhaps it does not trust our certificate.",
                    null,
                    exception)
                {
                    Kind = ConnectionFailureKind.TlsHandshakeFailed,
                };
            }

            var (kind, sentence) = TlsFaults.Describe(exception, "peer");
            throw new DicomNetworkException(sentence, exception) { Kind = kind };
        }
    }

    /// <summary>As the client.</summary>
    public static async Task<SslStream> ConnectAsync(
        SocketStream stream, DicomTlsClientOptions options, string host, CancellationToken cancellationToken)
    {
        var name = options.ServerName ?? host;
        var verdict = new TlsVerdict("server", name, isRequired: true, options.ValidateServerCertificate);
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(ToSslOptions(name, options, verdict), cancellationToken);
            return tls;
        }
        catch (Exception exception)
        {
            await tls.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (verdict.Reason is { } reason)
                throw new DicomNetworkException(reason, exception) { Kind = verdict.Kind };
            if (!TlsFaults.IsTls(exception))
                throw;
            var (kind, sentence) = Describe(exception, stream.FirstBytes);
            throw new DicomNetworkException(sentence, exception) { Kind = kind };
        }
    }

    /// <summary>What a handshake came to.</summary>
    public static TlsSession Describe(SslStream tls)
    {
        var certificate = tls.RemoteCertificate switch
        {
            null => null,
            X509Certificate2 known => known,
            var other => new X509Certificate2(other),
        };
        return new TlsSession(tls.SslProtocol, tls.NegotiatedCipherSuite, certificate is null ? null : new TlsPeerCertificate(
            certificate.Subject, certificate.Issuer, certificate.GetCertHashString(HashAlgorithmName.SHA256), certificate.NotAfter.ToUniversalTime()));
    }

    private static SslServerAuthenticationOptions ToSslOptions(DicomTlsServerOptions options, TlsVerdict verdict)
    {
        var certificate = options.Certificate ?? options.SelectCertificate!()
            ?? throw new InvalidOperationException("No certificate was selected for a TLS handshake.");
        var asks = options.ClientCertificates != TlsClientCertificates.None;
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = ContextOf(certificate, options.Intermediates),
            EnabledSslProtocols = options.Protocols,
            CipherSuitesPolicy = PolicyOf(options.CipherSuites),
            ApplicationProtocols = Protocols,
            ClientCertificateRequired = asks,
            CertificateChainPolicy = asks ? TlsVerdict.PolicyFor(options.TrustAnchors, options.RevocationMode) : null,
            RemoteCertificateValidationCallback = asks ? verdict.Judge : null,
            AllowRenegotiation = false,

            // Whoever was admitted once is looked at again: the list of those who are trusted may have changed.
            AllowTlsResume = !asks,
        };
    }

    private static SslClientAuthenticationOptions ToSslOptions(string name, DicomTlsClientOptions options, TlsVerdict verdict) => new()
    {
        TargetHost = name,
        EnabledSslProtocols = options.Protocols,
        CipherSuitesPolicy = PolicyOf(options.CipherSuites),
        ApplicationProtocols = Protocols,
        ClientCertificateContext = options.Certificate is { } certificate ? ContextOf(certificate, options.Intermediates) : null,
        CertificateChainPolicy = TlsVerdict.PolicyFor(options.TrustAnchors, options.RevocationMode),
        RemoteCertificateValidationCallback = verdict.Judge,
        AllowRenegotiation = false,
    };

    private static SslStreamCertificateContext ContextOf(X509Certificate2 certificate, IReadOnlyList<X509Certificate2> intermediates) =>
        Contexts.GetValue(intermediates, static _ => [])
            .GetValue(certificate, one => SslStreamCertificateContext.Create(one, [.. intermediates], offline: true));

    private static CipherSuitesPolicy? PolicyOf(IReadOnlyList<TlsCipherSuite>? suites) =>
        suites is null || OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(suites);

    private static bool HasEnded(Exception exception) =>
        exception is SocketException || (exception is IOException && exception.InnerException is null or SocketException);

    private static (ConnectionFailureKind Kind, string Sentence) Describe(Exception exception, ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty && HasEnded(exception))
        {
            return (ConnectionFailureKind.TlsHandshakeFailed,
                "The server closed the connection without a word of TLS; perhaps it speaks plain DICOM on this port: ask for the port of its TLS, or switch TLS off for it.");
        }

        // PS3.8 9.3.1: what comes first from an acceptor of plain DICOM is an A-ABORT, or an A-ASSOCIATE-RJ.
        if (!first.IsEmpty && first[0] is >= 1 and <= 7)
        {
            return (ConnectionFailureKind.TlsOnPlainPort,
                "The server speaks plain DICOM on this port, not TLS: ask for the port of its TLS, or switch TLS off for it.");
        }

        if (ForeignProtocol.IsHttp(first))
            return (ConnectionFailureKind.Http, "The server speaks HTTP on this port, not DICOM over TLS: is it the port of its web pages?");
        if (!first.IsEmpty && first[0] is not (0x15 or 0x16))
            return (ConnectionFailureKind.OtherProtocol, "The server speaks neither TLS nor DICOM on this port.");
        return HasEnded(exception)
            ? (ConnectionFailureKind.TlsHandshakeFailed, "The server closed the connection in the middle of the TLS handshake.")
            : TlsFaults.Describe(exception, "server");
    }
}
