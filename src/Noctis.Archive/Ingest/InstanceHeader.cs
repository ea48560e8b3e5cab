using Noctis.Archive.Storage;
using Noctis.Archive.Studies;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Ingest;

/// <summary>Judges the header of a received object, and turns it into rows.</summary>
internal static class InstanceHeader
{
    private const int LongestUid = 64;

    /// <summary>What to keep of the header while it streams by; everything else is skipped.</summary>
    public static IReadOnlySet<DicomTag> Tags { get; } = new HashSet<DicomTag>(
    [
        DicomTag.SpecificCharacterSet,
        .. HeaderAttributes<Patient>.Tags,
        .. HeaderAttributes<Study>.Tags,
        .. HeaderAttributes<Series>.Tags,
        .. HeaderAttributes<Instance>.Tags,
    ]);

    /// <summary>
    /// Why the object cannot be filed; null when it can. Identifiers that the standard would not allow (letters, leading zeros)
    /// are taken as long as they are short and printable: scanners send them, and an odd name is no reason to lose an image.
    /// </summary>
    public static IngestError? Judge(DicomDataset header, IngestOrigin origin)
    {
        if (header.GetString(DicomTag.SOPClassUID) is { Length: > 0 } sopClass && sopClass != origin.SopClassUid)
            return IngestError.Contradicts("SOP Class UID", DicomTag.SOPClassUID);
        if (header.GetString(DicomTag.SOPInstanceUID) is { Length: > 0 } sopInstance && sopInstance != origin.SopInstanceUid)
            return IngestError.Contradicts("SOP Instance UID", DicomTag.SOPInstanceUID);
        return JudgeUid(header, DicomTag.StudyInstanceUID, "Study Instance UID (0020,000D)")
            ?? JudgeUid(header, DicomTag.SeriesInstanceUID, "Series Instance UID (0020,000E)");
    }

    /// <summary>Whether an identifier from a command can be filed.</summary>
    public static bool IsUsableUid(string? uid) => uid is { Length: > 0 and <= LongestUid } && uid.All(c => c is > ' ' and <= '~' and not '\\');

    /// <summary>What the path of an object is made of.</summary>
    public static ObjectIdentity IdentityOf(DicomDataset header, string sopInstanceUid)
    {
        string study = header.GetString(DicomTag.StudyInstanceUID)!;
        return new ObjectIdentity(
            study, header.GetString(DicomTag.SeriesInstanceUID)!, sopInstanceUid, PatientKeyOf(header, study), header.GetInt32(DicomTag.InstanceNumber));
    }

    /// <summary>The rows of an object whose file is placed.</summary>
    public static IndexEntry ToEntry(DicomDataset header, IngestOrigin origin, PlacedObject placed, PlacedContent content, DuplicatePolicy duplicates)
    {
        (Guid facilityId, DateTime receivedUtc) = (placed.FacilityId, content.ReceivedUtc);
        var study = new Study { FacilityId = facilityId, SourceAETitle = origin.CallingAETitle, FirstReceivedUtc = receivedUtc, LastReceivedUtc = receivedUtc };
        HeaderAttributes<Study>.Read(header, study);

        var series = new Series { FacilityId = facilityId, SourceAETitle = origin.CallingAETitle, FirstReceivedUtc = receivedUtc, LastReceivedUtc = receivedUtc };
        HeaderAttributes<Series>.Read(header, series);

        var instance = new Instance
        {
            FacilityId = facilityId,
            TransferSyntaxUID = origin.TransferSyntaxUid,
            Bytes = content.Bytes,
            ContentHash = content.Hash,
            StoragePath = placed.RelativePath,
            ReceivedUtc = receivedUtc,
            SourceAETitle = origin.CallingAETitle,
            SourceAddress = origin.RemoteAddress,
            TimesReceived = 1,
        };
        HeaderAttributes<Instance>.Read(header, instance);
        // Some objects lack them in the data set; the command always has them.
        instance.SOPClassUID = origin.SopClassUid;
        instance.SOPInstanceUID = origin.SopInstanceUid;

        return new IndexEntry
        {
            IsRehearsal = origin.IsRehearsal,
            Held = placed.Held,
            FacilityId = facilityId,
            Duplicates = duplicates,
            Patient = ReadPatient(header, facilityId, study.StudyInstanceUID, receivedUtc),
            Study = study,
            Series = series,
            Instance = instance,
        };
    }

    private static Patient ReadPatient(DicomDataset header, Guid facilityId, string studyInstanceUid, DateTime receivedUtc)
    {
        var patient = new Patient
        {
            FacilityId = facilityId,
            PatientKey = PatientKeyOf(header, studyInstanceUid),
            CreatedUtc = receivedUtc,
            UpdatedUtc = receivedUtc,
        };
        HeaderAttributes<Patient>.Read(header, patient);
        return patient;
    }

    private static string PatientKeyOf(DicomDataset header, string studyInstanceUid) =>
        PatientKey.For(header.GetString(DicomTag.PatientID), header.GetString(DicomTag.IssuerOfPatientID), studyInstanceUid);

    private static IngestError? JudgeUid(DicomDataset header, DicomTag tag, string name)
    {
        string? uid = header.GetString(tag);
        if (string.IsNullOrEmpty(uid)) return IngestError.CannotRead(name + " is missing", tag);
        if (uid.Length > LongestUid) return IngestError.CannotRead(name + " is over 64 characters", tag);
        return IsUsableUid(uid) ? null : IngestError.CannotRead(name + " is not a UID", tag);
    }
}
