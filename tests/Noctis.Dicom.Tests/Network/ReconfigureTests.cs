using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>A listener that is given other options while it runs: whoever is there keeps the old ones, whoever comes has the new ones.</summary>
public class ReconfigureTests
{
    [Fact]
    public async Task MaxAssociations_Lowered_KeepsThoseThatRunAndRejectsTheNext()
    {
        await using var server = await TestListener.StartAsync();
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();

        server.Reconfigure(options => options with { MaxAssociations = 1 });

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => server.ConnectAsync());
        Assert.Equal(AssociateRejectReason.LocalLimitExceeded, rejected.Reason);
        Assert.Contains("The one association that may run at a time is in use.", (await server.Observer.NextRejectionAsync()).Explanation, StringComparison.Ordinal);
        Assert.Equal((DicomStatus.Success, DicomStatus.Success), (await first.EchoAsync(), await second.EchoAsync()));
    }

    [Fact]
    public async Task MaxAssociations_Raised_AdmitsTheNext()
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxAssociations = 1 });
        await using var first = await server.ConnectAsync();
        await Assert.ThrowsAsync<AssociationRejectedException>(() => server.ConnectAsync());

        server.Reconfigure(options => options with { MaxAssociations = 2 });

        await using var second = await server.ConnectAsync();
        Assert.Equal((DicomStatus.Success, DicomStatus.Success), (await first.EchoAsync(), await second.EchoAsync()));
    }

    [Fact]
    public async Task MaxPduLength_Changed_IsAnnouncedToTheNextAndTheOldOneMaySendAsAgreed()
    {
        await using var server = await TestListener.StartAsync();
        await using var running = await server.ConnectAsync();

        server.Reconfigure(options => options with { MaxPduLength = 8192 });

        await using var next = await server.ConnectAsync();
        Assert.Equal(8192u, next.Association.Response.UserInformation.MaximumLength);
        Assert.Equal(131_072u, running.Association.Response.UserInformation.MaximumLength);
        Assert.Equal(DicomStatus.Success, await StoreAsync(running, 100_000));
        Assert.Equal(DicomStatus.Success, await StoreAsync(next, 100_000));
    }

    [Fact]
    public async Task MaxPduLength_Lowered_ALongerPduAbortsTheNextButNotTheOldOne()
    {
        await using var server = await TestListener.StartAsync();
        await using var running = await server.ConnectRawAsync();
        await running.AssociateAsync();
        server.Reconfigure(options => options with { MaxPduLength = 4096 });
        await using var next = await server.ConnectRawAsync();
        await next.AssociateAsync();

        await running.SendAsync(Store(20_000));
        await next.SendAsync(Store(20_000));

        Assert.Equal((ushort)0, (await running.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
        Assert.IsType<AAbort>(await next.ReceiveAsync());
    }

    [Fact]
    public async Task IdleTimeout_Lowered_EndsTheNextOneAndNotTheOldOne()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var running = await server.ConnectRawAsync();
        await running.AssociateAsync();
        await server.Observer.NextAcceptedAsync();
        server.Reconfigure(options => options with { IdleTimeout = TimeSpan.FromSeconds(10) });
        await using var next = await server.ConnectRawAsync();
        await next.AssociateAsync();
        await server.Observer.NextAcceptedAsync();

        var ended = next.ReceiveAsync();
        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(10), ended);

        Assert.IsType<AAbort>(await ended);
        Assert.Equal("The association was silent for 10 seconds between two messages.", (await server.Observer.NextEndedAsync()).Reason);
        await running.SendAsync(RawPeer.Echo());
        Assert.Equal((ushort)0, (await running.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
    }

    [Fact]
    public async Task DimseTimeout_Lowered_EndsTheNextThatStandsStillInsideAMessage()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var running = await server.ConnectRawAsync();
        await running.AssociateAsync();
        await server.Observer.NextAcceptedAsync();
        server.Reconfigure(options => options with { DimseTimeout = TimeSpan.FromSeconds(5) });
        await using var next = await server.ConnectRawAsync();
        await next.AssociateAsync();
        await server.Observer.NextAcceptedAsync();
        var arrived = new SemaphoreSlim(0);
        server.Store.OnWrite = (_, _) =>
        {
            arrived.Release();
            return ValueTask.CompletedTask;
        };
        await running.SendAsync(Unfinished());
        await arrived.WaitAsync();
        await next.SendAsync(Unfinished());
        await arrived.WaitAsync();

        // 40 s at most, or the other one's minute would be over too.
        var ended = next.ReceiveAsync();
        for (var step = 0; step < 8 && !ended.IsCompleted; step++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(ended, Task.Delay(50));
        }

        Assert.IsType<AAbort>(await ended);
        Assert.Equal("The peer stopped in the middle of a message and sent nothing more for 5 seconds.", (await server.Observer.NextEndedAsync()).Reason);
        await running.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, new byte[10])));
        Assert.Equal((ushort)0, (await running.ReceiveCommandAsync()).GetUInt16(DicomTag.Status));
    }

    [Fact]
    public async Task ArtimTimeout_Changed_ClosesTheNextSilentConnectionAfterIt()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        server.Reconfigure(options => options with { ArtimTimeout = TimeSpan.FromSeconds(7) });
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();

        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(7), peer.ReceiveAsync());

        Assert.Equal("The peer connected, but sent no request for an association within 7 seconds.", (await server.Observer.NextFailureAsync()).Reason);
    }

    [Fact]
    public async Task NetworkTimeout_Changed_EndsTheNextTlsHandshakeThatStalls()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(TlsSettings.Listening(), clock: clock);
        server.Reconfigure(options => options with { NetworkTimeout = TimeSpan.FromSeconds(5) });
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();
        await peer.SendAsync(new byte[] { 0x16, 3 });

        var failing = server.Observer.NextFailureAsync();
        for (var step = 0; step < 5 && !failing.IsCompleted; step++)
        {
            await Task.WhenAny(failing, Task.Delay(50));
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        var failure = await failing;
        Assert.Equal(ConnectionFailureKind.TlsHandshakeStalled, failure.Kind);
        Assert.Equal("The peer began a TLS handshake, but did not finish it within 5 seconds.", failure.Reason);
    }

    [Fact]
    public async Task NetworkTimeout_LongerThanArtim_DoesNotLengthenTheHandshake()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(TlsSettings.Listening() with { NetworkTimeout = TimeSpan.FromMinutes(5) }, clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();
        await peer.SendAsync(new byte[] { 0x16, 3 });

        var failing = server.Observer.NextFailureAsync();
        await clock.AdvanceUntilAsync(TimeSpan.FromSeconds(10), failing);

        Assert.EndsWith("did not finish it within 30 seconds.", (await failing).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProbePeer_Socket_IsWatchedByTheSystem()
    {
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        using var peer = new TcpClient();
        await peer.ConnectAsync((IPEndPoint)listening.LocalEndpoint);
        var socket = await listening.AcceptSocketAsync();
        await using var connection = new SocketConnection(socket, BlockMemoryPool.OfListeners);

        connection.ProbePeer(TimeSpan.FromSeconds(12));

        Assert.Equal(1, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
        Assert.Equal(12, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime));
        Assert.Equal(4, socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval));
        if (!OperatingSystem.IsLinux())
            return;
        var milliseconds = new byte[4];
        socket.GetRawSocketOption(6, 18, milliseconds);
        Assert.Equal(24_000, BitConverter.ToInt32(milliseconds));
    }

    [Fact]
    public async Task Tls_SwitchedOn_CountsForTheNextAndTheOldOneGoesOnInTheClear()
    {
        await using var server = await TestListener.StartAsync();
        await using var running = await server.ConnectAsync();

        server.Reconfigure(options => options with { Tls = TlsSettings.Server });

        await using var next = await DicomClient.ConnectAsync(server.Calling());
        await Assert.ThrowsAnyAsync<DicomNetworkException>(() => server.ConnectAsync());
        Assert.True(next.Association.Peer.IsEncrypted);
        Assert.Equal(ConnectionFailureKind.PlainOnTlsPort, (await server.Observer.NextFailureAsync()).Kind);
        Assert.Equal((DicomStatus.Success, DicomStatus.Success), (await running.EchoAsync(), await next.EchoAsync()));
    }

    [Fact]
    public async Task Tls_SwitchedOnWhileAPlainConnectionWaits_ItGetsNoAssociationAnyMore()
    {
        await using var server = await TestListener.StartAsync();
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();

        server.Reconfigure(options => options with { Tls = TlsSettings.Server });
        await peer.SendAsync(RawPeer.Request);

        var rejected = Assert.IsType<AAssociateRj>(await peer.ReceiveAsync());
        Assert.Equal(AssociateRejectReason.TemporaryCongestion, rejected.Reason);
        Assert.Contains("before TLS was asked for", (await server.Observer.NextRejectionAsync()).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_AnotherCertificate_IsShownToTheNext()
    {
        var renewed = TestAuthority.Trusted.Issue("renewed");
        await using var server = await TestListener.StartAsync(TlsSettings.Listening());
        await using var running = await DicomClient.ConnectAsync(server.Calling());

        server.Reconfigure(options => options with { Tls = TlsSettings.Server with { Certificate = renewed } });

        await using var next = await DicomClient.ConnectAsync(server.Calling());
        Assert.Equal("CN=renewed", next.Association.Peer.Tls!.PeerCertificate!.Subject);
        Assert.Equal((DicomStatus.Success, DicomStatus.Success), (await running.EchoAsync(), await next.EchoAsync()));
    }

    [Fact]
    public async Task Options_ThatCannotBe_AreRefusedAndChangeNothing()
    {
        await using var server = await TestListener.StartAsync();
        var before = server.Listener.Options;

        Assert.Throws<ArgumentException>(() => server.Reconfigure(options => options with { Port = server.Port + 1 }));
        Assert.Throws<ArgumentException>(() => server.Reconfigure(options => options with { Address = IPAddress.IPv6Loopback }));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Reconfigure(options => options with { MaxAssociations = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Reconfigure(options => options with { NetworkTimeout = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => server.Reconfigure(options => options with { Tls = new DicomTlsServerOptions() }));

        Assert.Same(before, server.Listener.Options);
        await using var client = await server.ConnectAsync();
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Services_GivenByAdmission_AreNegotiatedAndServedInPlaceOfTheListeners()
    {
        await using var server = await TestListener.StartAsync(admission: new Admission(() => AssociationDecision.Accept(services: DimseServices.Echo)));

        await using var client = await server.ConnectAsync();

        Assert.Equal(
            [PresentationContextResult.Acceptance, PresentationContextResult.AbstractSyntaxNotSupported, PresentationContextResult.AbstractSyntaxNotSupported],
            client.Association.PresentationContexts.Select(context => context.Result));
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
    }

    [Fact]
    public async Task Place_GivenByAdmission_IsFreeBeforeTheReleaseIsAnswered()
    {
        var place = new Place();
        await using var server = await TestListener.StartAsync(admission: new Admission(() => AssociationDecision.Accept(place: place)));

        await using var client = await server.ConnectAsync();
        Assert.Equal(0, place.TimesDisposed);
        await client.ReleaseAsync();

        Assert.Equal(1, place.TimesDisposed);
        await server.Observer.NextEndedAsync();
        await server.Listener.StopAsync();
        Assert.Equal(1, place.TimesDisposed);
    }

    [Fact]
    public async Task Place_PeerBreaksTheConnection_IsFreeWhenAllIsOver()
    {
        var place = new Place();
        await using var server = await TestListener.StartAsync(admission: new Admission(() => AssociationDecision.Accept(place: place)));
        var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        peer.Reset();

        await server.Observer.NextEndedAsync();
        await server.Listener.StopAsync();
        Assert.Equal(1, place.TimesDisposed);
    }

    private static PDataTf Store(int length) => new(
        RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
        RawPeer.Value(3, isCommand: false, isLast: true, new byte[length]));

    private static PDataTf Unfinished() => new(
        RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
        RawPeer.Value(3, isCommand: false, isLast: false, new byte[100]));

    private static async Task<DicomStatus> StoreAsync(DicomClient client, int length) => (await client.StoreAsync(
        client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value), new MemoryStream(new byte[length]))).Status;

    private sealed class Admission(Func<AssociationDecision> decide) : IAssociationAdmission
    {
        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
            ValueTask.FromResult(decide());
    }

    private sealed class Place : IDisposable
    {
        public int TimesDisposed { get; private set; }

        public void Dispose() => TimesDisposed++;
    }
}
