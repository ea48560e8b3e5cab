using Noctis.Dicom.Data;
using Noctis.Dicom.Data.Matching;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Serves C-GET (PS3.7 9.1.3, PS3.4 C.4.3): sends what is asked for back on the same association, in the contexts in which the requestor
/// is SCP for storage. Each object goes out in its own transfer syntax where that was accepted, else, if it is not compressed, in another.
/// </summary>
/// <param name="provider">Finds the objects.</param>
public sealed class CGetService(IRetrieveProvider provider) : IDimseService
{
    /// <inheritdoc/>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) =>
        AcceptedSyntaxes.AnyOf(abstractSyntax, DicomQueryRetrieveModel.GetUids) ?? AcceptedSyntaxes.StorageWithRequestorAsScp(abstractSyntax);

    /// <inheritdoc/>
    public bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.CGetRequest && DicomQueryRetrieveModel.GetUids.Contains(abstractSyntax);

    /// <inheritdoc/>
    public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var identifier = await operation.ReadWholeDatasetAsync(cancellationToken)
            ?? throw new OperationRefusedException(DicomStatus.DataSetDoesNotMatchSOPClass, "The C-GET-RQ has no identifier.");
        var request = CGetRequest.Read(operation, identifier);
        var objects = await operation.WatchAsync(provider.FindAsync(request, operation.Association, cancellationToken));
        var progress = new RetrieveProgress(objects.Count);
        PresentationContext[] contexts = [.. operation.Association.PresentationContexts.Accepted.Where(context => context.RequestorIsScp)];
        foreach (var item in objects)
        {
            if (operation.IsCancelRequested)
                break;
            progress.Count(item, await SendAsync(operation, contexts, item, cancellationToken));
            if (!progress.IsDone)
                await operation.RespondAsync(ToResponse(operation, progress, DicomStatus.Pending), cancellationToken);
        }

        await operation.RespondAsync(ToResponse(operation, progress, progress.FinalStatus), cancellationToken);
    }

    private static async Task<DicomStatus> SendAsync(
        DimseOperation operation, IReadOnlyList<PresentationContext> contexts, RetrievableObject item, CancellationToken cancellationToken)
    {
        try
        {
            await using var outgoing = await OutgoingObject.OpenAsync(item, contexts, cancellationToken);
            var response = await operation.AskAsync(
                outgoing.Context, outgoing.ToRequest(operation.NextMessageId()), sender => outgoing.WriteAsync(sender, cancellationToken));
            return response is null
                ? DicomStatus.ProcessingFailure
                : new DicomStatus(response.Command.GetUInt16(DicomTag.Status).GetValueOrDefault());
        }
        catch (OutgoingObjectException)
        {
            // Nothing of it has been sent; the requestor reads in the list of what failed that it has to ask in another way.
            return DicomStatus.ProcessingFailure;
        }
    }

    private static CGetResponse ToResponse(DimseOperation operation, RetrieveProgress progress, DicomStatus status) => new()
    {
        MessageIDBeingRespondedTo = operation.Request.MessageID.GetValueOrDefault(),
        AffectedSOPClassUID = operation.PresentationContext.AbstractSyntax,
        Status = status,
        NumberOfRemainingSuboperations = progress.RemainingToTell(status),
        NumberOfCompletedSuboperations = progress.Completed,
        NumberOfFailedSuboperations = progress.Failed,
        NumberOfWarningSuboperations = progress.Warnings,
        Dataset = progress.FailedListToTell(status),
        ErrorComment = progress.CommentToTell(status),
    };
}
