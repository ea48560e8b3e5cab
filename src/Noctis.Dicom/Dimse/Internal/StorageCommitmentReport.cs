using Noctis.Dicom.Dimse.Messages;
using Noctis.Dicom.Dimse.Services;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>The N-EVENT-REPORT of a result of storage commitment.</summary>
internal static class StorageCommitmentReport
{
    public static NEventReportRequest ToRequest(StorageCommitmentResult result, ushort messageId) => new()
    {
        MessageID = messageId,
        AffectedSOPClassUID = StorageCommitmentDatasets.SopClassUid,
        AffectedSOPInstanceUID = StorageCommitmentDatasets.InstanceUid,
        EventTypeID = result.IsSuccess ? StorageCommitmentDatasets.SuccessEventType : StorageCommitmentDatasets.FailuresEventType,
        Dataset = StorageCommitmentDatasets.Write(result),
    };
}
