using System.Diagnostics;
using Noctis.Archive.Settings;
using Noctis.Portal.Connecting;

namespace Noctis.Portal.Tests.Connecting;

/// <summary>Commands that are pasted must mean what they say, whatever AE titles hold.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Words => new()
    {
        "CENTRALHOSP1A2B", "CT ROOM 2", "O'BRIEN", "$HOME", "`id`", "a\"b", "100%", "A;B&C|D", "(X)", "*?[a]", "#1", "!x", "~root", "<a>", "-AET", "{a,b}", "A@B:1", "''", "^_^", "=x",
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Posix_AnyWord_IsOneArgumentAsItIs(string word)
    {
        // printf shows each argument that the shell makes of the line.
        var line = new CommandLine("printf", "<%s>", word, "end").Posix;
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardOutput = true })!;

        Assert.Equal($"<{word}><end>", await shell.StandardOutput.ReadToEndAsync());
        await shell.WaitForExitAsync();
    }

    [Theory]
    [InlineData("CENTRALHOSP1A2B", "CENTRALHOSP1A2B")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("CT ROOM 2", "'CT ROOM 2'")]
    [InlineData("O'BRIEN", "'O''BRIEN'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("A@B", "'A@B'")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("", "''")]
    public void PowerShell_Word_IsQuotedWhereItMustBe(string word, string written) => Assert.Equal(written, new CommandLine(word).PowerShell);

    [Fact]
    public void Dcmtk_TlsModes_NameWhatTheyNeed()
    {
        var values = new ConnectionValues("pacs.example.org", 11113, "CENTRAL 1", "CT'1");

        Assert.Equal(@"echoscu -v -aet 'CT'\''1' -aec 'CENTRAL 1' pacs.example.org 11113", DicomCommands.DcmtkEcho(values, TlsMode.Off).Posix);
        Assert.Equal("echoscu -v -aet 'CT''1' -aec 'CENTRAL 1' pacs.example.org 11113", DicomCommands.DcmtkEcho(values, TlsMode.Off).PowerShell);
        Assert.Contains(" +tla +cf noctis.pem ", DicomCommands.DcmtkSend(values, TlsMode.On).Posix, StringComparison.Ordinal);
        Assert.Contains(" +tls device-key.pem device-cert.pem +cf noctis.pem ", DicomCommands.DcmtkSend(values, TlsMode.ClientCertificates).Posix, StringComparison.Ordinal);
        Assert.EndsWith(" +sd +r pacs.example.org 11113 images/", DicomCommands.DcmtkSend(values, TlsMode.Off).Posix, StringComparison.Ordinal);
    }

    [Fact]
    public void Dcm4che_Values_AreOneWord()
    {
        var values = new ConnectionValues("pacs.example.org", 11113, "CENTRAL 1", "CT1");

        Assert.Equal("storescu -c 'CENTRAL 1@pacs.example.org:11113' -b CT1", DicomCommands.Dcm4cheEcho(values, TlsMode.Off).Posix);
        Assert.Equal("storescu -c 'CENTRAL 1@pacs.example.org:11113' -b CT1 images/", DicomCommands.Dcm4cheSend(values, TlsMode.Off).Posix);
        Assert.Contains("--tls-noauth", DicomCommands.Dcm4cheEcho(values, TlsMode.On).Words);
        Assert.DoesNotContain("--tls-noauth", DicomCommands.Dcm4cheEcho(values, TlsMode.ClientCertificates).Words);
        Assert.True(DicomCommands.FitsDcm4che(values));
        Assert.False(DicomCommands.FitsDcm4che(values with { CallingAETitle = "A:B" }));
        Assert.False(DicomCommands.FitsDcm4che(values with { Host = "2001:db8::7" }));
    }

    [Theory]
    [InlineData(Firewall.Ufw, "sudo ufw allow 11113/tcp", "sudo ufw allow proto tcp from 192.0.2.0/24 to any port 11113")]
    [InlineData(Firewall.Firewalld, "sudo firewall-cmd --permanent --add-port=11113/tcp",
        "sudo firewall-cmd --permanent '--add-rich-rule=rule family=\"ipv4\" source address=\"192.0.2.0/24\" port port=\"11113\" protocol=\"tcp\" accept'")]
    [InlineData(Firewall.Iptables, "sudo iptables -I INPUT -p tcp --dport 11113 -j ACCEPT", "sudo iptables -I INPUT -p tcp -s 192.0.2.0/24 --dport 11113 -j ACCEPT")]
    [InlineData(Firewall.Nftables, "sudo nft 'insert rule inet filter input tcp dport 11113 accept'",
        "sudo nft 'insert rule inet filter input ip saddr 192.0.2.0/24 tcp dport 11113 accept'")]
    [InlineData(Firewall.Windows, "New-NetFirewallRule -DisplayName 'Noctis DICOM 11113' -Direction Inbound -Protocol TCP -LocalPort 11113 -Action Allow",
        "New-NetFirewallRule -DisplayName 'Noctis DICOM 11113' -Direction Inbound -Protocol TCP -LocalPort 11113 -Action Allow -RemoteAddress 192.0.2.0/24,2001:db8::/32")]
    public void Firewall_EveryoneOrNetworks_OpensThePort(Firewall firewall, string everyone, string networks)
    {
        Assert.Equal(everyone, FirewallCommands.For(firewall, 11113, [])[0]);
        Assert.Equal(networks, FirewallCommands.For(firewall, 11113, ["192.0.2.0/24", "2001:db8::/32"])[0]);
    }

    [Fact]
    public void Firewall_IPv6Network_IsLetInByItsOwnFamily()
    {
        Assert.StartsWith("sudo ip6tables ", FirewallCommands.For(Firewall.Iptables, 11113, ["2001:db8::/32"])[0], StringComparison.Ordinal);
        Assert.Contains("ip6 saddr", FirewallCommands.For(Firewall.Nftables, 11113, ["2001:db8::/32"])[0], StringComparison.Ordinal);
    }
}
