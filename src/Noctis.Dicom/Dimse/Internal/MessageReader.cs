using System.Buffers;
using System.Runtime.CompilerServices;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// Puts the fragments of an association together to messages: commands whole, data sets piece by piece (PS3.7 6.3, PS3.8 E).
/// A message ends before the next begins, and its fragments are all of one presentation context. Not thread safe.
/// </summary>
internal sealed class MessageReader(UpperLayerConnection connection, Association association, TimeSpan dimseTimeout, TimeProvider time)
{
    private const string StalledText = "The peer stopped in the middle of a message and sent nothing more for {0} seconds.";

    private readonly ArrivalPace _pace = new(dimseTimeout);
    private byte _contextId;

    /// <summary>Part of the present message's data set is still to be read.</summary>
    public bool IsDatasetOpen { get; private set; }

    /// <summary>Bytes of the present message's data set that have been read.</summary>
    public long DatasetBytes { get; private set; }

    /// <summary>The piece of data set that was read last; valid until anything else is read.</summary>
    public ReadOnlySequence<byte> Fragment { get; private set; }

    /// <summary>The presentation context of the present message.</summary>
    public PresentationContext Context { get; private set; } = null!;

    /// <summary>Reads the next command set.</summary>
    /// <param name="patience">How long the peer may wait to begin.</param>
    /// <param name="impatience">What it means when that time has passed.</param>
    /// <returns>The command set; null when the peer asks for release instead.</returns>
    public async ValueTask<CommandSet?> ReadCommandAsync(TimeSpan patience, string impatience)
    {
        if (await connection.ReceiveAsync(patience, impatience) is { } pdu)
            return pdu is AReleaseRq ? null : throw Unexpected(pdu);

        var piece = connection.Fragment;
        _contextId = piece.ContextId;
        Context = FindContext(piece.ContextId);

        // Nearly every command comes in one piece.
        if (piece.CompletesMessage && piece.IsCommand)
            return Begin(CheckLength(piece.Data.Length) is var _ ? piece.Data.ToArray() : []);

        _pace.Begin();
        var bytes = new ArrayBufferWriter<byte>();
        while (true)
        {
            CheckPiece(piece, isCommand: true);
            CheckLength(bytes.WrittenCount + piece.Data.Length);
            foreach (var segment in piece.Data)
                bytes.Write(segment.Span);
            if (piece.CompletesMessage)
                return Begin(bytes.WrittenMemory);
            var began = time.GetTimestamp();
            if (await connection.ReceiveAsync(dimseTimeout, StalledText) is { } other)
                throw Unexpected(other);
            piece = connection.Fragment;
            Check(_pace.Add(piece.Data.Length, time.GetElapsedTime(began)));
        }
    }

    /// <summary>Reads the next piece of the data set into <see cref="Fragment"/>.</summary>
    /// <returns>False at its end.</returns>
    public ValueTask<bool> ReadDatasetAsync()
    {
        if (!IsDatasetOpen)
        {
            Fragment = default;
            return ValueTask.FromResult(false);
        }

        var receive = connection.ReceiveAsync(dimseTimeout, StalledText);
        if (!receive.IsCompletedSuccessfully)
            return WaitForDatasetAsync(receive);
        TakeDataset(receive.Result);
        _pace.Add(Fragment.Length);
        return ValueTask.FromResult(true);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitForDatasetAsync(ValueTask<Pdu?> receive)
    {
        var began = time.GetTimestamp();
        TakeDataset(await receive);
        Check(_pace.Add(Fragment.Length, time.GetElapsedTime(began)));
        return true;
    }

    // As when a timer expires: the next wait ends with it.
    private void Check(string? tooSlow)
    {
        if (tooSlow is not null)
            connection.RequestAbort(tooSlow);
    }

    private void TakeDataset(Pdu? pdu)
    {
        if (pdu is not null)
            throw Unexpected(pdu);
        var piece = connection.Fragment;
        CheckPiece(piece, isCommand: false);
        Fragment = piece.Data;
        DatasetBytes += piece.Data.Length;
        IsDatasetOpen = !piece.CompletesMessage;
    }

    private CommandSet Begin(ReadOnlyMemory<byte> bytes)
    {
        var command = CommandSet.Read(bytes);
        IsDatasetOpen = command.HasDataset;
        DatasetBytes = 0;
        Fragment = default;
        _pace.Begin();
        return command;
    }

    // PS3.8 9.3.5.1, E.1: fragments name a presentation context that was accepted.
    private PresentationContext FindContext(byte id) => association.PresentationContexts.FindAccepted(id)
        ?? throw new PduException(
            AbortReason.InvalidPduParameterValue,
            association.PresentationContexts.Find(id) is null
                ? $"The peer sent a message in presentation context {id}, which was never proposed."
                : $"The peer sent a message in presentation context {id}, which was not accepted.");

    private void CheckPiece(in PdvFragment piece, bool isCommand)
    {
        if (piece.ContextId != _contextId)
            throw OutOfOrder($"The peer changed from presentation context {_contextId} to {piece.ContextId} in the middle of a message.");
        if (piece.IsCommand != isCommand)
        {
            throw OutOfOrder(isCommand
                ? "The peer sent part of a data set where a command was due."
                : "The peer sent a command before the data set of the last one had ended.");
        }
    }

    private static long CheckLength(long length) => length <= CommandSet.MaxLength
        ? length
        : throw new PduException(
            AbortReason.InvalidPduParameterValue, $"A command set is longer than the {CommandSet.MaxLength} bytes that are taken here.");

    private static PduException OutOfOrder(string message) => new(AbortReason.UnexpectedPduParameter, message);

    private static PduException Unexpected(Pdu pdu) =>
        new(AbortReason.UnexpectedPdu, $"The peer sent {pdu.Type} in the middle of a message.");
}
