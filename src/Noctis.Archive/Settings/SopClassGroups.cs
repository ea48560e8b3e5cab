using System.Collections.Frozen;
using Noctis.Dicom.Data;

namespace Noctis.Archive.Settings;

/// <summary>Which storage SOP classes (PS3.4 annex B) are in which group.</summary>
public static class SopClassGroups
{
    private const string Root = "1.2.840.10008.5.1.4.";

    // By the branch below the root: the longest that a UID lies under counts, so that what the standard adds to a branch has its group.
    private static readonly FrozenDictionary<string, SopClassGroup> ByBranch = new Dictionary<string, SopClassGroup>
    {
        ["1.1.2"] = SopClassGroup.ComputedTomography,
        ["1.1.200.2"] = SopClassGroup.ComputedTomography,
        ["1.1.4"] = SopClassGroup.MagneticResonance,
        ["1.1.1"] = SopClassGroup.Radiography,
        ["1.1.13.1.3"] = SopClassGroup.Radiography,
        ["1.1.13.1.4"] = SopClassGroup.Radiography,
        ["1.1.13.1.5"] = SopClassGroup.Radiography,
        ["1.1.3"] = SopClassGroup.Ultrasound,
        ["1.1.6"] = SopClassGroup.Ultrasound,
        ["1.1.12"] = SopClassGroup.Angiography,
        ["1.1.13.1"] = SopClassGroup.Angiography,
        ["1.1.14"] = SopClassGroup.Angiography,
        ["1.1.200.8"] = SopClassGroup.Angiography,
        ["1.1.5"] = SopClassGroup.NuclearMedicine,
        ["1.1.20"] = SopClassGroup.NuclearMedicine,
        ["1.1.128"] = SopClassGroup.NuclearMedicine,
        ["1.1.130"] = SopClassGroup.NuclearMedicine,
        ["1.1.481"] = SopClassGroup.Radiotherapy,
        ["34.7"] = SopClassGroup.Radiotherapy,
        ["34.10"] = SopClassGroup.Radiotherapy,
        ["1.1.88"] = SopClassGroup.Reports,
        ["1.1.11"] = SopClassGroup.Reports,
        ["1.1.90"] = SopClassGroup.Reports,
        ["1.1.30"] = SopClassGroup.Segmentation,
        ["1.1.66.1"] = SopClassGroup.Segmentation,
        ["1.1.66.2"] = SopClassGroup.Segmentation,
        ["1.1.66.3"] = SopClassGroup.Segmentation,
        ["1.1.66.4"] = SopClassGroup.Segmentation,
        ["1.1.66.5"] = SopClassGroup.Segmentation,
        ["1.1.66.6"] = SopClassGroup.Segmentation,
        ["1.1.66.7"] = SopClassGroup.Segmentation,
        ["1.1.66.8"] = SopClassGroup.Segmentation,
        ["1.1.67"] = SopClassGroup.Segmentation,
        ["1.1.68"] = SopClassGroup.Segmentation,
        ["1.1.7"] = SopClassGroup.SecondaryCapture,
        ["1.1.104"] = SopClassGroup.EncapsulatedDocuments,
        ["1.1.9"] = SopClassGroup.Waveforms,
        ["1.1.77"] = SopClassGroup.VisibleLight,
        ["1.1.78"] = SopClassGroup.VisibleLight,
        ["1.1.79"] = SopClassGroup.VisibleLight,
        ["1.1.80"] = SopClassGroup.VisibleLight,
        ["1.1.81"] = SopClassGroup.VisibleLight,
        ["1.1.82"] = SopClassGroup.VisibleLight,
        ["1.1.91"] = SopClassGroup.VisibleLight,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<SopClassGroup, DicomUID[]> Members = DicomUID.StorageSopClasses
        .GroupBy(uid => Of(uid.Value))
        .ToFrozenDictionary(group => group.Key, group => group.OrderBy(uid => uid.Name, StringComparer.Ordinal).ToArray());

    public static IReadOnlyList<SopClassGroup> All { get; } = Enum.GetValues<SopClassGroup>();

    /// <summary>The group of a SOP class, known or not.</summary>
    public static SopClassGroup Of(string sopClassUid)
    {
        ArgumentNullException.ThrowIfNull(sopClassUid);
        if (!sopClassUid.StartsWith(Root, StringComparison.Ordinal))
            return SopClassGroup.PrivateAndUnknown;
        for (var branch = sopClassUid[Root.Length..]; branch.Length > 0; branch = branch[..Math.Max(branch.LastIndexOf('.'), 0)])
        {
            if (ByBranch.TryGetValue(branch, out var group))
                return group;
        }

        return SopClassGroup.PrivateAndUnknown;
    }

    /// <summary>The classes of the standard in a group, by name, retired ones not among them.</summary>
    public static IReadOnlyList<DicomUID> ClassesOf(SopClassGroup group) => Members.GetValueOrDefault(group) ?? [];

    /// <summary>What people call a group.</summary>
    public static string NameOf(SopClassGroup group) => group switch
    {
        SopClassGroup.ComputedTomography => "CT",
        SopClassGroup.MagneticResonance => "MR",
        SopClassGroup.Radiography => "CR, DX and mammography",
        SopClassGroup.Ultrasound => "Ultrasound",
        SopClassGroup.Angiography => "XA and RF",
        SopClassGroup.NuclearMedicine => "NM and PET",
        SopClassGroup.Radiotherapy => "Radiotherapy",
        SopClassGroup.Reports => "Reports, key objects and presentation states",
        SopClassGroup.Segmentation => "Segmentation and registration",
        SopClassGroup.SecondaryCapture => "Secondary capture",
        SopClassGroup.EncapsulatedDocuments => "Encapsulated documents",
        SopClassGroup.Waveforms => "Waveforms",
        SopClassGroup.VisibleLight => "Visible light and whole slide",
        _ => "Private, unknown and other classes",
    };
}
