namespace Noctis.Archive.Storage;

/// <summary>How a facility's objects are spread over folders. Stored by name.</summary>
public enum StorageLayout
{
    /// <summary>A folder a study, and in it one a series.</summary>
    Series,

    /// <summary>A folder a study.</summary>
    Study,

    /// <summary>A folder a patient, and in it one a study.</summary>
    Patient,

    /// <summary>Folders for year, month and day of arrival, and in them one a study.</summary>
    Date,

    /// <summary>All in one folder.</summary>
    Flat,
}
