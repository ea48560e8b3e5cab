using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Services;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

public class DicomListenerTests
{
    [Fact]
    public async Task StartAsync_PortZero_TakesAPortAndAnswersEcho()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        await client.ReleaseAsync();

        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.Released, ended.Ending);
        Assert.Equal(1, ended.Operations);
        Assert.Equal(0, ended.FailedOperations);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task StartAsync_PortInUse_ThrowsSocketException()
    {
        await using var server = await TestListener.StartAsync();

        var second = await Assert.ThrowsAsync<SocketException>(
            () => TestListener.StartAsync(TestListener.DefaultOptions with { Port = server.Port }));

        Assert.Equal(SocketError.AddressAlreadyInUse, second.SocketErrorCode);
    }

    [Fact]
    public async Task StartAsync_AnyAddress_IsReachedOverIPv4AndIPv6()
    {
        await using var server = await TestListener.StartAsync(new DicomListenerOptions { Port = 0 });

        foreach (var host in Socket.OSSupportsIPv6 ? ["127.0.0.1", "::1"] : new[] { "127.0.0.1" })
        {
            await using var client = await DicomClient.ConnectAsync(server.ClientOptions() with { Host = host });
            Assert.Equal(DicomStatus.Success, await client.EchoAsync());
            await client.ReleaseAsync();
            var association = await server.Observer.NextAcceptedAsync();
            Assert.Equal(IPAddress.Parse(host), association.Peer.RemoteEndPoint.Address);
        }
    }

    [Fact]
    public async Task StopAsync_PortIsFree_CanBeBoundAgainAtOnce()
    {
        var server = await TestListener.StartAsync();
        var port = server.Port;
        await using (var client = await server.ConnectAsync())
        {
            await client.EchoAsync();
            await server.DisposeAsync();
        }

        await using var again = await TestListener.StartAsync(TestListener.DefaultOptions with { Port = port });
        Assert.Equal(port, again.Port);
    }

    [Fact]
    public async Task Admission_Rejects_ClientSeesResultSourceAndReason()
    {
        var admission = new FixedAdmission(AssociationDecision.Reject(
            AssociateRejectResult.RejectedPermanent, AssociateRejectReason.CallingAETitleNotRecognized, "MODALITY is not a device of this facility."));
        await using var server = await TestListener.StartAsync(admission: admission);

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => server.ConnectAsync());

        Assert.Equal(AssociateRejectResult.RejectedPermanent, rejected.Result);
        Assert.Equal(AssociateRejectSource.ServiceUser, rejected.RejectSource);
        Assert.Equal(AssociateRejectReason.CallingAETitleNotRecognized, rejected.Reason);
        Assert.Equal("MODALITY is not a device of this facility.", (await server.Observer.NextRejectionAsync()).Explanation);
    }

    [Fact]
    public async Task Admission_Throws_RejectsAsCongestedAndLogsAnError()
    {
        await using var server = await TestListener.StartAsync(admission: new FailingAdmission());

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => server.ConnectAsync());

        Assert.Equal(AssociateRejectReason.TemporaryCongestion, rejected.Reason);
        Assert.Equal(AssociateRejectResult.RejectedTransient, rejected.Result);
        Assert.Contains(server.Logs.Errors, line => line.EventId == 1008);
    }

    [Fact]
    public async Task Admission_State_IsFoundAtTheAssociation()
    {
        await using var server = await TestListener.StartAsync(admission: new FixedAdmission(AssociationDecision.Accept("facility 7")));
        await using var client = await server.ConnectAsync();

        Assert.Equal("facility 7", (await server.Observer.NextAcceptedAsync()).State);
    }

    [Fact]
    public async Task MaxAssociations_OneMore_IsRejectedAtOnceAndThePlaceIsGivenAgain()
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxAssociations = 2 });
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();

        var rejected = await Assert.ThrowsAsync<AssociationRejectedException>(() => server.ConnectAsync());
        Assert.Equal(AssociateRejectResult.RejectedTransient, rejected.Result);
        Assert.Equal(AssociateRejectSource.ServiceProviderPresentation, rejected.RejectSource);
        Assert.Equal(AssociateRejectReason.LocalLimitExceeded, rejected.Reason);
        Assert.Equal(2, server.Listener.ActiveAssociations);

        await first.ReleaseAsync();
        await using var third = await server.ConnectAsync();
        Assert.Equal(DicomStatus.Success, await third.EchoAsync());
    }

    [Fact]
    public async Task MaxPendingConnections_OneMore_ClosesTheOldest()
    {
        await using var server = await TestListener.StartAsync(TestListener.DefaultOptions with { MaxPendingConnections = 2 });
        await using var first = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();
        await using var second = await server.ConnectRawAsync();
        await server.Observer.NextOpenedAsync();
        await using var third = await server.ConnectRawAsync();

        Assert.Null(await first.ReceiveAsync());
        Assert.Contains("oldest", (await server.Observer.NextFailureAsync()).Reason, StringComparison.Ordinal);
        await second.AssociateAsync();
        await third.AssociateAsync();
    }

    [Fact]
    public async Task DrainAsync_RunningAssociation_EndsInOrderAndNewOnesFindNobody()
    {
        await using var server = await TestListener.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.EchoAsync();

        var drained = server.Listener.DrainAsync(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<DicomNetworkException>(() => server.ConnectAsync());
        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        Assert.False(drained.IsCompleted);
        await client.ReleaseAsync();
        await drained;

        Assert.Equal(AssociationEnding.Released, (await server.Observer.NextEndedAsync()).Ending);
        Assert.Equal(0, server.Listener.ActiveAssociations);
    }

    [Fact]
    public async Task DrainAsync_TimeoutPasses_AbortsWhatStillRuns()
    {
        var clock = new ManualClock();
        await using var server = await TestListener.StartAsync(clock: clock);
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();

        // Shorter than the time-outs of the association, which may not have noticed yet that its answer was taken.
        var drained = server.Listener.DrainAsync(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(AbortSource.ServiceUser, Assert.IsType<AAbort>(await peer.ReceiveAsync()).Source);
        await drained;
        var ended = await server.Observer.NextEndedAsync();
        Assert.Equal(AssociationEnding.Aborted, ended.Ending);
        Assert.Equal("The listener was stopped.", ended.Reason);
    }

    [Fact]
    public async Task StopAsync_WhileAnObjectIsCompleted_AbortsInsteadOfAnswering()
    {
        await using var server = await TestListener.StartAsync();
        var completing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Store.OnComplete = async token =>
        {
            completing.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return CStoreResult.Success;
        };
        await using var peer = await server.ConnectRawAsync();
        await peer.AssociateAsync();
        await peer.SendAsync(new PDataTf(
            RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand()),
            RawPeer.Value(3, isCommand: false, isLast: true, new byte[100])));
        await completing.Task;

        await server.Listener.StopAsync();

        Assert.IsType<AAbort>(await peer.ReceiveAsync());
        Assert.Equal("The listener was stopped.", (await server.Observer.NextEndedAsync()).Reason);
        Assert.Empty(server.Logs.Errors);
    }

    [Fact]
    public async Task Observer_Throws_AssociationGoesOnAndAnErrorIsLogged()
    {
        var logs = new RecordingLogger();
        await using var listener = new DicomListener(
            TestListener.DefaultOptions, AdmitEveryone.Instance, DimseServices.Echo, new FailingObserver(), logs, TimeProvider.System);
        await listener.StartAsync();
        await using var client = await DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = "127.0.0.1",
            Port = listener.LocalEndPoint!.Port,
            CallingAETitle = "A",
            CalledAETitle = "B",
            PresentationContexts = TestListener.DefaultContexts(),
        });

        Assert.Equal(DicomStatus.Success, await client.EchoAsync());
        Assert.Contains(logs.Errors, line => line.EventId == 1009);
    }

    private sealed class FixedAdmission(AssociationDecision decision) : IAssociationAdmission
    {
        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
            ValueTask.FromResult(decision);
    }

    private sealed class FailingAdmission : IAssociationAdmission
    {
        public ValueTask<AssociationDecision> DecideAsync(AAssociateRq request, AssociationPeer peer, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no database");
    }

    private sealed class FailingObserver : IAssociationObserver
    {
        public void AssociationAccepted(Association association) => throw new InvalidOperationException("a bug");
    }
}
