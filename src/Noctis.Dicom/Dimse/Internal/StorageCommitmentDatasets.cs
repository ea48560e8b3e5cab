using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Services;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Requests and results of storage commitment as data sets (PS3.4 Tables J.3-1 and J.3-2).</summary>
internal static class StorageCommitmentDatasets
{
    public const ushort RequestActionType = 1;
    public const ushort SuccessEventType = 1;
    public const ushort FailuresEventType = 2;

    public static string SopClassUid => DicomUID.StorageCommitmentPushModel.Value;

    /// <summary>UID of the well-known SOP instance (PS3.4 J.3.5).</summary>
    public static string InstanceUid => DicomUID.StorageCommitmentPushModelInstance.Value;

    public static DicomDataset Write(StorageCommitmentRequest request) => new DicomDataset()
        .SetString(DicomTag.TransactionUID, request.TransactionUID)
        .SetSequence(DicomTag.ReferencedSOPSequence, request.References.Select(Item));

    public static DicomDataset Write(StorageCommitmentResult result)
    {
        var dataset = new DicomDataset().SetString(DicomTag.TransactionUID, result.TransactionUID);
        if (result.Committed.Count > 0)
            dataset.SetSequence(DicomTag.ReferencedSOPSequence, result.Committed.Select(Item));
        if (result.Failed.Count > 0)
        {
            dataset.SetSequence(
                DicomTag.FailedSOPSequence,
                result.Failed.Select(failure => Item(failure.Reference).SetUInt16(DicomTag.FailureReason, failure.FailureReason)));
        }

        return dataset;
    }

    /// <exception cref="OperationRefusedException">It is none.</exception>
    public static StorageCommitmentRequest ReadRequest(DicomDataset? dataset)
    {
        var references = ReadReferences(dataset, DicomTag.ReferencedSOPSequence);
        return references.Count > 0
            ? new StorageCommitmentRequest(ReadTransaction(dataset), references)
            : throw Missing("Referenced SOP Sequence", DicomTag.ReferencedSOPSequence);
    }

    /// <exception cref="OperationRefusedException">It is none.</exception>
    public static StorageCommitmentResult ReadResult(DicomDataset? dataset)
    {
        StorageCommitmentFailure[] failed = [.. (dataset?.GetSequence(DicomTag.FailedSOPSequence)?.Items ?? []).Select(
            item => new StorageCommitmentFailure(ReadReference(item), item.GetUInt16(DicomTag.FailureReason) ?? DicomStatus.ProcessingFailure.Code))];
        return new StorageCommitmentResult(ReadTransaction(dataset), ReadReferences(dataset, DicomTag.ReferencedSOPSequence), failed);
    }

    private static string ReadTransaction(DicomDataset? dataset) =>
        ReadUid(dataset, DicomTag.TransactionUID, "Transaction UID");

    private static IReadOnlyList<StorageCommitmentReference> ReadReferences(DicomDataset? dataset, DicomTag tag) =>
        [.. (dataset?.GetSequence(tag)?.Items ?? []).Select(ReadReference)];

    private static StorageCommitmentReference ReadReference(DicomDataset item) => new(
        ReadUid(item, DicomTag.ReferencedSOPClassUID, "Referenced SOP Class UID"),
        ReadUid(item, DicomTag.ReferencedSOPInstanceUID, "Referenced SOP Instance UID"));

    // What is no UID could not be written into the report, and names nothing that anybody has.
    private static string ReadUid(DicomDataset? dataset, DicomTag tag, string name)
    {
        var uid = dataset?.GetString(tag) ?? throw Missing(name, tag);
        return CStoreService.IsSafe(uid) ? uid : throw new OperationRefusedException(DicomStatus.InvalidArgumentValue, $"{name} is no UID.", tag);
    }

    private static DicomDataset Item(StorageCommitmentReference reference) => new DicomDataset()
        .SetString(DicomTag.ReferencedSOPClassUID, reference.SOPClassUID)
        .SetString(DicomTag.ReferencedSOPInstanceUID, reference.SOPInstanceUID);

    private static OperationRefusedException Missing(string name, DicomTag tag) => new(DicomStatus.MissingAttribute, $"{name} is missing.", tag);
}
