using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Files;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Our requests, and the responses to them.</summary>
internal sealed partial class DimseExchange
{
    private ushort _lastMessageId;
    private (PresentationContext Context, ushort MessageId)? _cancellable;
    private volatile bool _cancelRequested;

    /// <summary>A message id that no recent operation has: 1 to 65535 over and over.</summary>
    public ushort NextMessageId() => _lastMessageId = _lastMessageId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastMessageId + 1);

    /// <summary>Sends a request, with its data set if it has one in memory.</summary>
    public ValueTask SendRequestAsync(PresentationContext context, DimseRequest request) =>
        ((IDimseChannel)this).SendAsync(context, request, _connection.Ended);

    /// <summary>Sends a request whose data set is streamed.</summary>
    /// <param name="context">The presentation context.</param>
    /// <param name="request">The request.</param>
    /// <param name="writeDataset">Writes the data set.</param>
    public async ValueTask SendRequestAsync(PresentationContext context, DimseRequest request, Func<DatasetSender, Task> writeDataset)
    {
        await ((IDimseChannel)this).FlushAsync();
        _association.Framing.Write(_output, context.Id, isCommand: true, isLast: true, _writer.Write(request));
        _sender ??= new DatasetSender(_connection, _association.Framing, _options.NetworkTimeout);
        await _sender.BeginAsync(context.Id, _output.WrittenMemory);
        _output.ResetWrittenCount();
        await writeDataset(_sender);
        await _sender.CompleteAsync();
    }

    /// <summary>Sends a request and waits for its one response.</summary>
    /// <param name="context">The presentation context.</param>
    /// <param name="request">The request.</param>
    /// <param name="writeDataset">Writes the data set, where it is streamed.</param>
    /// <returns>The response and its data set; null when the peer asked for release instead.</returns>
    public async Task<ReceivedResponse?> AskAsync(PresentationContext context, DimseRequest request, Func<DatasetSender, Task>? writeDataset = null)
    {
        if (writeDataset is null)
            await SendRequestAsync(context, request);
        else
            await SendRequestAsync(context, request, writeDataset);
        return await ReadResponseAsync(request, _options.DimseTimeout);
    }

    /// <summary>Waits for a response to a request that was sent; serves the peer meanwhile, as far as it may ask something.</summary>
    /// <param name="request">The request.</param>
    /// <param name="patience">How long the peer may be silent.</param>
    /// <returns>The response and its data set; null when the peer asks for release instead.</returns>
    public async Task<ReceivedResponse?> ReadResponseAsync(DimseRequest request, TimeSpan patience)
    {
        var impatience = $"The peer did not answer within {UpperLayerText.Describe(patience)}.";
        while (true)
        {
            if (_cancelRequested)
                await SendCancelAsync();
            if (await NextCommandAsync(patience, impatience) is not { } command)
                return null;
            if (command.IsResponse)
                return await ReadResponseAsync(request, command);
            if (command.Field == CommandField.CCancelRequest)
            {
                NoteCancel(command);
                await DiscardDatasetAsync();
                continue;
            }

            // PS3.7 D.3.3.3: with a window of one, the peer has no second operation until the first is answered.
            if (_serving is { FinalStatus: null })
            {
                throw new PduException(
                    AbortReason.UnexpectedPduParameter, $"The peer sent {command.Field} before its last request was answered; that was not agreed on.");
            }

            await ServeWhileWaitingAsync(command);
        }
    }

    /// <summary>Begins an operation of several responses, which <see cref="RequestCancel"/> can end early.</summary>
    public async ValueTask BeginCancellableAsync(PresentationContext context, DimseRequest request)
    {
        _cancelRequested = false;
        _cancellable = (context, request.MessageID);
        await SendRequestAsync(context, request);
    }

    /// <summary>The operation has had its last response.</summary>
    public void EndCancellable() => _cancellable = null;

    /// <summary>Asks that a C-CANCEL-RQ be sent for the operation that is under way. Thread safe.</summary>
    public void RequestCancel()
    {
        _cancelRequested = true;
        _connection.RequestInterrupt();
    }

    private async ValueTask SendCancelAsync()
    {
        if (!_cancelRequested || _cancellable is not { } operation)
            return;
        _cancelRequested = false;
        await ((IDimseChannel)this).SendAsync(operation.Context, new CCancelRequest(operation.MessageId), _connection.Ended);
    }

    private async Task<ReceivedResponse> ReadResponseAsync(DimseRequest request, CommandSet response)
    {
        if ((ushort)response.Field != ((ushort)request.Field | 0x8000) || response.MessageIDBeingRespondedTo != request.MessageID)
        {
            throw new PduException(
                AbortReason.UnexpectedPduParameter,
                $"The peer answered {request.Field} {request.MessageID} with {response.Field} to {response.MessageIDBeingRespondedTo}.");
        }

        if (!response.Contains(DicomTag.Status))
            throw new PduException(AbortReason.InvalidPduParameterValue, $"The peer answered {request.Field} without a status.");

        // PS3.7 Tables 9.3-2 and 9.3-13: these have none, and nobody looks at one that comes all the same.
        if (!response.HasDataset || request.Field is CommandField.CStoreRequest or CommandField.CEchoRequest)
        {
            await DiscardDatasetAsync();
            return new ReceivedResponse(response, null);
        }

        // The message is read to its end before anything is thrown, so that the association goes on whatever the data set is.
        var syntax = DicomTransferSyntax.Lookup(_reader.Context.TransferSyntax);
        var bytes = await HeldDataset.ReadAsync(this, HeldDataset.DefaultMaxLength, _connection.Ended);
        if (syntax is null || bytes is null)
            throw new DicomDataException($"The data set of {response.Field} is longer than {HeldDataset.DefaultMaxLength} bytes, or in a transfer syntax that is not known.");
        try
        {
            return new ReceivedResponse(response, DicomReader.ReadDataset(bytes, syntax));
        }
        catch (DicomDataException exception) when (_serving is not null)
        {
            // Asked on behalf of an operation of the peer's own: no caller is there to be told, and the service did nothing wrong.
            throw new PduException(AbortReason.InvalidPduParameterValue, $"The data set of the peer's {response.Field} cannot be read: {exception.Message}");
        }
    }
}
