using System.Buffers;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Internal;
using Noctis.Dicom.Network.Negotiation;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>
/// Serves the requests of one association, one after the other, until the peer asks for release. A service's failure becomes a
/// status; what ends the association passes through as the exceptions of <see cref="UpperLayerConnection"/>. Not thread safe.
/// </summary>
internal sealed class DimseProvider : IDimseChannel
{
    private const string IdleText = "The association was idle for too long.";
    private const string UnansweredText = "The association ended before the operation was answered.";

    private readonly UpperLayerConnection _connection;
    private readonly Association _association;
    private readonly ListenerContext _context;
    private readonly MessageReader _reader;
    private readonly CommandSetWriter _writer = new();
    private readonly ArrayBufferWriter<byte> _output = new(512);

    public DimseProvider(UpperLayerConnection connection, Association association, ListenerContext context)
    {
        _connection = connection;
        _association = association;
        _context = context;
        _reader = new MessageReader(connection, association, context.Options.DimseTimeout);
    }

    /// <summary>Operations that were answered.</summary>
    public int Operations { get; private set; }

    /// <summary>Operations that were answered with a failure, or not at all.</summary>
    public int FailedOperations { get; private set; }

    ReadOnlySequence<byte> IDimseChannel.Fragment => _reader.Fragment;

    /// <summary>Serves until the peer asks for release.</summary>
    public async ValueTask RunAsync()
    {
        while (await _reader.ReadCommandAsync(_context.Options.IdleTimeout, IdleText) is { } command)
        {
            if (command.IsResponse)
                throw new PduException(AbortReason.UnexpectedPduParameter, $"The peer sent {command.Field} though nothing was asked of it.");

            // PS3.7 9.3.2.3: a C-CANCEL-RQ that comes after the last response has no effect, and no response.
            if (command.Field != CommandField.CCancelRequest)
                await ServeAsync(command);
            while (await _reader.ReadDatasetAsync())
            {
            }
        }
    }

    ValueTask<bool> IDimseChannel.ReadDatasetAsync(CancellationToken cancellationToken) => _reader.ReadDatasetAsync();

    ValueTask<T> IDimseChannel.WatchAsync<T>(ValueTask<T> work) => _connection.WatchAsync(work);

    ValueTask IDimseChannel.SendAsync(PresentationContext context, DimseMessage message, CancellationToken cancellationToken)
    {
        // Command and all go out as one buffer in one call: in one segment, mostly, and never waiting for an acknowledgement between two.
        _output.ResetWrittenCount();
        _association.Framing.Write(_output, context.Id, isCommand: true, isLast: true, _writer.Write(message));
        return _connection.SendDataAsync(_output.WrittenMemory, _context.Options.DimseTimeout);
    }

    private async ValueTask ServeAsync(CommandSet command)
    {
        if (command.MessageID is null)
            throw new PduException(AbortReason.InvalidPduParameterValue, $"The peer sent {command.Field} without a Message ID, so it cannot be answered.");

        var operation = new DimseOperation(this, _association, _reader.Context, command);
        var startedUtc = _context.Time.GetUtcNow();
        var started = _context.Time.GetTimestamp();
        try
        {
            var service = _context.Services.Find(command.Field, operation.PresentationContext.AbstractSyntax);
            if (service is null)
                await RefuseAsync(operation, DicomStatus.UnrecognizedOperation, "The operation is not offered in this presentation context.");
            else
                await ServeAsync(service, operation);
        }
        finally
        {
            Operations += operation.FinalStatus is null ? 0 : 1;
            FailedOperations += operation.FinalStatus is { IsSuccessOrWarning: true } ? 0 : 1;
            _context.Observer.OperationCompleted(_association, new OperationSummary
            {
                Command = command.Field,
                SOPClassUID = command.SOPClassUID,
                SOPInstanceUID = command.SOPInstanceUID,
                TransferSyntaxUID = operation.PresentationContext.TransferSyntax,
                Status = operation.FinalStatus,
                Comment = operation.FinalStatus is null ? UnansweredText : operation.FinalComment,
                DatasetBytes = _reader.DatasetBytes,
                StartedUtc = startedUtc,
                Duration = _context.Time.GetElapsedTime(started),
            });
        }

        if (operation.FinalStatus is { IsSuccessOrWarning: false } failure)
            Log.OperationFailed(_context.Logger, command.Field, command.SOPClassUID, _association, failure, operation.FinalComment);
    }

    private async ValueTask ServeAsync(IDimseService service, DimseOperation operation)
    {
        try
        {
            await service.HandleAsync(operation, _connection.Ended);
        }
        catch (Exception exception) when (IsOfService(exception))
        {
            Log.ServiceFailed(_context.Logger, exception, operation.Request.Field, operation.Request.SOPClassUID, _association);
            if (operation.FinalStatus is null)
                await RefuseAsync(operation, DicomStatus.ProcessingFailure, "Internal error; see the log of the receiving system.");
            return;
        }

        if (operation.FinalStatus is null)
        {
            Log.ServiceSilent(_context.Logger, operation.Request.Field, _association);
            await RefuseAsync(operation, DicomStatus.ProcessingFailure, "Internal error; see the log of the receiving system.");
        }
    }

    // What ends the association comes as one of these exceptions, through whatever service it was that was reading or sending.
    private bool IsOfService(Exception exception) =>
        exception is not (AssociationAbortedException or PduException)
        && !(exception is OperationCanceledException && _connection.Ended.IsCancellationRequested);

    // The peer does not listen before it has sent its data set.
    private async ValueTask RefuseAsync(DimseOperation operation, DicomStatus status, string comment)
    {
        while (await _reader.ReadDatasetAsync())
        {
        }

        var response = new FailureResponse(operation.Request.Field)
        {
            MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
            AffectedSOPClassUID = operation.Request.SOPClassUID,
            AffectedSOPInstanceUID = operation.Request.SOPInstanceUID,
            Status = status,
            ErrorComment = comment,
        };
        await operation.RespondAsync(response, _connection.Ended);
    }
}
