using System.Security.Cryptography;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>A listener does the same whether a connection has a thread of its own or not; the other tests run with what is the default.</summary>
public class ThreadPerConnectionTests
{
    private static readonly string CT = DicomUID.CTImageStorage.Value;
    private static readonly string ExplicitLE = DicomUID.ExplicitVRLittleEndian.Value;

    public static TheoryData<bool> Both => [true, false];

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Store_ServiceThatWaitsNowAndThen_ArrivesByteForByte(bool threads)
    {
        await using var server = await StartAsync(threads);
        var written = 0;
        server.Store.OnWrite = async (_, _) =>
        {
            // On from here elsewhere, while the peer goes on sending until the pipe is full.
            if (++written % 3 == 0)
                await Task.Yield();
        };
        await using var client = await server.ConnectAsync();
        var dataset = RandomNumberGenerator.GetBytes(5_000_000);

        for (var i = 1; i <= 3; i++)
        {
            var response = await client.StoreAsync(client.CreateStoreRequest(CT, $"1.2.{i}", ExplicitLE), new MemoryStream(dataset));
            Assert.Equal(DicomStatus.Success, response.Status);
        }

        await client.ReleaseAsync();
        Assert.Equal(AssociationEnding.Released, (await server.Observer.NextEndedAsync()).Ending);
        Assert.All(server.Store.Objects, stored => Assert.Equal(dataset, stored.Dataset));
        Assert.Equal(3, server.Store.Objects.Count);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Store_ServiceThatIsStuck_TakesNoMoreThanThePipeHolds(bool threads)
    {
        await using var server = await StartAsync(threads);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.OnWrite = async (_, _) =>
        {
            begun.TrySetResult();
            await goOn.Task;
        };
        await using var client = await server.ConnectAsync();
        var dataset = new byte[50_000_000];

        var store = client.StoreAsync(client.CreateStoreRequest(CT, "1.2.3", ExplicitLE), new MemoryStream(dataset));
        await begun.Task;
        await Task.WhenAny(store, server.Observer.NextEndedAsync(), Task.Delay(100));

        // What has left the client lies in the buffers of the system, apart from the pipe.
        Assert.InRange(client.BytesSent, 0, dataset.Length - 1);
        goOn.SetResult();
        Assert.Equal(DicomStatus.Success, (await store).Status);
        Assert.Equal(dataset.Length, Assert.Single(server.Store.Objects).Dataset.Length);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Stop_AssociationThatIsIdle_IsAborted(bool threads)
    {
        await using var server = await StartAsync(threads);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        var stop = server.Listener.StopAsync();

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Null(await peer.ReceiveAsync());
        await stop;
        Assert.Equal(AssociationEnding.Aborted, (await server.Observer.NextEndedAsync()).Ending);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Stop_ConnectionThatSaysNothing_IsClosed(bool threads)
    {
        await using var server = await StartAsync(threads);
        await using var peer = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();

        await server.Listener.StopAsync();

        Assert.Null(await peer.ReceiveAsync());
        Assert.Equal(AssociationEnding.Aborted, (await server.Observer.NextFailureAsync()).Ending);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Peer_HangsUpWhileAServiceWorks_IsNoticed(bool threads)
    {
        await using var server = await StartAsync(threads);
        server.Store.OnComplete = async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return default;
        };
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
            RawPeer.Value(3, isCommand: false, isLast: true, new byte[100])));

        peer.ShutdownSend();

        Assert.Equal(AssociationEnding.ConnectionLost, (await server.Observer.NextEndedAsync()).Ending);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Peer_ReadsNoAnswers_IsAbortedByTheTimerOfSending(bool threads)
    {
        await using var server = await TestListener.StartAsync(
            TestListener.DefaultOptions with { ThreadPerConnection = threads, NetworkTimeout = TimeSpan.FromSeconds(2) });
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        // Answers fill the buffers of the system, then requests do: a send here does not return before the connection is broken.
        var requests = RawPeer.Encode(Enumerable.Range(1, 1000).Select(id => RawPeer.Echo((ushort)id)));
        var flood = Task.Run(async () =>
        {
            for (var i = 0; i < 10_000; i++)
                await peer.SendAsync(requests);
        });
        var ended = await server.Observer.NextEndedAsync();

        Assert.Equal((AssociationEnding.Aborted, "The peer took nothing of what was sent to it for 2 seconds."), (ended.Ending, ended.Reason));
        await Assert.ThrowsAnyAsync<Exception>(() => flood);
    }

    private static Task<TestListener> StartAsync(bool threads) =>
        TestListener.StartAsync(TestListener.DefaultOptions with { ThreadPerConnection = threads });
}
