using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>
/// Callers at the wrong port. Each is turned away with its reason and kind, at once or when ARTIM expires, and none keeps the next
/// caller waiting.
/// </summary>
public class OddCallerTests
{
    /// <summary>What begins a handshake: the first flight of a real client.</summary>
    private static readonly Task<byte[]> ClientHello = RecordClientHelloAsync();

    public static TheoryData<string, ConnectionFailureKind> Beginnings => new()
    {
        { "GET / HTTP/1.1\r\nHost: pacs\r\n\r\n", ConnectionFailureKind.Http },
        { "POST /dicom-web/studies HTTP/1.1\r\nContent-Length: 0\r\n\r\n", ConnectionFailureKind.Http },
        { "HEAD / HTTP/1.0\r\n\r\n", ConnectionFailureKind.Http },
        { "PUT /x HTTP/1.1\r\n\r\n", ConnectionFailureKind.Http },
        { "OPTIONS * HTTP/1.1\r\n\r\n", ConnectionFailureKind.Http },
        { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ConnectionFailureKind.Http },
        { "DELETE /x HTTP/1.1\r\n\r\n", ConnectionFailureKind.Http },
        { "CONNECT pacs:104 HTTP/1.1\r\n\r\n", ConnectionFailureKind.Http },
        { "G", ConnectionFailureKind.Http },
        { "SSH-2.0-OpenSSH_9.2\r\n", ConnectionFailureKind.OtherProtocol },
        { "GARBAGE", ConnectionFailureKind.OtherProtocol },
        { "\0\0\0\0\0\0\0\0", ConnectionFailureKind.OtherProtocol },
        { "\u0080\u002E\u0001\u0003\u0001", ConnectionFailureKind.OtherProtocol }, // a hello of SSL 2
        { "\u0015\u0003\u0003\0\u0002\u0002\u0028", ConnectionFailureKind.PlainOnTlsPort },
        { "\u00FF\u00F4", ConnectionFailureKind.OtherProtocol },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Foreign_OnAPlainPort_IsToldItsKindAtOnce(string beginning, ConnectionFailureKind kind)
    {
        await using var server = await TestListener.StartAsync(clock: new ManualClock());

        await AssertTurnedAwayAsync(server, beginning, kind);

        await using var next = await server.ConnectAsync();
        Assert.Equal(DicomStatus.Success, await next.EchoAsync());
    }

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task Foreign_OnATlsPort_IsToldItsKindAtOnce(string beginning, ConnectionFailureKind kind)
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());

        await AssertTurnedAwayAsync(server, beginning, kind);

        await AssertServesAsync(server);
    }

    [Fact]
    public async Task PlainDicom_OnATlsPort_IsAbortedInItsOwnWords()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());
        await using var peer = await server.ConnectRawAsync();

        await peer.SendAsync(RawPeer.Request);

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal((AssociationEnding.Aborted, ConnectionFailureKind.PlainOnTlsPort), (failure.Ending, failure.Kind));
        Assert.Contains("this port wants TLS", failure.Reason, StringComparison.Ordinal);
        await AssertServesAsync(server);
    }

    [Fact]
    public async Task Tls_OnAPlainPort_IsToldItsKindAndTheClientSaysWhatToDo()
    {
        await using var server = await TestListener.StartAsync();

        var exception = await Assert.ThrowsAsync<DicomNetworkException>(() => DicomClient.ConnectAsync(server.Calling()));

        Assert.Equal(ConnectionFailureKind.TlsOnPlainPort, exception.Kind);
        Assert.Contains("speaks plain DICOM on this port, not TLS", exception.Message, StringComparison.Ordinal);
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(ConnectionFailureKind.TlsOnPlainPort, failure.Kind);
        Assert.Contains("TLS handshake", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_InsideTls_IsToldItsKind()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());
        await using var tls = await HandshakeAsync(server);

        await tls.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"));

        Assert.Equal(ConnectionFailureKind.Http, (await server.Observer.NextFailureAsync()).Kind);
        Assert.Equal(7, tls.ReadByte());
    }

    [Fact]
    public async Task Http2_OfferedInTheHandshake_IsRefusedThere()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());

        await Assert.ThrowsAnyAsync<Exception>(() => HandshakeAsync(server, SslApplicationProtocol.Http2));

        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal(ConnectionFailureKind.Http, failure.Kind);
        Assert.Contains("another protocol than DICOM", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_ClosedAfterTheHandshake_IsNoBrokenRequest()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());
        await using (await HandshakeAsync(server))
        {
        }

        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal((AssociationEnding.ConnectionLost, ConnectionFailureKind.TlsHandshakeFailed), (failure.Ending, failure.Kind));
        Assert.Contains("after the TLS handshake, without asking for an association", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connected_AndGoneWithoutAByte_IsNothing(bool tls)
    {
        await using var server = await StartAsync(tls);
        await using (await server.ConnectRawAsync())
        {
        }

        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal((ConnectionFailureKind.ClosedUnused, 0L), (failure.Kind, failure.BytesReceived));
        Assert.Equal("The peer closed the connection without sending anything.", failure.Reason);
    }

    [Theory]
    [InlineData(false, "", ConnectionFailureKind.Silent, "sent no request for an association within 30 seconds")]
    [InlineData(true, "", ConnectionFailureKind.Silent, "began no TLS handshake within 30 seconds")]
    [InlineData(false, "\u0001\0", ConnectionFailureKind.RequestIncomplete, "sent no request for an association within 30 seconds")]
    [InlineData(true, "\u0016\u0003", ConnectionFailureKind.TlsHandshakeStalled, "began a TLS handshake, but did not finish it within 30 seconds")]
    [InlineData(true, "hello", ConnectionFailureKind.TlsHandshakeStalled, "began a TLS handshake, but did not finish it within 30 seconds")]
    [InlineData(true, "handshake", ConnectionFailureKind.RequestIncomplete, "sent no request for an association within 30 seconds")]
    public async Task Stalled_AtEachStage_ArtimClosesAndOthersAreServedMeanwhile(
        bool tls, string sends, ConnectionFailureKind kind, string reason)
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(tls, clock);
        await using var peer = await server.ConnectRawAsync();
        await using var shaken = sends == "handshake" ? await HandshakeAsync(server) : null;
        if (sends == "hello")
            await peer.SendAsync(await ClientHello);
        else if (sends != "handshake")
            await peer.SendAsync(Encoding.Latin1.GetBytes(sends));

        await AssertServesAsync(server);

        var failing = server.Observer.NextFailureAsync();
        while (!failing.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(failing, Task.Delay(20));
        }

        var failures = new List<ConnectionFailure> { await failing };
        if (shaken is not null)
            failures.Add(await server.Observer.NextFailureAsync());
        Assert.Contains(failures, failure => failure.Kind == kind && failure.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Handshake_OneByteAtATime_Succeeds()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());
        await using var relay = new DribblingRelay(server.Port);
        await using var client = await DicomClient.ConnectAsync(server.Calling() with { Port = relay.Port });

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    [Fact]
    public async Task ClientHello_CutAtEveryByte_IsAConnectionWithoutAnAssociation()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());
        var hello = await ClientHello;
        for (var length = 1; length < hello.Length; length++)
        {
            await using var peer = await server.ConnectRawAsync();
            await peer.SendAsync(hello.AsMemory(0, length));
            peer.ShutdownSend();

            var failure = await server.Observer.NextFailureAsync();
            Assert.Equal((AssociationEnding.ConnectionLost, ConnectionFailureKind.TlsHandshakeFailed), (failure.Ending, failure.Kind));
            Assert.Equal(length, failure.BytesReceived);
        }

        Assert.Empty(server.Logs.Errors);
        await AssertServesAsync(server);
    }

    [Fact]
    public async Task ClientHello_SpoiltAtEveryByte_NeverMoreThanAFailedConnection()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());
        var hello = await ClientHello;
        for (var place = 1; place < hello.Length; place++)
        {
            await using var peer = await server.ConnectRawAsync();
            var spoilt = hello.ToArray();
            spoilt[place] ^= 0xFF;
            await peer.SendAsync(spoilt);
            peer.ShutdownSend();

            var failure = await server.Observer.NextFailureAsync();
            Assert.True(failure.Kind != ConnectionFailureKind.InternalError, $"Byte {place}: {string.Join("; ", server.Logs.Errors)}");
        }

        Assert.Empty(server.Logs.Errors);
        await AssertServesAsync(server);
    }

    [Fact]
    public async Task Handshakes_Stalled_CountAmongThePendingConnections()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening() with { MaxPendingConnections = 2 }, clock: new ManualClock());
        var peers = new List<RawPeer>();
        for (var i = 0; i < 3; i++)
        {
            peers.Add(await server.ConnectRawAsync());
            await server.Observer.NextOpenedAsync();
            await peers[i].SendAsync(new byte[] { 0x16, 3, 1 });
        }

        Assert.Equal(ConnectionFailureKind.TooManyConnections, (await server.Observer.NextFailureAsync()).Kind);
        Assert.Null(await peers[0].ReceiveAsync());
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Listener_StopsWhileAHandshakeStalls_EndsIt()
    {
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: new ManualClock());
        await using var peer = await server.ConnectRawAsync();
        await peer.SendAsync(new byte[] { 0x16, 3, 1 });
        await server.Observer.NextOpenedAsync();

        await server.Listener.StopAsync();

        Assert.Equal(ConnectionFailureKind.Stopped, (await server.Observer.NextFailureAsync()).Kind);
    }

    private static Task<TestListener> StartAsync(bool tls, TimeProvider? clock = null) =>
        TestListener.StartAsync(tls ? TlsSettings.Listening() : null, clock: clock);

    private static async Task AssertTurnedAwayAsync(TestListener server, string beginning, ConnectionFailureKind kind)
    {
        await using var peer = await server.ConnectRawAsync();
        await peer.SendAsync(Encoding.Latin1.GetBytes(beginning));

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        var failure = await server.Observer.NextFailureAsync();
        Assert.Equal((AssociationEnding.Aborted, kind), (failure.Ending, failure.Kind));
        Assert.EndsWith(".", failure.Reason, StringComparison.Ordinal);
        Assert.Contains(server.Logs.Lines, line => line.EventId == 1003 && line.Text.EndsWith(failure.Reason, StringComparison.Ordinal));
        Assert.Empty(server.Logs.Errors);
    }

    private static async Task AssertServesAsync(TestListener server)
    {
        await using var client = await DicomClient.ConnectAsync(server.IsTls ? server.Calling() : server.ClientOptions());
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();
    }

    private static async Task<SslStream> HandshakeAsync(TestListener server, params SslApplicationProtocol[] protocols)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port);
        var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ApplicationProtocols = protocols.Length > 0 ? [.. protocols] : null,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { TestAuthority.Trusted.Certificate },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });
        return tls;
    }

    private static async Task<byte[]> RecordClientHelloAsync()
    {
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listening.LocalEndpoint);
        using var accepted = await listening.AcceptSocketAsync();
        var handshake = Task.Run(async () =>
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsClientAsync("localhost");
        });
        var buffer = new byte[4096];
        var count = await accepted.ReceiveAsync(buffer, SocketFlags.None);
        accepted.Close();
        await handshake.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        return buffer[..count];
    }

    /// <summary>Passes on what comes, one byte to a segment.</summary>
    private sealed class DribblingRelay : IAsyncDisposable
    {
        private readonly TcpListener _listening = new(IPAddress.Loopback, 0);
        private readonly Task _running;

        public DribblingRelay(int port)
        {
            _listening.Start();
            Port = ((IPEndPoint)_listening.LocalEndpoint).Port;
            _running = RunAsync(port);
        }

        public int Port { get; }

        public async ValueTask DisposeAsync()
        {
            _listening.Stop();
            await _running.ContinueWith(static task => task.Exception, TaskScheduler.Default);
        }

        private static async Task PassOnAsync(Socket from, Socket to)
        {
            var buffer = new byte[4096];
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None)) > 0)
            {
                for (var i = 0; i < count; i++)
                    await to.SendAsync(buffer.AsMemory(i, 1), SocketFlags.None);
            }

            to.Shutdown(SocketShutdown.Send);
        }

        private async Task RunAsync(int port)
        {
            using var near = await _listening.AcceptSocketAsync();
            using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await far.ConnectAsync("127.0.0.1", port);
            near.NoDelay = far.NoDelay = true;
            await Task.WhenAll(PassOnAsync(near, far), PassOnAsync(far, near));
        }
    }
}
