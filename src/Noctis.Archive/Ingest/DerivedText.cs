using Noctis.Archive.Studies;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Ingest;

/// <summary>The columns that are worked out from others, always in one place, so that they cannot drift apart.</summary>
internal static class DerivedText
{
    private const int IdLength = 64;

    public static void Derive(Patient patient)
    {
        (patient.PatientNameDisplay, patient.PatientNameFolded) = Name(patient.PatientName);
        patient.PatientIDFolded = Folded(patient.PatientID, IdLength);
    }

    public static void Derive(Study study)
    {
        (study.PatientNameDisplay, study.PatientNameFolded) = Name(study.PatientName);
        study.PatientIDFolded = Folded(study.PatientID, IdLength);
        study.AccessionNumberFolded = Folded(study.AccessionNumber, IdLength);
        string name = study.PatientNameFolded.Replace('^', ' ').Replace('=', ' ');
        // A bar parts the fields, so that no word is found across two of them.
        study.SearchText = IndexText.Cut(
            string.Join('|', name, study.PatientIDFolded, study.AccessionNumberFolded, SearchText.Fold(study.StudyID), SearchText.Fold(study.StudyDescription)),
            StudyConfigurations.SearchTextLength);
    }

    private static (string? Display, string Folded) Name(string? name) => (
        name is null ? null : IndexText.Clean(Display(DicomPersonName.Parse(name)), StudyConfigurations.NameLength),
        Folded(name, StudyConfigurations.NameLength));

    /// <summary>In the name's own script; pages show the Latin form beside it.</summary>
    private static string Display(DicomPersonName name) =>
        name.Ideographic.IsEmpty ? name.ToDisplayString() : name.Ideographic.ToDisplayString();

    private static string Folded(string? text, int length) => IndexText.Cut(SearchText.Fold(text), length);
}
