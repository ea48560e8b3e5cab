using Noctis.Archive.Settings;

namespace Noctis.Portal.Connecting;

/// <summary>Commands to paste that try a connection: with DCMTK (3.6.7 and later) and with dcm4che (5).</summary>
public static class DicomCommands
{
    /// <summary>Where the server's certificate is kept for the tools: fetched once, and compared with the fingerprint.</summary>
    public const string CertificateFile = "noctis.pem";

    private const string TrustStore = "noctis.p12";
    private const string StorePassword = "changeit";

    public static CommandLine DcmtkEcho(ConnectionValues values, TlsMode tls)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(["echoscu", "-v", .. DcmtkTls(tls), "-aet", values.CallingAETitle, "-aec", values.CalledAETitle, values.Host, values.PortText]);
    }

    /// <summary>A folder with everything below it.</summary>
    public static CommandLine DcmtkSend(ConnectionValues values, TlsMode tls)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(["storescu", "-v", .. DcmtkTls(tls), "-aet", values.CallingAETitle, "-aec", values.CalledAETitle, "+sd", "+r", values.Host, values.PortText, "images/"]);
    }

    /// <summary>Whether dcm4che's tools can be told these values: they write title, host and port into one word and cut it at the first @ and the first colon.</summary>
    public static bool FitsDcm4che(ConnectionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return !values.CalledAETitle.AsSpan().ContainsAny('@', ':') && !values.CallingAETitle.AsSpan().ContainsAny('@', ':')
            && !values.Host.Contains(':', StringComparison.Ordinal);
    }

    /// <summary>Without a file dcm4che's storescu sends an echo.</summary>
    public static CommandLine Dcm4cheEcho(ConnectionValues values, TlsMode tls)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(["storescu", "-c", $"{values.CalledAETitle}@{values.Host}:{values.PortText}", "-b", values.CallingAETitle, .. Dcm4cheTls(tls)]);
    }

    public static CommandLine Dcm4cheSend(ConnectionValues values, TlsMode tls)
    {
        var echo = Dcm4cheEcho(values, tls);
        return new([.. echo.Words, "images/"]);
    }

    /// <summary>Puts the certificate into a store that Java reads.</summary>
    public static CommandLine Dcm4cheTrust { get; } =
        new("keytool", "-importcert", "-noprompt", "-alias", "noctis", "-file", CertificateFile, "-keystore", TrustStore, "-storetype", "PKCS12", "-storepass", StorePassword);

    /// <summary>Fetches the certificate that the port presents. For a POSIX shell.</summary>
    public static string FetchCertificate(ConnectionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var host = values.Host.Contains(':', StringComparison.Ordinal) ? $"[{values.Host}]" : values.Host;
        return $"{new CommandLine("openssl", "s_client", "-connect", $"{host}:{values.PortText}")} </dev/null | openssl x509 -out {CertificateFile}";
    }

    /// <summary>Prints its fingerprint, to be compared with the one shown here.</summary>
    public static CommandLine ShowFingerprint { get; } = new("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", CertificateFile);

    private static string[] DcmtkTls(TlsMode tls) => tls switch
    {
        TlsMode.Off => [],
        TlsMode.On => ["+tla", "+cf", CertificateFile],
        _ => ["+tls", "device-key.pem", "device-cert.pem", "+cf", CertificateFile],
    };

    // --tls alone means the cipher suites of long ago, none of which is taken here: the right ones are named.
    private static string[] Dcm4cheTls(TlsMode tls)
    {
        if (tls == TlsMode.Off)
            return [];
        string[] common =
        [
            "--tls-protocol", "TLSv1.2", "--tls-cipher", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "--tls-cipher", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "--trust-store", TrustStore, "--trust-store-type", "PKCS12", "--trust-store-pass", StorePassword,
        ];
        return tls == TlsMode.On
            ? [.. common, "--tls-noauth"]
            : [.. common, "--key-store", "device.p12", "--key-store-type", "PKCS12", "--key-store-pass", "PASSWORD"];
    }
}
