using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Pdus;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>The peer's requests.</summary>
internal sealed partial class DimseExchange
{
    private const string InternalErrorText = "Internal error; see the log of the receiving system.";
    private const string UnansweredText = "The association ended before the operation was answered.";

    private readonly Func<ValueTask> _lookForCancel;

    /// <summary>The operation that is being served; the innermost, where one is served while we wait for a response.</summary>
    private DimseOperation? _serving;

    /// <summary>Operations that were answered.</summary>
    public int Operations { get; private set; }

    /// <summary>Operations that were answered with a failure, or not at all.</summary>
    public int FailedOperations { get; private set; }

    /// <summary>The peer has asked for release, which is still to be answered.</summary>
    public bool IsReleaseRequested => _releaseRequested;

    /// <summary>Serves what the peer asks, until it asks for release or we are told to stop.</summary>
    /// <param name="stop">Ends the waiting for requests; one that is being served is finished.</param>
    public async Task ServeUntilAsync(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, _connection.Ended);
        await _connection.WatchAsync(WaitAsync(end.Token), () => ServeArrivedAsync(end));
        _connection.Ended.ThrowIfCancellationRequested();
    }

    private static async ValueTask<bool> WaitAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    private async ValueTask ServeArrivedAsync(CancellationTokenSource end)
    {
        while (!end.IsCancellationRequested && (_held is not null || _connection.HasBegunPdu()))
        {
            if (await NextCommandAsync(_options.DimseTimeout, IdleText) is not { } command)
            {
                await end.CancelAsync();
                return;
            }

            await ServeWhileWaitingAsync(command);
        }
    }

    private async ValueTask ServeWhileWaitingAsync(CommandSet command)
    {
        if (command.IsResponse)
            throw new PduException(AbortReason.UnexpectedPduParameter, $"The peer sent {command.Field} though nothing was asked of it.");
        if (Services.IsEmpty)
            throw new PduException(AbortReason.UnexpectedPduParameter, $"The peer sent {command.Field} though nothing is offered to it.");
        if (command.Field != CommandField.CCancelRequest)
            await ServeAsync(command);
        if (_held is null)
            await DiscardDatasetAsync();
    }

    private async ValueTask ServeAsync(CommandSet command)
    {
        if (command.MessageID is null)
            throw new PduException(AbortReason.InvalidPduParameterValue, $"The peer sent {command.Field} without a Message ID, so it cannot be answered.");

        var operation = new DimseOperation(this, _association, _reader.Context, command);
        var startedUtc = _options.Time.GetUtcNow();
        var started = _options.Time.GetTimestamp();
        var outer = _serving;
        _serving = operation;
        try
        {
            var service = Services.Find(command.Field, operation.PresentationContext.AbstractSyntax);
            if (service is null)
                await RefuseAsync(operation, DicomStatus.UnrecognizedOperation, "The operation is not offered in this presentation context.");
            else if (!MayAsk(operation))
                await RefuseAsync(operation, DicomStatus.UnrecognizedOperation, "The role for it was not negotiated in this context.");
            else
                await ServeAsync(service, operation);
        }
        finally
        {
            _serving = outer;
            Operations += operation.FinalStatus is null ? 0 : 1;
            FailedOperations += operation.FinalStatus is { Category: not DicomStatusCategory.Failure } ? 0 : 1;
            _options.Observer.OperationCompleted(_association, new OperationSummary
            {
                Command = command.Field,
                SOPClassUID = command.SOPClassUID,
                SOPInstanceUID = command.SOPInstanceUID,
                TransferSyntaxUID = operation.PresentationContext.TransferSyntax,
                Status = operation.FinalStatus,
                Comment = operation.FinalStatus is null ? UnansweredText : operation.FinalComment,
                DatasetBytes = operation.DatasetBytes ?? _reader.DatasetBytes,
                StartedUtc = startedUtc,
                Duration = _options.Time.GetElapsedTime(started),
            });
        }

        if (operation.FinalStatus is { Category: DicomStatusCategory.Failure } failure)
            Log.OperationFailed(_options.Logger, command.Field, command.SOPClassUID, _association, failure, operation.FinalComment);
    }

    private async ValueTask ServeAsync(IDimseService service, DimseOperation operation)
    {
        try
        {
            await service.HandleAsync(operation, _connection.Ended);
        }
        catch (OperationRefusedException refusal) when (operation.FinalStatus is null)
        {
            await RefuseAsync(operation, refusal.Status, refusal.Message, refusal.OffendingElements);
            return;
        }
        catch (MatchingException fault) when (operation.FinalStatus is null)
        {
            await RefuseAsync(operation, DicomStatus.DataSetDoesNotMatchSOPClass, fault.Comment, fault.Tag is { } tag ? [tag] : []);
            return;
        }
        catch (Exception exception) when (IsOfService(exception))
        {
            Log.ServiceFailed(_options.Logger, exception, operation.Request.Field, operation.Request.SOPClassUID, _association);
            if (operation.FinalStatus is null)
                await RefuseAsync(operation, DicomStatus.ProcessingFailure, InternalErrorText);
            return;
        }

        if (operation.FinalStatus is null)
        {
            Log.ServiceSilent(_options.Logger, operation.Request.Field, _association);
            await RefuseAsync(operation, DicomStatus.ProcessingFailure, InternalErrorText);
        }
    }

    // PS3.7 D.3.3.4: who may ask what goes by the roles. N-EVENT-REPORT is the one that the SCP sends, and is taken from either
    // side: senders of storage commitment results often open an association for it without selecting a role.
    private bool MayAsk(DimseOperation operation)
    {
        var context = operation.PresentationContext;
        return operation.Request.Field == CommandField.NEventReportRequest || (_association.IsRequestor ? context.RequestorIsScp : context.RequestorIsScu);
    }

    // What ends the association comes as one of these exceptions, through whatever service it was that was reading or sending.
    private bool IsOfService(Exception exception) =>
        exception is not (AssociationAbortedException or PduException)
        && !(exception is OperationCanceledException && _connection.Ended.IsCancellationRequested);

    // The peer does not listen before it has sent its data set.
    private async ValueTask RefuseAsync(
        DimseOperation operation, DicomStatus status, string comment, IReadOnlyList<DicomTag>? offendingElements = null)
    {
        while (await operation.ReadDatasetAsync(_connection.Ended))
        {
        }

        var response = new FailureResponse(operation.Request.Field)
        {
            MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
            AffectedSOPClassUID = operation.Request.SOPClassUID,
            AffectedSOPInstanceUID = operation.Request.SOPInstanceUID,
            Status = status,
            ErrorComment = comment,
            OffendingElements = offendingElements ?? [],
        };
        await operation.RespondAsync(response, _connection.Ended);
    }

    /// <summary>
    /// Takes a C-CANCEL-RQ that has arrived, without waiting for one. Another request is held until the present operation is done:
    /// some peers do not wait for their answer.
    /// </summary>
    private async ValueTask LookForCancelAsync()
    {
        // Only once the present request has been read to its end can a message be the next one.
        while (_held is null && !_reader.IsDatasetOpen && _connection.HasWholeData())
        {
            _serving?.KeepDatasetBytes(_reader.DatasetBytes);
            if (await NextCommandAsync(_options.DimseTimeout, IdleText) is not { } command)
                return;
            if (command.Field == CommandField.CCancelRequest)
                NoteCancel(command);
            else
                _held = command;
        }
    }

    private void NoteCancel(CommandSet cancel)
    {
        if (_serving is { } operation && cancel.MessageIDBeingRespondedTo == operation.Request.MessageID)
            operation.Cancel();
    }
}
