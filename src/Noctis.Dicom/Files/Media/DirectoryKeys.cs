using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>The keys of each type of record (PS3.3 F.5). Macros are spelled out; what is optional is not taken, but for the few named.</summary>
internal static class DirectoryKeys
{
    /// <summary>The Content Identification Macro, PS3.3 Table 10-12.</summary>
    private static readonly DirectoryKey[] ContentIdentification =
    [
        One(DicomTag.InstanceNumber), One(DicomTag.ContentLabel), Two(DicomTag.ContentDescription), Two(DicomTag.ContentCreatorName),
    ];

    private static readonly DirectoryKey[] ContentMoment = [One(DicomTag.ContentDate), One(DicomTag.ContentTime)];

    private static readonly Dictionary<string, DirectoryKey[]> ByType = new()
    {
        ["PATIENT"] = [Two(DicomTag.PatientName), One(DicomTag.PatientID)],
        ["STUDY"] =
        [
            One(DicomTag.StudyDate), One(DicomTag.StudyTime), Two(DicomTag.AccessionNumber), Two(DicomTag.StudyDescription),
            One(DicomTag.StudyInstanceUID), One(DicomTag.StudyID),
        ],
        ["SERIES"] = [One(DicomTag.Modality), One(DicomTag.SeriesInstanceUID), One(DicomTag.SeriesNumber)],
        ["IMAGE"] = [Three(DicomTag.ImageType), One(DicomTag.InstanceNumber)],
        ["RT DOSE"] = [One(DicomTag.InstanceNumber), One(DicomTag.DoseSummationType), Three(DicomTag.DoseComment)],
        ["RT STRUCTURE SET"] =
        [
            One(DicomTag.InstanceNumber), One(DicomTag.StructureSetLabel), Two(DicomTag.StructureSetDate), Two(DicomTag.StructureSetTime),
        ],
        ["RT PLAN"] = [One(DicomTag.InstanceNumber), One(DicomTag.RTPlanLabel), Two(DicomTag.RTPlanDate), Two(DicomTag.RTPlanTime)],
        ["RT TREAT RECORD"] = [One(DicomTag.InstanceNumber), Two(DicomTag.TreatmentDate), Two(DicomTag.TreatmentTime)],
        ["PRESENTATION"] =
        [
            One(DicomTag.PresentationCreationDate), One(DicomTag.PresentationCreationTime), .. ContentIdentification,
            Three(DicomTag.ReferencedSeriesSequence), Three(DicomTag.BlendingSequence),
        ],
        ["WAVEFORM"] = [One(DicomTag.InstanceNumber), .. ContentMoment],
        ["SR DOCUMENT"] =
        [
            One(DicomTag.InstanceNumber), One(DicomTag.CompletionFlag), One(DicomTag.VerificationFlag), .. ContentMoment,
            Three(DicomTag.VerificationDateTime), One(DicomTag.ConceptNameCodeSequence), Three(DicomTag.ContentSequence),
        ],
        ["KEY OBJECT DOC"] =
        [
            One(DicomTag.InstanceNumber), .. ContentMoment, One(DicomTag.ConceptNameCodeSequence), Three(DicomTag.ContentSequence),
        ],
        ["SPECTROSCOPY"] =
        [
            One(DicomTag.ImageType), .. ContentMoment, One(DicomTag.InstanceNumber), Three(DicomTag.ReferencedImageEvidenceSequence),
            One(DicomTag.NumberOfFrames), One(DicomTag.Rows), One(DicomTag.Columns), One(DicomTag.DataPointRows), One(DicomTag.DataPointColumns),
        ],
        ["RAW DATA"] = [.. ContentMoment, Two(DicomTag.InstanceNumber)],
        ["REGISTRATION"] = [.. ContentMoment, .. ContentIdentification],
        ["FIDUCIAL"] = [.. ContentMoment, .. ContentIdentification],
        ["VALUE MAP"] = [.. ContentMoment, .. ContentIdentification],
        ["SURFACE"] = [.. ContentMoment, .. ContentIdentification],
        ["SURFACE SCAN"] = [.. ContentMoment],
        ["TRACT"] = [.. ContentMoment, .. ContentIdentification],
        ["ANNOTATION"] = [.. ContentMoment, .. ContentIdentification],
        ["MEASUREMENT"] = [.. ContentIdentification],
        ["STEREOMETRIC"] = [],
        ["ASSESSMENT"] = [One(DicomTag.InstanceNumber), One(DicomTag.InstanceCreationDate), Two(DicomTag.InstanceCreationTime)],
        ["RADIOTHERAPY"] =
        [
            One(DicomTag.InstanceNumber), Three(DicomTag.UserContentLabel), Three(DicomTag.UserContentLongLabel),
            Two(DicomTag.ContentDescription), Two(DicomTag.ContentCreatorName),
        ],
        ["PLAN"] = [One(DicomTag.InstanceNumber)],
        ["ENCAP DOC"] =
        [
            Two(DicomTag.ContentDate), Two(DicomTag.ContentTime), One(DicomTag.InstanceNumber), Two(DicomTag.DocumentTitle),
            Three(DicomTag.HL7InstanceIdentifier), Two(DicomTag.ConceptNameCodeSequence), One(DicomTag.MIMETypeOfEncapsulatedDocument),
        ],
        ["HANGING PROTOCOL"] =
        [
            One(DicomTag.HangingProtocolName), One(DicomTag.HangingProtocolDescription), One(DicomTag.HangingProtocolLevel),
            One(DicomTag.HangingProtocolCreator), One(DicomTag.HangingProtocolCreationDateTime), One(DicomTag.HangingProtocolDefinitionSequence),
            One(DicomTag.NumberOfPriorsReferenced), Two(DicomTag.HangingProtocolUserIdentificationCodeSequence),
        ],
        ["PALETTE"] = [One(DicomTag.ContentLabel), Two(DicomTag.ContentDescription)],
        ["IMPLANT"] = [One(DicomTag.Manufacturer), One(DicomTag.ImplantName), Three(DicomTag.ImplantSize), One(DicomTag.ImplantPartNumber)],
        ["IMPLANT ASSY"] = [One(DicomTag.ImplantAssemblyTemplateName), One(DicomTag.Manufacturer), One(DicomTag.ProcedureTypeCodeSequence)],
        ["IMPLANT GROUP"] =
        [
            One(DicomTag.ImplantTemplateGroupName), Three(DicomTag.ImplantTemplateGroupDescription), One(DicomTag.ImplantTemplateGroupIssuer),
        ],
        ["INVENTORY"] = [.. ContentMoment],
    };

    /// <summary>The keys of a type; of one that is not known, the Instance Number.</summary>
    public static IReadOnlyList<DirectoryKey> Of(string type) => ByType.TryGetValue(type, out var keys) ? keys : [Three(DicomTag.InstanceNumber)];

    private static DirectoryKey One(DicomTag tag) => new(tag, DirectoryKeyType.Required);

    private static DirectoryKey Two(DicomTag tag) => new(tag, DirectoryKeyType.RequiredOrEmpty);

    private static DirectoryKey Three(DicomTag tag) => new(tag, DirectoryKeyType.IfPresent);
}
