using Noctis.Dicom.Data;

namespace Noctis.Dicom.Files.Media;

/// <summary>Values of Directory Record Type (0004,1430) that records of files and of what is above them have (PS3.3 F.5).</summary>
public static class DicomDirectoryRecordType
{
    /// <summary>A patient, at the root.</summary>
    public const string Patient = "PATIENT";

    /// <summary>A study, below a patient.</summary>
    public const string Study = "STUDY";

    /// <summary>A series, below a study.</summary>
    public const string Series = "SERIES";

    /// <summary>An image, below a series. Segmentations and parametric maps are images.</summary>
    public const string Image = "IMAGE";

    private static readonly (string Type, string[] Keywords)[] Exact =
    [
        ("RT DOSE", ["RTDoseStorage"]),
        ("RT STRUCTURE SET", ["RTStructureSetStorage"]),
        ("RT PLAN", ["RTPlanStorage", "RTIonPlanStorage"]),
        ("PLAN", ["RTBeamsDeliveryInstructionStorage", "RTBrachyApplicationSetupDeliveryInstructionsStorage"]),
        ("RADIOTHERAPY",
        [
            "RTPhysicianIntentStorage", "RTSegmentAnnotationStorage", "RTRadiationSetStorage", "CArmPhotonElectronRadiationStorage",
            "TomotherapeuticRadiationStorage", "RoboticArmRadiationStorage", "RTRadiationRecordSetStorage",
            "RTRadiationSalvageRecordStorage", "TomotherapeuticRadiationRecordStorage", "CArmPhotonElectronRadiationRecordStorage",
            "RoboticArmRadiationRecordStorage", "RTRadiationSetDeliveryInstructionStorage", "RTTreatmentPreparationStorage",
            "RTPatientPositionAcquisitionInstructionStorage",
        ]),
        ("PRESENTATION", ["PseudoColorSoftcopyPresentationStageStorage", "VariableModalityLUTSoftcopyPresentationStageStorage", "BasicStructuredDisplayStorage"]),
        ("KEY OBJECT DOC", ["KeyObjectSelectionDocumentStorage"]),
        ("SR DOCUMENT", ["ProcedureLogStorage", "SpectaclePrescriptionReportStorage", "MacularGridThicknessAndVolumeReportStorage"]),
        ("SPECTROSCOPY", ["MRSpectroscopyStorage"]),
        ("RAW DATA", ["RawDataStorage"]),
        ("REGISTRATION", ["SpatialRegistrationStorage", "DeformableSpatialRegistrationStorage"]),
        ("FIDUCIAL", ["SpatialFiducialsStorage"]),
        ("VALUE MAP", ["RealWorldValueMappingStorage"]),
        ("STEREOMETRIC", ["StereometricRelationshipStorage"]),
        ("SURFACE", ["SurfaceSegmentationStorage"]),
        ("SURFACE SCAN", ["SurfaceScanMeshStorage", "SurfaceScanPointCloudStorage"]),
        ("TRACT", ["TractographyResultsStorage"]),
        ("ASSESSMENT", ["ContentAssessmentResultsStorage"]),
        ("ANNOTATION", ["MicroscopyBulkSimpleAnnotationsStorage"]),
        ("MEASUREMENT", ["IntraocularLensCalculationsStorage"]),
        ("HANGING PROTOCOL", ["HangingProtocolStorage"]),
        ("PALETTE", ["ColorPaletteStorage"]),
        ("IMPLANT", ["GenericImplantTemplateStorage"]),
        ("IMPLANT ASSY", ["ImplantAssemblyTemplateStorage"]),
        ("IMPLANT GROUP", ["ImplantTemplateGroupStorage"]),
        ("INVENTORY", ["InventoryStorage"]),
    ];

    private static readonly (string Ending, string Type)[] Endings =
    [
        ("TreatmentRecordStorage", "RT TREAT RECORD"),
        ("TreatmentSummaryRecordStorage", "RT TREAT RECORD"),
        ("WaveformStorage", "WAVEFORM"),
        ("PresentationStateStorage", "PRESENTATION"),
        ("SRStorage", "SR DOCUMENT"),
        ("MeasurementsStorage", "MEASUREMENT"),
    ];

    private static readonly HashSet<string> AtTheRoot =
        ["HANGING PROTOCOL", "PALETTE", "IMPLANT", "IMPLANT ASSY", "IMPLANT GROUP", "INVENTORY", Patient, "PRIVATE"];

    private static readonly Dictionary<string, string> ByKeyword =
        Exact.SelectMany(e => e.Keywords.Select(k => (k, e.Type))).ToDictionary(p => p.k, p => p.Type);

    /// <summary>
    /// The record type for an object of a SOP class (PS3.3 F.5, PS3.4 B.5); IMAGE for all that is no other, private SOP classes
    /// among them.
    /// </summary>
    public static string Of(DicomUID sopClass)
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        var keyword = sopClass.Keyword;
        if (ByKeyword.TryGetValue(keyword, out var exact))
            return exact;
        if (keyword.StartsWith("Encapsulated", StringComparison.Ordinal))
            return "ENCAP DOC";
        foreach (var (ending, type) in Endings)
        {
            if (keyword.EndsWith(ending, StringComparison.Ordinal))
                return type;
        }

        return Image;
    }

    /// <summary>Whether records of this type stand at the root, not below a series (PS3.3 Table F.4-1).</summary>
    internal static bool IsAtTheRoot(string type) => AtTheRoot.Contains(type);
}
