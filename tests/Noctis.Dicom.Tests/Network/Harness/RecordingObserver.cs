using System.Collections.Concurrent;
using System.Threading.Channels;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>Keeps what a listener tells, and lets a test wait for it.</summary>
internal sealed class RecordingObserver : IAssociationObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<ConnectionFailure> _failures = Channel.CreateUnbounded<ConnectionFailure>();
    private readonly Channel<AssociateRejection> _rejections = Channel.CreateUnbounded<AssociateRejection>();
    private readonly Channel<Association> _accepted = Channel.CreateUnbounded<Association>();
    private readonly Channel<AssociationSummary> _ended = Channel.CreateUnbounded<AssociationSummary>();
    private readonly Channel<AssociationPeer> _opened = Channel.CreateUnbounded<AssociationPeer>();

    public ConcurrentQueue<OperationSummary> Operations { get; } = new();

    public Task<AssociationPeer> NextOpenedAsync() => NextAsync(_opened);

    public Task<ConnectionFailure> NextFailureAsync() => NextAsync(_failures);

    public Task<AssociateRejection> NextRejectionAsync() => NextAsync(_rejections);

    public Task<Association> NextAcceptedAsync() => NextAsync(_accepted);

    public Task<AssociationSummary> NextEndedAsync() => NextAsync(_ended);

    public void ConnectionOpened(AssociationPeer peer) => _opened.Writer.TryWrite(peer);

    public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure) => _failures.Writer.TryWrite(failure);

    public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection) =>
        _rejections.Writer.TryWrite(rejection);

    public void AssociationAccepted(Association association) => _accepted.Writer.TryWrite(association);

    public void OperationCompleted(Association association, OperationSummary operation) => Operations.Enqueue(operation);

    public void AssociationEnded(Association association, AssociationSummary summary) => _ended.Writer.TryWrite(summary);

    private static async Task<T> NextAsync<T>(Channel<T> channel) => await channel.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
