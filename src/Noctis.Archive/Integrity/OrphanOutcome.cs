namespace Noctis.Archive.Integrity;

/// <summary>What became of a file that no row named.</summary>
internal enum OrphanOutcome
{
    /// <summary>It is in the index now.</summary>
    Indexed,

    /// <summary>It took the place of a file that was missing or damaged.</summary>
    Repaired,

    /// <summary>It is kept beside its image, whose content is another.</summary>
    Kept,

    /// <summary>Its image is there and whole, so that it went.</summary>
    Removed,

    /// <summary>It is no DICOM file, and lies in <c>lost/</c>.</summary>
    Lost,

    /// <summary>It was not touched: it could not be read, or is on its way.</summary>
    Left,
}
