using System.Buffers.Binary;
using System.Net.Sockets;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>That memory follows what peers send, not what they announce. Measured over the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(ResourceTests))]
public class AnnouncedLengthTests
{
    private const int Megabyte = 1024 * 1024;

    private static readonly DicomListenerOptions Options = TestListener.DefaultOptions with { MaxPduLength = Megabyte };

    [Theory]
    [InlineData("request")]
    [InlineData("data")]
    [InlineData("command")]
    public async Task Length_AMegabyteAnnouncedAndNotSent_IsNotTaken(string which)
    {
        const int Peers = 32;
        await using var server = await TestListener.StartAsync(Options);
        await AnnounceAsync(server, which);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Peers; i++)
            await AnnounceAsync(server, which);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // A receive buffer of 64 KB for each, at most, and what an association takes otherwise.
        Assert.InRange(allocated, 0, Peers * 128L * 1024);
    }

    [Fact]
    public async Task Store_ProviderThatStandsStill_SlowsItsSenderAndHoldsLittle()
    {
        await using var server = await TestListener.StartAsync(Options);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        var going = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.OnBegin = async (_, token) =>
        {
            began.SetResult();
            await going.Task.WaitAsync(token);
        };
        var data = RawPeer.Encode(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: false, new byte[64 * 1024])));
        await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())));
        await began.Task;
        var before = GC.GetTotalAllocatedBytes(precise: true);

        // The system's own buffers take some megabytes before the sender has to wait.
        var sent = 0L;
        var sending = Task.Run(async () =>
        {
            try
            {
                while (Interlocked.Add(ref sent, data.Length) < 64 * Megabyte)
                    await peer.SendAsync(data);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The connection is closed below while it still waits.
            }
        });
        for (var last = -1L; last != Interlocked.Read(ref sent);)
        {
            last = Interlocked.Read(ref sent);
            await Task.Delay(250);
        }

        Assert.InRange(Interlocked.Read(ref sent), data.Length, (64 * Megabyte) - 1);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 2 * Megabyte);

        // With so much unread nobody sees that the peer goes, until the provider goes on.
        peer.Reset();
        await sending;
        going.SetResult();
        Assert.Equal(AssociationEnding.ConnectionLost, (await server.Observer.NextEndedAsync()).Ending);
    }

    /// <summary>Announces much, sends nothing of it and hangs up; returns when the listener has dealt with that.</summary>
    private static async Task AnnounceAsync(TestListener server, string which)
    {
        await using var peer = await server.ConnectRawAsync();
        if (which == "request")
        {
            await peer.SendAsync(new byte[] { 1, 0, 0, 0x10, 0, 0, 0, 1 });
            peer.ShutdownSend();
            Assert.Null(await peer.ReceiveAsync());
            await server.Observer.NextFailureAsync();
            return;
        }

        await peer.AssociateAsync();
        if (which == "data")
            await peer.SendAsync(new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())));
        var announcement = new byte[12];
        announcement[0] = (byte)PduType.PDataTf;
        BinaryPrimitives.WriteInt32BigEndian(announcement.AsSpan(2), Megabyte);
        BinaryPrimitives.WriteInt32BigEndian(announcement.AsSpan(6), Megabyte - 4);
        announcement[10] = 3;
        announcement[11] = which == "command" ? (byte)1 : (byte)0;
        await peer.SendAsync(announcement);
        peer.ShutdownSend();
        Assert.Null(await peer.ReceiveAsync());
        await server.Observer.NextEndedAsync();
    }
}
