using Noctis.Dicom.Data;
using Noctis.Dicom.Dimse.Services;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>Counts the sub-operations of a C-GET or C-MOVE, and says what they come to (PS3.4 C.4.2.1.6 to C.4.2.1.8, C.4.3.1.3).</summary>
/// <param name="total">How many there are.</param>
internal sealed class RetrieveProgress(int total)
{
    private readonly List<string> _failed = [];
    private int _completed;
    private int _warnings;

    public ushort Completed => Clamp(_completed);

    public ushort Failed => Clamp(_failed.Count);

    public ushort Warnings => Clamp(_warnings);

    /// <summary>Every sub-operation has been tried.</summary>
    public bool IsDone => Remaining == 0;

    /// <summary>The last status: cancelled before the end; failed when nothing was sent although there was something; else success or warning.</summary>
    public DicomStatus FinalStatus => this switch
    {
        { IsDone: false } => DicomStatus.Cancel,
        { _failed.Count: > 0 } when _completed + _warnings == 0 => DicomStatus.UnableToPerformSuboperations,
        { _failed.Count: > 0 } or { _warnings: > 0 } => DicomStatus.SuboperationsCompleteWithFailures,
        _ => DicomStatus.Success,
    };

    private int Remaining => total - _completed - _warnings - _failed.Count;

    /// <summary>Counts a sub-operation.</summary>
    public void Count(RetrievableObject item, DicomStatus status)
    {
        if (status.Category == DicomStatusCategory.Success)
            _completed++;
        else if (status.Category == DicomStatusCategory.Warning)
            _warnings++;
        else
            _failed.Add(item.SOPInstanceUID);
    }

    /// <summary>PS3.7 9.3.3.2, 9.3.4.2: the number of remaining sub-operations stands in pending and cancelled responses alone.</summary>
    public ushort? RemainingToTell(DicomStatus status) =>
        status.Category is DicomStatusCategory.Pending or DicomStatusCategory.Cancel ? Clamp(Remaining) : null;

    /// <summary>The identifier of a last response that is no success: what failed.</summary>
    public DicomDataset? FailedListToTell(DicomStatus status) =>
        _failed.Count == 0 || status.Category is DicomStatusCategory.Pending or DicomStatusCategory.Success
            ? null
            : new DicomDataset().SetString(DicomTag.FailedSOPInstanceUIDList, [.. _failed]);

    public string? CommentToTell(DicomStatus status) =>
        _failed.Count > 0 && status.Category is DicomStatusCategory.Warning or DicomStatusCategory.Failure
            ? $"{_failed.Count} of {total} objects could not be sent."
            : null;

    // The counts are of VR US.
    private static ushort Clamp(int count) => (ushort)Math.Min(count, ushort.MaxValue);
}
