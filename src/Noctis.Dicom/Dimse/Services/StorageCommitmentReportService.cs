using Noctis.Dicom.Dimse.Internal;
using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Network;
using Noctis.Dicom.Network.Negotiation;

namespace Noctis.Dicom.Dimse.Services;

/// <summary>
/// The requestor's side of storage commitment: takes the N-EVENT-REPORT with the result (PS3.4 J.3.3). It is served to the peer on the
/// association of the request (<see cref="DicomClientOptions.Services"/>), and by a listener for those that report on a new one, in which the
/// requestor is SCP.
/// </summary>
/// <param name="receiver">Hears the results.</param>
public sealed class StorageCommitmentReportService(IStorageCommitmentReceiver receiver) : NormalizedService(StorageCommitmentDatasets.SopClassUid)
{
    /// <inheritdoc/>
    public override AbstractSyntaxPolicy? FindAbstractSyntax(string abstractSyntax) =>
        base.FindAbstractSyntax(abstractSyntax) is { } policy ? policy with { RequestorMayBeScp = true } : null;

    /// <inheritdoc/>
    public override bool Serves(CommandField command, string abstractSyntax) =>
        command == CommandField.NEventReportRequest && base.Serves(command, abstractSyntax);

    /// <inheritdoc/>
    protected override async ValueTask<NServiceResult> EventReportAsync(
        NEventReportRequest request, Association association, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.EventTypeID is not (StorageCommitmentDatasets.SuccessEventType or StorageCommitmentDatasets.FailuresEventType))
            throw new OperationRefusedException(DicomStatus.NoSuchEventType, $"Event type {request.EventTypeID} is unknown; there are 1 and 2.");
        await receiver.ReceiveAsync(StorageCommitmentDatasets.ReadResult(request.Dataset), association, cancellationToken);
        return NServiceResult.Success;
    }
}
