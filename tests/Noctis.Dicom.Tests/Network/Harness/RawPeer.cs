using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Tests.Network.Harness;

/// <summary>A peer that sends whatever bytes it is told to, over a socket of its own.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly ArrayBufferWriter<byte> _received = new();
    private int _consumed;

    public RawPeer(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
    }

    /// <summary>What a modality asks for: the contexts of <see cref="TestListener.DefaultContexts"/>.</summary>
    public static AAssociateRq Request => new()
    {
        CalledAETitle = TestListener.AETitle,
        CallingAETitle = "MODALITY",
        PresentationContexts = TestListener.DefaultContexts(),
        UserInformation = new UserInformation { MaximumLength = 16384, ImplementationClassUid = "1.2.3" },
    };

    /// <summary>What accepts all contexts of <see cref="TestListener.DefaultContexts"/>.</summary>
    public static AAssociateAc Acceptance() => new()
    {
        CalledAETitle = TestListener.AETitle,
        CallingAETitle = "MODALITY",
        PresentationContexts =
            [.. TestListener.DefaultContexts().Select(context => new PresentationContextAc(context.Id, PresentationContextResult.Acceptance, context.TransferSyntaxes[0]))],
        UserInformation = new UserInformation { MaximumLength = 16384, ImplementationClassUid = "1.2.3" },
    };

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(socket);
    }

    public static byte[] Encode(params IEnumerable<Pdu> pdus)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var pdu in pdus)
            PduWriter.Write(output, pdu);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The command set of a message.</summary>
    public static byte[] Command(DimseMessage message) => new CommandSetWriter().Write(message).ToArray();

    public static PresentationDataValue Value(byte contextId, bool isCommand, bool isLast, ReadOnlyMemory<byte> fragment) =>
        new(contextId, isCommand, isLast, new ReadOnlySequence<byte>(fragment));

    /// <summary>A C-ECHO-RQ in context 1.</summary>
    public static PDataTf Echo(ushort messageId = 1) =>
        new(Value(1, isCommand: true, isLast: true, Command(new CEchoRequest { MessageID = messageId })));

    /// <summary>A C-STORE-RQ in context 3.</summary>
    public static byte[] StoreCommand(ushort messageId = 1, string sopClass = "1.2.840.10008.5.1.4.1.1.2", string? sopInstance = "1.2.3.4") =>
        Command(new StoreRequestOfAnyKind(messageId, sopClass, sopInstance));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    public Task SendAsync(params IEnumerable<Pdu> pdus) => SendAsync(Encode(pdus));

    public async Task<AAssociateAc> AssociateAsync()
    {
        await SendAsync(Request);
        return Assert.IsType<AAssociateAc>(await ReceiveAsync());
    }

    /// <summary>The next PDU; null when the other side has closed the connection.</summary>
    public async Task<Pdu?> ReceiveAsync()
    {
        while (true)
        {
            var buffer = new ReadOnlySequence<byte>(_received.WrittenMemory[_consumed..]);
            var before = buffer.Length;
            if (PduReader.TryRead(ref buffer, PduLimits.Default, out var pdu))
            {
                _consumed += (int)(before - buffer.Length);
                return pdu;
            }

            if (!await FillAsync())
                return null;
        }
    }

    /// <summary>The next command set that comes, of one fragment.</summary>
    public async Task<CommandSet> ReceiveCommandAsync()
    {
        var data = Assert.IsType<PDataTf>(await ReceiveAsync());
        var values = data.GetEnumerator();
        Assert.True(values.MoveNext());
        Assert.True(values.Current is { IsCommand: true, IsLast: true });
        return CommandSet.Read(values.Current.Fragment.ToArray());
    }

    /// <summary>Says that nothing more will be sent, and goes on listening.</summary>
    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection by a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> FillAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var count = await _socket.ReceiveAsync(_received.GetMemory(4096), SocketFlags.None, patience.Token);
            _received.Advance(count);
            return count > 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    /// <summary>A C-STORE-RQ whose UIDs need not be any.</summary>
    private sealed class StoreRequestOfAnyKind(ushort messageId, string sopClass, string? sopInstance) : DimseMessage
    {
        public override CommandField Field => CommandField.CStoreRequest;

        public override bool HasDataset => true;

        internal override void WriteElements(CommandSetWriter writer)
        {
            writer.AddUid(DicomTag.AffectedSOPClassUID, sopClass);
            writer.AddUInt16(DicomTag.CommandField, (ushort)Field);
            writer.AddUInt16(DicomTag.MessageID, messageId);
            writer.AddUInt16(DicomTag.Priority, 0);
            writer.AddUInt16(DicomTag.CommandDataSetType, 0);
            writer.AddUid(DicomTag.AffectedSOPInstanceUID, sopInstance);
        }
    }
}
