using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;
using Noctis.Dicom.Tests.Network.Harness;

namespace Noctis.Dicom.Tests.Network;

/// <summary>That receiving takes nothing for each PDU. Measured over the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(ResourceTests))]
public class ReceiveAllocationTests
{
    // The least that any object takes on a machine of 64 bits.
    private const int SmallestObject = 24;

    [Fact]
    public async Task Store_TwoHundredThousandPdus_AllocateNothingEach()
    {
        const int FragmentLength = 256;
        const int Pdus = 200_000;
        var store = new CountingStore();
        await using var listener = new DicomListener(
            TestListener.DefaultOptions, AdmitEveryone.Instance, DimseServices.EchoAndStore(store), null, NullLoggerFactory.Instance, TimeProvider.System);
        await listener.StartAsync();
        using var sender = new QuietSender(listener.LocalEndPoint!, FragmentLength);
        sender.Associate();
        sender.Store(Pdus / 4);

        var few = Allocated(() => sender.Store(Pdus / 100));
        var many = Allocated(() => sender.Store(Pdus));

        Assert.Equal((long)FragmentLength * ((Pdus / 4) + (Pdus / 100) + Pdus), store.Bytes);

        // What remains are waits for the socket, which an unoptimized build makes objects for: as many as receives, some thousand, and not
        // as PDUs. One object of the smallest kind for each PDU would be twice what is allowed.
        Assert.InRange(many - few, long.MinValue, (long)Pdus * SmallestObject / 2);
    }

    private static long Allocated(Action action)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    /// <summary>Sends objects from bytes that were made before, and so allocates nothing itself.</summary>
    private sealed class QuietSender : IDisposable
    {
        private const int PdusAtATime = 64;

        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _request = RawPeer.Encode(RawPeer.Request);
        private readonly byte[] _command = RawPeer.Encode(new PDataTf(RawPeer.Value(3, isCommand: true, isLast: true, RawPeer.StoreCommand())));
        private readonly byte[] _end = RawPeer.Encode(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: true, Array.Empty<byte>())));
        private readonly byte[] _received = new byte[4096];
        private readonly byte[] _data;

        public QuietSender(IPEndPoint listener, int fragmentLength)
        {
            var one = RawPeer.Encode(new PDataTf(RawPeer.Value(3, isCommand: false, isLast: false, new byte[fragmentLength])));
            _data = [.. Enumerable.Repeat(one, PdusAtATime).SelectMany(bytes => bytes)];
            _socket.Connect(listener);
        }

        public void Associate()
        {
            _socket.Send(_request);
            Assert.Equal((byte)PduType.AAssociateAc, ReceivePdu());
        }

        /// <summary>Sends one object of so many PDUs and waits for the answer.</summary>
        public void Store(int pdus)
        {
            _socket.Send(_command);
            for (; pdus > 0; pdus -= PdusAtATime)
                SendAll(_data.AsSpan(0, _data.Length / PdusAtATime * Math.Min(pdus, PdusAtATime)));
            _socket.Send(_end);
            Assert.Equal((byte)PduType.PDataTf, ReceivePdu());
        }

        public void Dispose() => _socket.Dispose();

        private void SendAll(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
                bytes = bytes[_socket.Send(bytes)..];
        }

        private byte ReceivePdu()
        {
            for (var length = 0; length < PduHeader.Length || length < PduHeader.Length + _received[5] + (_received[4] << 8);)
            {
                var count = _socket.Receive(_received.AsSpan(length));
                Assert.NotEqual(0, count);
                length += count;
            }

            return _received[0];
        }
    }
}
