namespace Noctis.Dicom.Data;

/// <summary>Which component group of a person name is shown first.</summary>
public enum DicomPersonNameStyle
{
    /// <summary>The alphabetic one: "Yamada, Tarou". Where it is empty, the ideographic, then the phonetic one.</summary>
    Alphabetic,

    /// <summary>The ideographic one with the alphabetic one aside: "山田 太郎 (Yamada, Tarou)".</summary>
    Ideographic,
}
