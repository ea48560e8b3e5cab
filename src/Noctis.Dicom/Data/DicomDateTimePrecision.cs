namespace Noctis.Dicom.Data;

/// <summary>How far a <see cref="DicomDateTime"/> was written out.</summary>
public enum DicomDateTimePrecision
{
    /// <summary>YYYY.</summary>
    Year,

    /// <summary>YYYYMM.</summary>
    Month,

    /// <summary>YYYYMMDD.</summary>
    Day,

    /// <summary>To the hour.</summary>
    Hour,

    /// <summary>To the minute.</summary>
    Minute,

    /// <summary>To the second.</summary>
    Second,

    /// <summary>To a fraction of a second.</summary>
    Fraction,
}
