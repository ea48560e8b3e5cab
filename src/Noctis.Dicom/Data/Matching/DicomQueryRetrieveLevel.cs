namespace Noctis.Dicom.Data.Matching;

/// <summary>A level of the Query/Retrieve information models (PS3.4 C.3), from the top down.</summary>
public enum DicomQueryRetrieveLevel
{
    /// <summary>PATIENT; not in the Study Root model.</summary>
    Patient,

    /// <summary>STUDY.</summary>
    Study,

    /// <summary>SERIES.</summary>
    Series,

    /// <summary>IMAGE: composite object instances of any kind.</summary>
    Image,
}
