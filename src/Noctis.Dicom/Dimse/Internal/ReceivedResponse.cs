using Noctis.Dicom.Data;

namespace Noctis.Dicom.Dimse.Internal;

/// <summary>A response that was received.</summary>
/// <param name="Command">Its command set, which has a status.</param>
/// <param name="Dataset">Its data set; null when it has none.</param>
internal sealed record ReceivedResponse(CommandSet Command, DicomDataset? Dataset);
