using Microsoft.Extensions.Logging;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Serves C-MOVE (PS3.7 9.1.4, PS3.4 C.4.2): sends what is asked for to the destination by C-STORE on associations of its own, and tells the
/// requestor how it goes after each object.
/// </summary>
/// <param name="provider">Finds the objects.</param>
/// <param name="destinations">Knows where the destinations are.</param>
/// <param name="logger">Hears of destinations that cannot be reached.</param>
public sealed class CMoveService(IRetrieveProvider provider, IMoveDestinations destinations, ILogger<CMoveService> logger) : IDimseService
{
    /// <inheritdoc/>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) => AcceptedSyntaxes.AnyOf(abstractSyntax, DicomQueryRetrieveModel.MoveUids);

    /// <inheritdoc/>
    public bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.CMoveRequest && DicomQueryRetrieveModel.MoveUids.Contains(abstractSyntax);

    /// <inheritdoc/>
    public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var identifier = await operation.ReadWholeDatasetAsync(cancellationToken)
            ?? throw new OperationRefusedException(DicomStatus.DataSetDoesNotMatchSOPClass, "The C-MOVE-RQ has no identifier.");
        var request = CMoveRequest.Read(operation, identifier);
        var destination = await operation.WatchAsync(destinations.FindAsync(request.MoveDestination, operation.Association, cancellationToken))
            ?? throw new OperationRefusedException(
                DicomStatus.MoveDestinationUnknown, $"The move destination {request.MoveDestination} is not known here.");
        var objects = await operation.WatchAsync(provider.FindAsync(request, operation.Association, cancellationToken));
        var progress = new RetrieveProgress(objects.Count);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, operation.CancelRequested);
        await using var sender = new MoveSender(destination, new MoveOriginator(operation.Association.CallingAETitle, request.MessageID), objects);
        foreach (var item in objects)
        {
            if (operation.IsCancelRequested)
                break;
            progress.Count(item, await operation.WatchAsync(new ValueTask<DicomStatus>(sender.SendAsync(item, cancellationToken))));
            if (!progress.IsDone)
                await operation.RespondAsync(ToResponse(operation, progress, DicomStatus.Pending, null), cancellationToken);
        }

        if (sender.Failure is { } failure)
            Log.MoveDestinationFailed(logger, request.MoveDestination, operation.Association, failure);
        await operation.WatchAsync(sender.EndAsync());
        await operation.RespondAsync(ToResponse(operation, progress, progress.FinalStatus, sender.Failure), cancellationToken);
    }

    private static CMoveResponse ToResponse(DimseOperation operation, RetrieveProgress progress, DicomStatus status, string? failure) => new()
    {
        MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
        Status = status,
        NumberOfRemainingSuboperations = progress.RemainingToTell(status),
        NumberOfCompletedSuboperations = progress.Completed,
        NumberOfFailedSuboperations = progress.Failed,
        NumberOfWarningSuboperations = progress.Warnings,
        Dataset = progress.FailedListToTell(status),
        ErrorComment = failure ?? progress.CommentToTell(status),
    };
}
