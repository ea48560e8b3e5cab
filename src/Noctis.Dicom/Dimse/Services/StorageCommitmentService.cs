using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// Serves the Storage Commitment Push Model (PS3.4 annex J): takes requests by N-ACTION, and reports results that are known at once by
/// N-EVENT-REPORT on the same association.
/// </summary>
/// <param name="provider">Takes over the responsibility.</param>
public sealed class StorageCommitmentService(IStorageCommitmentProvider provider) : IDimseService
{
    /// <inheritdoc/>
    public AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) =>
        abstractSyntax == StorageCommitmentDatasets.SopClassUid ? AcceptedSyntaxes.AnyOf(abstractSyntax, new HashSet<string> { abstractSyntax }) : null;

    /// <inheritdoc/>
    public bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.NActionRequest && abstractSyntax == StorageCommitmentDatasets.SopClassUid;

    /// <inheritdoc/>
    public async ValueTask HandleAsync(DimseOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var action = NActionRequest.Read(operation, await operation.ReadWholeDatasetAsync(cancellationToken));
        if (action.RequestedSOPInstanceUID != StorageCommitmentDatasets.InstanceUid)
            throw new OperationRefusedException(DicomStatus.NoSuchSOPInstance, "The SOP instance is 1.2.840.10008.1.20.1.1 and no other.");
        if (action.ActionTypeID != StorageCommitmentDatasets.RequestActionType)
            throw new OperationRefusedException(DicomStatus.NoSuchAction, $"Action type {action.ActionTypeID} is unknown; 1 is the only one.");
        var request = StorageCommitmentDatasets.ReadRequest(action.Dataset);
        var result = await operation.WatchAsync(provider.CommitAsync(request, operation.Association, cancellationToken));
        var response = new NActionResponse
        {
            MessageIDBeingRespondedTo = action.MessageID,
            AffectedSOPClassUID = action.RequestedSOPClassUID,
            AffectedSOPInstanceUID = action.RequestedSOPInstanceUID,
            ActionTypeID = action.ActionTypeID,
            Status = DicomStatus.Success,
        };
        if (result is null)
            await operation.RespondAsync(response, cancellationToken);
        else
            await RespondAndReportAsync(operation, response, result, cancellationToken);
    }

    private async ValueTask RespondAndReportAsync(
        DimseOperation operation, NActionResponse response, StorageCommitmentResult result, CancellationToken cancellationToken)
    {
        var isReported = false;
        try
        {
            await operation.RespondAsync(response, cancellationToken);
            var report = StorageCommitmentReport.ToRequest(result, operation.NextMessageId());
            var answer = await operation.AskAsync(operation.PresentationContext, report);
            isReported = answer is not null
                && new DicomStatus(answer.Command.GetUInt16(DicomTag.Status).GetValueOrDefault()).IsSuccessOrWarning;
        }
        finally
        {
            if (!isReported)
                await provider.NotReportedAsync(result, operation.Association);
        }
    }
}
