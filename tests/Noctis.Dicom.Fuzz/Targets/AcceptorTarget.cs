using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Fuzz.Engine;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Fuzz.Targets;

/// <summary>
/// A listener, over a real socket: the input is all that a requestor says before it hangs up. Each connection ends with a reason, no
/// failure is ours, and what is answered are PDUs.
/// </summary>
public sealed class AcceptorTarget : FuzzTarget, IDisposable
{
    private readonly Conversations.ErrorLogger _errors = new();
    private readonly Endings _endings = new();
    private readonly byte[] _received = new byte[64 * 1024];
    private DicomListener? _listener;

    public override string Name => "acceptor";

    public override int MaxLength => 2048;

    public override int Cost => 100;

    public override IReadOnlyList<byte[]> Tokens => PduTokens.All;

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            var random = new FuzzRandom(7);
            for (var i = 0; i < 40; i++)
                yield return Generate(random);
        }
    }

    /// <summary>Both sides allocate on threads of their own.</summary>
    public override long AllowedAllocation(int inputLength) => long.MaxValue;

    public override byte[] Generate(FuzzRandom random) => Conversations.OfRequestor(random);

    public override void Run(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features) =>
        RunAsync(input, random, features).GetAwaiter().GetResult();

    public void Dispose() => _listener?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task RunAsync(ReadOnlyMemory<byte> input, FuzzRandom random, FeatureMap features)
    {
        if (_listener is null)
        {
            _listener = new DicomListener(
                new DicomListenerOptions { Address = IPAddress.Loopback, Port = 0 },
                AdmitEveryone.Instance,
                FuzzArchive.Services(),
                _endings,
                _errors,
                TimeProvider.System);
            await _listener.StartAsync();
        }

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_listener.LocalEndPoint!);
        var length = 0;
        try
        {
            await Conversations.SendAsync(socket, input, random);
            socket.Shutdown(SocketShutdown.Send);
            for (var read = 1; read > 0 && length < _received.Length; length += read)
                read = await socket.ReceiveAsync(_received.AsMemory(length));
        }
        catch (SocketException)
        {
            // Aborted while there was something to say yet.
        }

        var (ending, reason) = await _endings.NextAsync();
        features.Note(2, (long)ending);
        features.NoteRefusal(new FuzzException(reason));
        var error = _errors.Take();
        FuzzException.Unless(error is null, $"The listener calls it a failure of its own: {error}");
        CheckAnswers(_received.AsMemory(0, length), features);
    }

    private static void CheckAnswers(ReadOnlyMemory<byte> bytes, FeatureMap features)
    {
        var buffer = new System.Buffers.ReadOnlySequence<byte>(bytes);
        while (PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu))
            features.Note(3, (long)pdu.Type);
        FuzzException.Unless(buffer.IsEmpty, "The listener sent half a PDU.");
    }

    /// <summary>How connections end, one after the other.</summary>
    private sealed class Endings : IAssociationObserver
    {
        private readonly System.Threading.Channels.Channel<(AssociationEnding, string)> _endings =
            System.Threading.Channels.Channel.CreateUnbounded<(AssociationEnding, string)>();

        public ValueTask<(AssociationEnding Ending, string Reason)> NextAsync() => _endings.Reader.ReadAsync();

        public void ConnectionOpened(AssociationPeer peer)
        {
        }

        public void ConnectionFailed(AssociationPeer peer, ConnectionFailure failure) => _endings.Writer.TryWrite((failure.Ending, failure.Reason));

        public void AssociationRejected(AssociationPeer peer, AAssociateRq request, AssociateRejection rejection) =>
            _endings.Writer.TryWrite((AssociationEnding.Released, rejection.Explanation));

        public void AssociationAccepted(Association association)
        {
        }

        public void OperationCompleted(Association association, OperationSummary operation)
        {
        }

        public void AssociationEnded(Association association, AssociationSummary summary) => _endings.Writer.TryWrite((summary.Ending, summary.Reason));
    }
}
