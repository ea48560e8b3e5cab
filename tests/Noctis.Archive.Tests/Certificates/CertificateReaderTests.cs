using System.Security.Cryptography.X509Certificates;
using System.Text;
using Noctis.Archive.Certificates;
using Noctis.Testing;

namespace Noctis.Archive.Tests.Certificates;

/// <summary>What people upload, and what they are told.</summary>
public class CertificateReaderTests
{
    private static readonly TestCertificates Authority = new();
    private static readonly X509Certificate2 Server = Authority.Issue("server");

    [Fact]
    public void ReadServer_PemWithChainAndKey_HasAll()
    {
        var read = Read([.. TestCertificates.CertificatePem(Authority.Authority), .. TestCertificates.Pem(Server)]).Value;

        Assert.Equal(("CN=server", true), (read.Certificate.Subject, read.Certificate.HasPrivateKey));
        Assert.Equal("CN=Test authority", Assert.Single(read.Intermediates).Subject);
        Assert.DoesNotContain("PRIVATE", read.ToPem(), StringComparison.Ordinal);
        Assert.Equal(read.Thumbprint, CertificateReader.Assemble(read.ToPem(), read.PrivateKey).Thumbprint);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(3072)]
    public void ReadServer_RsaInPfxWithPassword_IsRead(int bits)
    {
        var read = Read(Authority.Issue("rsa", rsaBits: bits).Export(X509ContentType.Pfx, "secret"), password: "secret").Value;

        Assert.Equal("CN=rsa", CertificateReader.Assemble(read.ToPem(), read.PrivateKey).Certificate.Subject);
    }

    [Fact]
    public void ReadServer_KeyInAFileOfItsOwnWithAPassword_IsRead() =>
        Assert.True(Read(TestCertificates.CertificatePem(Server), TestCertificates.KeyPem(Server, "secret"), "secret").IsSuccess);

    [Fact]
    public void ReadServer_WrongPassword_SaysSo()
    {
        Assert.Contains("password is wrong", Read(Server.Export(X509ContentType.Pfx, "secret"), password: "guess").Error?.Message, StringComparison.Ordinal);
        Assert.Contains("password is wrong", Read(TestCertificates.CertificatePem(Server), TestCertificates.KeyPem(Server, "secret"), "guess").Error?.Message, StringComparison.Ordinal);
        Assert.Equal("Password", Read(TestCertificates.CertificatePem(Server), TestCertificates.KeyPem(Server, "secret")).Error?.Field);
    }

    [Fact]
    public void ReadServer_WithoutItsKey_SaysSo()
    {
        Assert.Contains("without its private key", Read(TestCertificates.CertificatePem(Server)).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("without its private key", Read(Server.Export(X509ContentType.Cert)).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("does not belong", Read(TestCertificates.CertificatePem(Server), TestCertificates.KeyPem(Authority.Issue("other"))).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("no certificate", Read(TestCertificates.KeyPem(Server)).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadServer_OutOfItsTime_SaysWhen()
    {
        var now = DateTimeOffset.UtcNow;

        Assert.Contains("expired on", Read(TestCertificates.Pem(Authority.Issue("old", to: now.AddDays(-1)))).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("not valid before", Read(TestCertificates.Pem(Authority.Issue("early", from: now.AddDays(2)))).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadServer_WeakKeyOrOtherUse_IsRefused()
    {
        Assert.Contains("RSA with 1024 bits", Read(TestCertificates.Pem(Authority.Issue("weak", rsaBits: 1024))).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("not made out for servers", Read(TestCertificates.Pem(Authority.Issue("client", usage: "1.3.6.1.5.5.7.3.2"))).Error?.Message, StringComparison.Ordinal);
        Assert.True(Read(TestCertificates.Pem(Authority.Issue("server", usage: "1.3.6.1.5.5.7.3.1"))).IsSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    public void Read_NoCertificate_SaysWhatToChoose(string text)
    {
        var content = Encoding.ASCII.GetBytes(text);

        Assert.Contains("no certificate that can be read", Read(content).Error?.Message, StringComparison.Ordinal);
        Assert.Contains("no certificate that can be read", CertificateReader.ReadAuthorities(content, DateTime.UtcNow).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooLong_IsNoCertificate() => Assert.False(Read(new byte[CertificateReader.MaxLength + 1]).IsSuccess);

    [Fact]
    public void Read_CutAtManyLengths_NeverThrows()
    {
        foreach (var whole in new[] { TestCertificates.Pem(Server), Server.Export(X509ContentType.Pfx, "x"), Server.Export(X509ContentType.Cert) })
        {
            for (var length = 0; length < whole.Length; length += 7)
                Assert.False(Read(whole[..length], password: "x").IsSuccess);
        }
    }

    [Fact]
    public void ReadAuthorities_SeveralInOneFile_AreAllRead()
    {
        byte[] both = [.. TestCertificates.CertificatePem(Authority.Authority), .. TestCertificates.CertificatePem(Server)];

        Assert.Equal(2, CertificateReader.ReadAuthorities(both, DateTime.UtcNow).Value.Count);
        Assert.Single(CertificateReader.ReadAuthorities(Server.Export(X509ContentType.Cert), DateTime.UtcNow).Value);
    }

    private static Result<ReadCertificate> Read(byte[] certificate, byte[]? key = null, string? password = null) =>
        CertificateReader.ReadServer(certificate, key, password, DateTime.UtcNow);
}
