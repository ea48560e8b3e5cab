using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>What connections cost that never become associations, and what TLS leaves behind. Measured, so nothing else may run beside it.</summary>
[Collection(nameof(ResourceTests))]
public class ConnectionResourceTests
{
    private const long Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SilentConnections_TenThousand_TakeTheMemoryOfThePendingOnesOnly(bool tls)
    {
        const int Count = 10_000;
        const int HeldByTheFlood = 500;
        var failures = new CountingObserver();
        var options = tls ? TlsSettings.Listening() : TestListener.DefaultOptions;
        await using var listener = new DicomListener(options, AdmitEveryone.Instance, DimseServices.Echo, failures, NullLoggerFactory.Instance, TimeProvider.System);
        await listener.StartAsync();
        var flood = new Queue<Socket>();
        for (var i = 0; i < options.MaxPendingConnections; i++)
            flood.Enqueue(await ConnectAsync(listener, tls));
        var before = Managed();

        for (var i = flood.Count; i < Count; i++)
        {
            flood.Enqueue(await ConnectAsync(listener, tls));
            if (flood.Count > HeldByTheFlood)
                flood.Dequeue().Dispose();
        }

        await failures.WaitForAsync(Count - options.MaxPendingConnections);

        // Those that are left hold a receive buffer of 64 KiB each, as those did that were there before.
        Assert.InRange(Managed() - before, long.MinValue, 8 * Megabyte);

        // And whoever has something to say is heard.
        await using (var client = await DicomClient.ConnectAsync(Calling(listener, tls)))
        {
            Assert.Equal(DicomStatus.Success, await client.EchoAsync());
            await client.ReleaseAsync();
        }

        foreach (var socket in flood)
            socket.Dispose();
    }

    [Fact]
    public async Task TlsAssociations_HoweverTheyEnd_LeaveNoHandleAndNoTimerBehind()
    {
        await using var listener = new DicomListener(
            TlsSettings.Listening(TlsSettings.Mutual), AdmitEveryone.Instance, DimseServices.Echo, null, NullLoggerFactory.Instance, TimeProvider.System);
        await listener.StartAsync();
        await RunAsync(listener, 20);
        var (handles, timers) = (Handles(), Timer.ActiveCount);

        await RunAsync(listener, 300);

        await listener.DrainAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(Handles(), 0, handles + 5);
        Assert.InRange(Timer.ActiveCount, 0, timers + 5);
    }

    private static async Task RunAsync(DicomListener listener, int count)
    {
        for (var i = 0; i < count; i++)
        {
            switch (i % 4)
            {
                case 0:
                    await Assert.ThrowsAnyAsync<DicomNetworkException>(
                        () => DicomClient.ConnectAsync(Calling(listener, tls: true) with { Tls = TlsSettings.Client }));
                    break;

                case 1:
                    (await ConnectAsync(listener, tls: true)).Dispose();
                    break;

                case 2:
                    // Given up without release.
                    await (await DicomClient.ConnectAsync(Calling(listener, tls: true))).DisposeAsync();
                    break;

                default:
                    var client = await DicomClient.ConnectAsync(Calling(listener, tls: true));
                    Assert.Equal(DicomStatus.Success, await client.EchoAsync());
                    await client.ReleaseAsync();
                    break;
            }
        }
    }

    private static DicomClientOptions Calling(DicomListener listener, bool tls) => new()
    {
        Host = "127.0.0.1",
        Port = listener.LocalEndPoint!.Port,
        CallingAETitle = "MODALITY",
        CalledAETitle = TestListener.AETitle,
        PresentationContexts = TestListener.DefaultContexts(),
        Tls = tls ? TlsSettings.Device : null,
    };

    // On a TLS port it begins a handshake, and stalls.
    private static async Task<Socket> ConnectAsync(DicomListener listener, bool tls)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await socket.ConnectAsync(IPAddress.Loopback, listener.LocalEndPoint!.Port);
        if (tls)
            await socket.SendAsync(new byte[] { 0x16, 3, 1 }, SocketFlags.None);
        return socket;
    }

    private static long Managed() => GC.GetTotalMemory(forceFullCollection: true);

    private static int Handles()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.HandleCount;
    }

    private sealed class CountingObserver : IAssociationObserver
    {
        private readonly SemaphoreSlim _failed = new(0);

        public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure) => _failed.Release();

        public async Task WaitForAsync(int count)
        {
            for (var i = 0; i < count; i++)
                Assert.True(await _failed.WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }
}
