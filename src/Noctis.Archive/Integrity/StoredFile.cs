using Noctis.Archive.Storage;

namespace Noctis.Archive.Integrity;

/// <summary>A file that a row names: an object's, a kept older version's, or that of an object in quarantine.</summary>
/// <param name="FacilityId">Whose it is.</param>
/// <param name="StudyId">The study of the object; <see cref="InstanceFault.NoStudy"/> in quarantine.</param>
/// <param name="InstanceId">The object.</param>
/// <param name="VersionId">The kept version; null when it is the object itself.</param>
/// <param name="SopInstanceUid">What its meta group has to name.</param>
/// <param name="TransferSyntaxUid">The same.</param>
/// <param name="Bytes">How long it has to be.</param>
/// <param name="StoragePath">Where it lies, below the facility's folder.</param>
/// <param name="ContentHash">Of what follows its meta group; null when none was taken.</param>
internal sealed record StoredFile(
    Guid FacilityId, long StudyId, long InstanceId, long? VersionId, string SopInstanceUid, string TransferSyntaxUid, long Bytes, string StoragePath, byte[]? ContentHash)
{
    /// <summary>The id that a walk over files of its kind goes by.</summary>
    public long Position => VersionId ?? InstanceId;

    public bool IsInQuarantine => StoragePaths.IsQuarantined(StoragePath);
}
