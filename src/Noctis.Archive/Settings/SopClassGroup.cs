namespace Noctis.Archive.Settings;

/// <summary>Storage SOP classes as people think of them. Kept by name; which class is in which group says <see cref="SopClassGroups"/>.</summary>
public enum SopClassGroup
{
    ComputedTomography,
    MagneticResonance,
    Radiography,
    Ultrasound,
    Angiography,
    NuclearMedicine,
    Radiotherapy,
    Reports,
    Segmentation,
    SecondaryCapture,
    EncapsulatedDocuments,
    Waveforms,
    VisibleLight,

    /// <summary>Private classes, those that the standard has added since, and its few that are in no other group.</summary>
    PrivateAndUnknown,
}
