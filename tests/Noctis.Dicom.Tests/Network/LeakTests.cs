using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>What is left of associations that have ended, however they ended. Measured, so nothing else may run beside it.</summary>
[Collection(nameof(ResourceTests))]
public class LeakTests
{
    private const string Stranger = "STRANGER";
    private const int Lanes = 4;

    /// <summary>How an association can end; the first is what an ordinary one does.</summary>
    private enum Course
    {
        EchoAndRelease,
        StoreAndRelease,
        EchoAndAbort,
        Rejected,
        Reset,
        ResetInsideADataset,
        Garbage,
        NothingSaid,
    }

    [Fact]
    public async Task Associations_TenThousandWithEveryEnding_LeaveNothingBehind()
    {
        const int Count = 10_000;
        var endings = new Endings(Count);
        await using var listener = new DicomListener(
            TestListener.DefaultOptions, new Doorkeeper(), DimseServices.EchoAndStore(new CountingStore()), endings, NullLoggerFactory.Instance, TimeProvider.System);
        await listener.StartAsync();
        await RunAsync(listener, 400);
        await endings.AllEndedAsync(400);
        var (handles, timers, memory) = (await SettledHandlesAsync(0), Timer.ActiveCount, Managed());

        await RunAsync(listener, Count);
        await endings.AllEndedAsync(400 + Count);

        Assert.Equal(0, listener.ActiveAssociations);

        // A socket or two of the last connections may still be about to close.
        Assert.InRange(await SettledHandlesAsync(handles), 0, handles + 2);
        Assert.InRange(Timer.ActiveCount, 0, timers + 2);

        // A hundred bytes for each would be a megabyte.
        Assert.InRange(Managed() - memory, long.MinValue, 512 * 1024);
        Assert.Equal(0, endings.Alive);
        await listener.DrainAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task RunAsync(DicomListener listener, int count)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            // Half of them are ordinary.
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
                await RunOneAsync(listener, i % 2 == 0 ? Course.EchoAndRelease : (Course)(i / 2 % 8));
        }));
    }

    private static async Task RunOneAsync(DicomListener listener, Course course)
    {
        if (course <= Course.Rejected)
        {
            await RunClientAsync(listener.LocalEndPoint!.Port, course);
            return;
        }

        await using var peer = await RawPeer.ConnectAsync(listener.LocalEndPoint!.Port);
        switch (course)
        {
            case Course.Reset:
                await peer.AssociateAsync();
                peer.Reset();
                break;
            case Course.ResetInsideADataset:
                await peer.AssociateAsync();
                await peer.SendAsync(new PDataTf(
                    RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()), RawPeer.Value(3, isCommand: false, isLast: false, new byte[1000])));
                peer.Reset();
                break;
            case Course.Garbage:
                await peer.SendAsync(new byte[] { 0x47, 0x45, 0x54 });
                Assert.IsType<AAbort>(await peer.ReceiveAsync());
                break;
            default:
                peer.ShutdownSend();
                Assert.Null(await peer.ReceiveAsync());
                break;
        }
    }

    private static async Task RunClientAsync(int port, Course course)
    {
        var options = new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = port,
            CallingAETitle = course == Course.Rejected ? Stranger : "MODALITY",
            CalledAETitle = "NOCTIS",
            PresentationContexts = TestListener.DefaultContexts(),
        };
        if (course == Course.Rejected)
        {
            await Assert.ThrowsAsync<AssociationRejectedException>(() => DicomClient.ConnectAsync(options));
            return;
        }

        await using var client = await DicomClient.ConnectAsync(options);
        if (course == Course.StoreAndRelease)
        {
            var request = client.CreateStoreRequest(DicomUID.CTImageStorage.Value, "1.2.3", DicomUID.ExplicitVRLittleEndian.Value);
            Assert.Equal(DicomStatus.Success, (await client.StoreAsync(request, new EndlessStream(10_000))).Status);
        }
        else
        {
            Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        }

        if (course == Course.EchoAndAbort)
            await client.AbortAsync();
        else
            await client.ReleaseAsync();
    }

    // Sockets are closed a moment after the peer has seen the end.
    private static async Task<int> SettledHandlesAsync(int expected)
    {
        for (var i = 0; i < 200 && Handles() > expected; i++)
            await Task.Delay(10);
        return Handles();
    }

    private static int Handles()
    {
        if (OperatingSystem.IsLinux())
            return Directory.GetFileSystemEntries("/proc/self/fd").Length;
        using var process = Process.GetCurrentProcess();
        return process.HandleCount;
    }

    private static long Managed()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Rejects whoever calls itself a stranger.</summary>
    private sealed class Doorkeeper : IAssociationAdmission
    {
        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
            ValueTask.FromResult(request.CallingAETitle == Stranger
                ? AssociationDecision.Reject(AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CallingAETitleNotRecognized, "Who is it?")
                : AssociationDecision.Accept());
    }

    /// <summary>Counts the connections that have ended, and sees which associations are still held by anybody.</summary>
    private sealed class Endings(int count) : IAssociationObserver
    {
        private readonly WeakReference?[] _associations = new WeakReference?[count];
        private int _accepted = -1;
        private int _ended;

        public int Alive => _associations.Count(association => association is { IsAlive: true });

        public async Task AllEndedAsync(int expected)
        {
            for (var i = 0; i < 1000 && Volatile.Read(ref _ended) < expected; i++)
                await Task.Delay(10);
            Assert.Equal(expected, _ended);
        }

        public void ConnectionOpened(AssociationPeer peer)
        {
        }

        public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure) => Interlocked.Increment(ref _ended);

        public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection) => Interlocked.Increment(ref _ended);

        public void AssociationAccepted(Association association)
        {
            // One in sixteen will do: each has a handle of its own for the collector.
            if (Interlocked.Increment(ref _accepted) is var number && number % 16 == 0)
                _associations[number / 16] = new WeakReference(association);
        }

        public void OperationCompleted(Association association, OperationSummary operation)
        {
        }

        public void AssociationEnded(Association association, AssociationSummary summary) => Interlocked.Increment(ref _ended);
    }
}
