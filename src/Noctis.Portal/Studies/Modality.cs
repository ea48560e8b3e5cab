namespace Noctis.Portal.Studies;

/// <summary>Modalities that the filter offers (PS3.3 C.7.3.1.1.1), in the order in which a reader looks for them.</summary>
internal static class Modality
{
    public static readonly IReadOnlyList<(string Code, string Name)> Offered =
    [
        ("CT", "Computed tomography"),
        ("MR", "Magnetic resonance"),
        ("CR", "Computed radiography"),
        ("DX", "Digital radiography"),
        ("MG", "Mammography"),
        ("US", "Ultrasound"),
        ("XA", "Angiography"),
        ("RF", "Fluoroscopy"),
        ("NM", "Nuclear medicine"),
        ("PT", "PET"),
        ("OT", "Other"),
        ("SC", "Secondary capture"),
        ("SM", "Slide microscopy"),
        ("OP", "Ophthalmic photography"),
        ("ES", "Endoscopy"),
        ("XC", "External camera"),
        ("ECG", "Electrocardiogram"),
        ("RTPLAN", "RT plan"),
        ("RTSTRUCT", "RT structure set"),
        ("RTDOSE", "RT dose"),
        ("RTIMAGE", "RT image"),
        ("SEG", "Segmentation"),
        ("SR", "Structured report"),
        ("KO", "Key object selection"),
        ("PR", "Presentation state"),
        ("DOC", "Document"),
    ];
}
