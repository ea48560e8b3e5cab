using System.Buffers;
using Noctis.Dicom.Data;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Sends requests on one association and reads their responses, one operation at a time. Not thread safe.</summary>
internal sealed class DimseUser(UpperLayerConnection connection, Association association, TimeSpan dimseTimeout)
{
    private readonly MessageReader _reader = new(connection, association, dimseTimeout);
    private readonly CommandSetWriter _writer = new();
    private readonly ArrayBufferWriter<byte> _command = new(512);
    private DatasetSender? _sender;
    private ushort _lastMessageId;

    /// <summary>A message id that no recent operation has: 1 to 65535 over and over.</summary>
    public ushort NextMessageId() => _lastMessageId = _lastMessageId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastMessageId + 1);

    /// <summary>Sends a request without a data set and waits for its response.</summary>
    public async Task<CommandSet> AskAsync(PresentationContext context, DimseMessage request, ushort messageId)
    {
        WriteCommand(context, request);
        await connection.SendDataAsync(_command.WrittenMemory, dimseTimeout);
        return await ReadResponseAsync(request, messageId);
    }

    /// <summary>Sends a request with a data set and waits for its response.</summary>
    /// <param name="context">The presentation context.</param>
    /// <param name="request">The request.</param>
    /// <param name="messageId">Its message id.</param>
    /// <param name="writeDataset">Writes the data set.</param>
    public async Task<CommandSet> AskAsync(
        PresentationContext context, DimseMessage request, ushort messageId, Func<DatasetSender, Task> writeDataset)
    {
        WriteCommand(context, request);
        _sender ??= new DatasetSender(connection, association.Framing, dimseTimeout);
        await _sender.BeginAsync(context.Id, _command.WrittenMemory);
        await writeDataset(_sender);
        await _sender.CompleteAsync();
        return await ReadResponseAsync(request, messageId);
    }

    private void WriteCommand(PresentationContext context, DimseMessage request)
    {
        _command.ResetWrittenCount();
        association.Framing.Write(_command, context.Id, isCommand: true, isLast: true, _writer.Write(request));
    }

    private async Task<CommandSet> ReadResponseAsync(DimseMessage request, ushort messageId)
    {
        var response = await _reader.ReadCommandAsync(dimseTimeout, $"The peer did not answer within {UpperLayerText.Describe(dimseTimeout)}.")
            ?? throw new PduException(AbortReason.UnexpectedPdu, "The peer asked for release instead of answering.");
        if ((ushort)response.Field != ((ushort)request.Field | 0x8000) || response.MessageIDBeingRespondedTo != messageId)
        {
            throw new PduException(
                AbortReason.UnexpectedPduParameter, $"The peer answered {request.Field} {messageId} with {response.Field} to {response.MessageIDBeingRespondedTo}.");
        }

        if (!response.Contains(DicomTag.Status))
            throw new PduException(AbortReason.InvalidPduParameterValue, $"The peer answered {request.Field} without a status.");
        while (await _reader.ReadDatasetAsync())
        {
        }

        return response;
    }
}
