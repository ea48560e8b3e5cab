namespace Noctis.Archive.Retention;

/// <summary>What a facility's trash holds that can be restored.</summary>
/// <param name="Studies">How many.</param>
/// <param name="Bytes">What they take on disk, kept older versions included.</param>
public sealed record TrashTotals(long Studies, long Bytes);
