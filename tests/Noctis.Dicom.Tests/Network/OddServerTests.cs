using System.Net;
using System.Net.Sockets;
using System.Text;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>The client at the wrong port: it says what it met there and what to do about it.</summary>
public class OddServerTests
{
    public static TheoryData<bool, string, ConnectionFailureKind, string> Answers => new()
    {
        { false, "HTTP/1.1 400 Bad Request\r\n\r\n", ConnectionFailureKind.Http, "speaks HTTP on this port" },
        { true, "HTTP/1.1 400 Bad Request\r\n\r\n", ConnectionFailureKind.Http, "speaks HTTP on this port" },
        { false, "SSH-2.0-OpenSSH_9.2\r\n", ConnectionFailureKind.OtherProtocol, "speak SSH" },
        { true, "SSH-2.0-OpenSSH_9.2\r\n", ConnectionFailureKind.OtherProtocol, "neither TLS nor DICOM" },
        { false, "\u0015\u0003\u0003\0\u0002\u0002\u0028", ConnectionFailureKind.PlainOnTlsPort, "switch TLS on for it" },
        { true, "\u0015\u0003\u0003\0\u0002\u0002\u0046", ConnectionFailureKind.TlsHandshakeFailed, "no version of TLS in common" },
        { true, "\u0007\0\0\0\0\u0004\0\0\0\0", ConnectionFailureKind.TlsOnPlainPort, "plain DICOM on this port, not TLS" },
        { true, "\u0003\0\0\0\0\u0004\0\u0001\u0001\u0001", ConnectionFailureKind.TlsOnPlainPort, "plain DICOM on this port, not TLS" },
        { true, "", ConnectionFailureKind.TlsHandshakeFailed, "perhaps it speaks plain DICOM on this port" },
        { true, "\u0016\u0003\u0003", ConnectionFailureKind.TlsHandshakeFailed, "in the middle of the TLS handshake" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Connect_ServerSpeaksSomethingElse_SaysWhatAndWhatToDo(bool tls, string answer, ConnectionFailureKind kind, string expected)
    {
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        var connecting = DicomClient.ConnectAsync(Options(listening, tls));
        using var accepted = await listening.AcceptSocketAsync();
        Assert.NotEqual(0, await accepted.ReceiveAsync(new byte[4096], SocketFlags.None));

        await accepted.SendAsync(Encoding.Latin1.GetBytes(answer), SocketFlags.None);
        accepted.Shutdown(SocketShutdown.Send);

        var exception = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => connecting);
        Assert.Equal(kind, exception.Kind);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, ConnectionFailureKind.TlsHandshakeStalled, "did not finish the TLS handshake within 30 seconds")]
    [InlineData(false, ConnectionFailureKind.NoAnswer, "did not answer the request for an association within 30 seconds")]
    public async Task Connect_ServerSaysNothing_EndsWithItsTimer(bool tls, ConnectionFailureKind kind, string expected)
    {
        var clock = new ManualClock();
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        var connecting = DicomClient.ConnectAsync(Options(listening, tls) with { TimeProvider = clock });
        using var accepted = await listening.AcceptSocketAsync();
        Assert.NotEqual(0, await accepted.ReceiveAsync(new byte[4096], SocketFlags.None));

        while (!connecting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            await Task.WhenAny(connecting, Task.Delay(20));
        }

        var exception = await Assert.ThrowsAnyAsync<DicomNetworkException>(() => connecting);
        Assert.Equal(kind, exception.Kind);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_CancelledInTheHandshake_ThrowsOperationCanceled()
    {
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        using var cancel = new CancellationTokenSource();
        var connecting = DicomClient.ConnectAsync(Options(listening, tls: true), cancel.Token);
        using var accepted = await listening.AcceptSocketAsync();
        Assert.NotEqual(0, await accepted.ReceiveAsync(new byte[4096], SocketFlags.None));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task Connect_NobodyListens_IsUnreachable()
    {
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        var options = Options(listening, tls: true);
        listening.Stop();

        var exception = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(options));

        Assert.Equal(ConnectionFailureKind.Unreachable, exception.Kind);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(4095u)]
    [InlineData((1024u * 1024) + 1)]
    public async Task Connect_MaxPduLengthOutOfRange_IsRefused(uint length)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = 104,
            CallingAETitle = "A",
            CalledAETitle = "B",
            PresentationContexts = TestListener.DefaultContexts(),
            MaxPduLength = length,
        }));
    }

    private static DicomClientOptions Options(TcpListener listening, bool tls) => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listening.LocalEndpoint).Port,
        CallingAETitle = "NOCTIS",
        CalledAETitle = "PEER",
        PresentationContexts = TestListener.DefaultContexts(),
        Tls = tls ? TlsSettings.Client : null,
    };
}
